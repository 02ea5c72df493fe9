import type { Finding } from '../../core/step.ts';
import { isReady, type Candidate } from '../shared/administrators.ts';
import { listed } from '../groups/questions.ts';
import type { AdministratorFacts as Facts } from './make-administrator.ts';

/** What an administrator lacks to be one for every day. */
export const lacks = (candidate: Candidate): string =>
  [
    !candidate.inGroup && 'not in the group',
    !candidate.mfa && 'no MFA',
    !candidate.password && 'no console password',
  ]
    .filter(Boolean)
    .join(', ');

/** What the owner should know besides: who cannot sign in after all, and who can without a second factor. */
const reservations = (shown: readonly Candidate[], { candidates: all, unseen }: Facts): readonly string[] => {
  const locked = shown.filter((one) => !one.password).map((one) => one.name);
  const open = all.filter((one) => one.password && !one.mfa).map((one) => one.name);
  return [
    locked.length > 0 && `${locked.join(' and ')} cannot sign in to the console: no password`,
    open.length > 0 && `others with a password but no MFA (${open.length}): ${listed(open)}`,
    unseen > 0 && `not looked at: ${unseen} more`,
  ].filter((one) => typeof one === 'string');
};

/** Who is the daily administrator, or what is missing to be. */
export const finding = (facts: Facts): Finding<Facts> => {
  const ready = facts.candidates
    .filter(isReady)
    .toSorted((one, other) => Number(other.password) - Number(one.password));
  if (ready.length > 0) {
    const shown = ready.slice(0, 2);
    const names = listed(
      ready.map((one) => one.name),
      shown.length,
    );
    const summary = [`${names}, with MFA`, ...reservations(shown, facts)].join('; ');
    return { status: 'met', summary, facts };
  }
  const remedy = 'Run the setup: it makes an administrator with MFA, or completes one.';
  if (facts.candidates.length > 0) {
    const summary = [
      ...facts.candidates.map((one) => `${one.name}: ${lacks(one)}`),
      ...(facts.unseen > 0 ? [`not looked at: ${facts.unseen} more`] : []),
    ].join('; ');
    return { status: 'unmet', summary: `No administrator is complete (${summary})`, facts, remedy };
  }
  const summary =
    facts.userNames.length === 0 ? 'No IAM user exists' : 'No user is an administrator through a group';
  return { status: 'unmet', summary, facts, remedy };
};
