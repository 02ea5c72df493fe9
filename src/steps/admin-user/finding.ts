import type { Finding } from '../../core/step.ts';
import { isReadyAdministrator, type AdministratorCandidate } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import type { AdminUserFacts } from './make-administrator.ts';

/** What a user lacks to be a daily administrator. */
export const describeMissingParts = (candidate: AdministratorCandidate): string =>
  [
    !candidate.inGroup && 'not in the group',
    !candidate.hasMfa && 'no MFA',
    !candidate.hasPassword && 'no console password',
  ]
    .filter(Boolean)
    .join(', ');

/** Further facts for the owner: who cannot sign in, and who can sign in without a second factor. */
const describeCaveats = (
  shown: readonly AdministratorCandidate[],
  { candidates: all, uncheckedCount }: AdminUserFacts,
): readonly string[] => {
  const locked = shown.filter((one) => !one.hasPassword).map((one) => one.name);
  const open = all.filter((one) => one.hasPassword && !one.hasMfa).map((one) => one.name);
  return [
    locked.length > 0 && `${locked.join(' and ')} cannot sign in to the console: no password`,
    open.length > 0 && `others with a password but no MFA (${open.length}): ${formatNameList(open)}`,
    uncheckedCount > 0 && `not looked at: ${uncheckedCount} more`,
  ].filter((one) => typeof one === 'string');
};

export const judgeAdminUser = (facts: AdminUserFacts): Finding<AdminUserFacts> => {
  const ready = facts.candidates
    .filter(isReadyAdministrator)
    .toSorted((one, other) => Number(other.hasPassword) - Number(one.hasPassword));
  if (ready.length > 0) {
    const shown = ready.slice(0, 2);
    const names = formatNameList(
      ready.map((one) => one.name),
      shown.length,
    );
    const summary = [`${names}, with MFA`, ...describeCaveats(shown, facts)].join('; ');
    return { status: 'met', summary, facts };
  }
  const remedy = 'Run the setup: it makes an administrator with MFA, or completes one.';
  if (facts.candidates.length > 0) {
    const summary = [
      ...facts.candidates.map((one) => `${one.name}: ${describeMissingParts(one)}`),
      ...(facts.uncheckedCount > 0 ? [`not looked at: ${facts.uncheckedCount} more`] : []),
    ].join('; ');
    return { status: 'unmet', summary: `No administrator is complete (${summary})`, facts, remedy };
  }
  const summary =
    facts.userNames.length === 0 ? 'No IAM user exists' : 'No user is an administrator through a group';
  return { status: 'unmet', summary, facts, remedy };
};
