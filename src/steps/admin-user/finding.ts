import type { Finding } from '../../core/step.ts';
import { isReadyAdministrator, type AdministratorCandidate } from '../shared/administrators.ts';
import { formatNameList } from '../shared/name-list.ts';
import { findKeyKeepers, isKeepingKeys } from './access-keys.ts';
import type { AdminUserFacts } from './make-administrator.ts';

const describeMissingRights = ({
  isAdministrator,
  groups,
  deniedBy,
}: AdministratorCandidate): string | false => {
  if (isAdministrator === 'yes') return false;
  if (isAdministrator === 'unknown') return 'not known whether it may do everything';
  if (deniedBy) return `locked out by ${deniedBy}`;
  return groups.length === 0
    ? 'in no group of administrators'
    : `no administrator: ${formatNameList(groups)} ${groups.length === 1 ? 'does' : 'do'} not allow everything`;
};

/** What a user lacks to be a daily administrator. */
export const describeMissingParts = (candidate: AdministratorCandidate): string =>
  [
    candidate.quarantine !== undefined && `locked down by AWS (${candidate.quarantine})`,
    describeMissingRights(candidate),
    !candidate.hasMfa && 'no MFA',
    !candidate.hasPassword && 'no console password',
  ]
    .filter(Boolean)
    .join(', ');

/** Administrators, or users who may be, who can sign in with a password alone. */
export const findUnprotected = ({
  candidates,
}: Pick<AdminUserFacts, 'candidates'>): readonly AdministratorCandidate[] =>
  candidates.filter((one) => one.isAdministrator !== 'no' && one.hasPassword && !one.hasMfa);

const getNames = (candidates: readonly AdministratorCandidate[]): readonly string[] =>
  candidates.map(({ name }) => name);

const formatVerb = (names: readonly unknown[], one: string, several: string) =>
  names.length === 1 ? one : several;

/** A weakness beside a ready administrator, and what to do about it. */
type Weakness = { description: string; remedy: string };

const findWeaknesses = (facts: AdminUserFacts): readonly Weakness[] => {
  const quarantined = facts.candidates.filter(({ quarantine }) => quarantine !== undefined);
  const unprotected = findUnprotected(facts);
  const keyed = isKeepingKeys(facts) ? [] : findKeyKeepers(facts);
  const open = facts.outsideRoles.filter(({ isOpenToAnybody }) => isOpenToAnybody);
  return [
    ...quarantined.map(({ name, quarantine }) => ({
      description: `AWS found an access key of the administrator ${name} in public (${quarantine})`,
      remedy: `Delete the access keys of ${name} now, in the IAM console (Users, ${name}, Security credentials).`,
    })),
    ...(unprotected.length > 0
      ? [
          {
            description: `${formatNameList(getNames(unprotected))} ${formatVerb(unprotected, 'is an administrator', 'are administrators')} with a password and no MFA`,
            remedy: `Run the setup: it enrolls the phone of ${formatNameList(getNames(unprotected))}, removes the password, or takes the permissions away.`,
          },
        ]
      : []),
    ...(keyed.length > 0
      ? [
          {
            description: `${formatNameList(getNames(keyed))} ${formatVerb(keyed, 'is an administrator', 'are administrators')} with an access key, which needs no MFA`,
            remedy: 'Run the setup: it turns the keys off, or notes why they stay.',
          },
        ]
      : []),
    ...open.map(({ name, trusts }) => ({
      description: `${trusts} may take the role ${name} and do everything`,
      remedy: `Restrict the trust policy of the role ${name} in the IAM console.`,
    })),
    ...(facts.uncheckedCount > 0
      ? [
          {
            description: `not looked at: ${facts.uncheckedCount} more administrators`,
            remedy: 'So many administrators are too many: take those who need less out of their group.',
          },
        ]
      : []),
  ];
};

/** Further facts for the owner: who cannot sign in, and who else is an administrator. */
const describeCaveats = (
  shown: readonly AdministratorCandidate[],
  facts: AdminUserFacts,
): readonly string[] => {
  const locked = getNames(shown.filter((one) => !one.hasPassword));
  const roles = facts.outsideRoles.filter(({ isOpenToAnybody }) => !isOpenToAnybody);
  const keepers = isKeepingKeys(facts) ? getNames(findKeyKeepers(facts)) : [];
  return [
    locked.length > 0 && `${locked.join(' and ')} cannot sign in to the console: no password`,
    keepers.length > 0 &&
      `${formatNameList(keepers)} ${formatVerb(keepers, 'keeps', 'keep')} an access key, on your word`,
    roles.length > 0 &&
      `administrators from outside: ${formatNameList(roles.map(({ name, trusts }) => `${trusts} (role ${name})`))}`,
  ].filter((one) => typeof one === 'string');
};

/** Joins the summary; a weakness stands before what is only worth knowing. */
const joinSummary = (first: string, weaknesses: readonly Weakness[], caveats: readonly string[]): string =>
  [first, ...weaknesses.map(({ description }) => description), ...caveats].join('; ');

export const judgeAdminUser = (facts: AdminUserFacts): Finding<AdminUserFacts> => {
  const ready = facts.candidates
    .filter(isReadyAdministrator)
    .toSorted((one, other) => Number(other.hasPassword) - Number(one.hasPassword));
  const weaknesses = findWeaknesses(facts);
  if (ready.length > 0) {
    const shown = ready.slice(0, 2);
    const first = `${formatNameList(getNames(ready), shown.length)}, with MFA`;
    const summary = joinSummary(first, weaknesses, describeCaveats(shown, facts));
    const remedy = weaknesses.map((one) => one.remedy).join(' ');
    return weaknesses.length > 0
      ? { status: 'unmet', summary, facts, remedy }
      : { status: 'met', summary, facts };
  }
  const remedy = 'Run the setup: it makes an administrator with MFA, or completes one.';
  if (facts.candidates.length > 0) {
    const incomplete = facts.candidates.map((one) => `${one.name}: ${describeMissingParts(one)}`).join('; ');
    return {
      status: 'unmet',
      summary: joinSummary(
        `No administrator is complete (${incomplete})`,
        weaknesses,
        describeCaveats([], facts),
      ),
      facts,
      remedy,
    };
  }
  const first = facts.userNames.length === 0 ? 'No IAM user exists' : 'No user is an administrator';
  return {
    status: 'unmet',
    summary: joinSummary(first, weaknesses, describeCaveats([], facts)),
    facts,
    remedy,
  };
};
