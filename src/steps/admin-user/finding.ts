import type { Finding } from '../../core/step.ts';
import { formatDay } from '../../lib/dates.ts';
import {
  isPowerful,
  isReadyAdministrator,
  maxGroupsPerUser,
  type AdministratorCandidate,
} from '../shared/administrators.ts';
import type { UsableRole } from '../shared/iam-permissions.ts';
import { describeFutureWord } from '../shared/attestation-tags.ts';
import { formatNameList } from '../shared/name-list.ts';
import { describeQuarantine } from '../shared/quarantine.ts';
import { findKeptKeys, findKeyKeepers } from './access-keys.ts';
import type { AdminUserFacts } from './make-administrator.ts';

const describeMissingRights = ({ isAdministrator, groups }: AdministratorCandidate): string | false => {
  if (isAdministrator === 'yes') return false;
  if (isAdministrator === 'unknown') return 'not known whether it may do everything';
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
    candidate.hasDoubtfulTag && 'a tag says that this program made it, which is doubtful',
  ]
    .filter(Boolean)
    .join(', ');

/** Administrators, or users who may be, who can sign in with a password alone. */
export const findUnprotected = ({
  candidates,
}: Pick<AdminUserFacts, 'candidates'>): readonly AdministratorCandidate[] =>
  candidates.filter((one) => isPowerful(one) && one.hasPassword && !one.hasMfa);

const getNames = (candidates: readonly AdministratorCandidate[]): readonly string[] =>
  candidates.map(({ name }) => name);

const listNames = (candidates: readonly AdministratorCandidate[]): string =>
  formatNameList(getNames(candidates));

/** `anna, maria are administrators`, and apart from them those who take a role, and those of whom it is not known. */
const describeAdministrators = (
  candidates: readonly AdministratorCandidate[],
  describeWith: (some: readonly AdministratorCandidate[]) => string,
): readonly string[] => {
  const sure = candidates.filter(({ isAdministrator }) => isAdministrator === 'yes');
  const others = candidates.filter((one) => !sure.includes(one));
  const unsure = others.filter(({ usableRole }) => usableRole === undefined);
  const byRole = (how: UsableRole['how'], describeWay: (roles: string) => string): readonly string[] => {
    const some = others.filter(({ usableRole }) => usableRole?.how === how);
    const roles = formatNameList([...new Set(some.flatMap(({ usableRole }) => usableRole?.name ?? []))]);
    return some.length > 0
      ? [`${listNames(some)} can do everything by ${describeWay(roles)}, with ${describeWith(some)}`]
      : [];
  };
  const are = sure.length === 1 ? 'is an administrator' : 'are administrators';
  const mayBe = unsure.length === 1 ? 'may be an administrator' : 'may be administrators';
  return [
    ...(sure.length > 0 ? [`${listNames(sure)} ${are} with ${describeWith(sure)}`] : []),
    ...byRole('taking', (roles) => `taking the role ${roles}`),
    ...byRole('passing', (roles) => `passing the role ${roles} to a service`),
    ...(unsure.length > 0 ? [`${listNames(unsure)} ${mayBe}, with ${describeWith(unsure)}`] : []),
  ];
};

const describeKeys = (candidates: readonly AdministratorCandidate[]): string => {
  const count = candidates.flatMap(({ accessKeys }) => accessKeys).length;
  return count === 1 ? 'an access key, which needs no MFA' : `${count} access keys, which need no MFA`;
};

/** A weakness beside a ready administrator, and what to do about it. */
type Weakness = { description: string; remedy: string };

/** What comes before everything else: keys that strangers have. */
const findLeaks = ({ candidates }: AdminUserFacts): readonly Weakness[] =>
  candidates.flatMap(({ name, quarantine }) =>
    quarantine === undefined ? [] : [describeQuarantine(name, quarantine)],
  );

const findWeaknesses = (facts: AdminUserFacts): readonly Weakness[] => {
  const unprotected = findUnprotected(facts);
  const keyed = findKeptKeys(facts) ? [] : findKeyKeepers(facts);
  const open = facts.outsideRoles.filter(({ isOpenToAnybody }) => isOpenToAnybody);
  return [
    ...describeAdministrators(unprotected, () => 'a password and no MFA').map((description) => ({
      description,
      remedy: `Run the setup: it enrolls a phone for ${listNames(unprotected)}, removes the password, or takes the permissions away.`,
    })),
    ...describeAdministrators(keyed, describeKeys).map((description) => ({
      description: `${description}${describeFutureWord(facts)}`,
      remedy: 'Run the setup: it turns access keys off, or notes why they stay.',
    })),
    ...open.map(({ name, description }) => ({
      description,
      remedy: `Restrict the trust policy of the role ${name} in the IAM console.`,
    })),
    ...(facts.uncheckedCount > 0
      ? [
          {
            description: `not looked at: ${facts.uncheckedCount} more who are or may be administrators`,
            remedy: 'So many administrators are too many: take those who need less out of their group.',
          },
        ]
      : []),
  ];
};

const describeKept = (facts: AdminUserFacts): string | false => {
  const kept = findKeptKeys(facts);
  if (!kept) return false;
  const names = getNames(findKeyKeepers(facts));
  const keep = names.length === 1 ? 'keeps an access key' : 'keep access keys';
  const what = kept.reason === 'program' ? 'for a program' : 'to work with';
  return `${formatNameList(names)} ${keep} ${what}, on your word of ${formatDay(kept.on)}`;
};

/** Further facts for the owner: who cannot sign in, and who else is an administrator. */
const describeCaveats = (
  shown: readonly AdministratorCandidate[],
  facts: AdminUserFacts,
): readonly string[] => {
  const locked = getNames(shown.filter((one) => !one.hasPassword));
  const doubtful = shown.length === 0 ? [] : getNames(facts.candidates.filter((one) => one.hasDoubtfulTag));
  const roles = facts.outsideRoles.filter(({ isOpenToAnybody }) => !isOpenToAnybody);
  return [
    locked.length > 0 && `${locked.join(' and ')} cannot sign in to the console: no password`,
    describeKept(facts),
    doubtful.length > 0 && `a tag says that this program made ${formatNameList(doubtful)}, which is doubtful`,
    roles.length > 0 &&
      `administrators from outside: ${formatNameList(roles.map(({ description }) => description))}`,
  ].filter((one) => typeof one === 'string');
};

const hasGroupOrRoom = ({ administratorsGroup, room }: AdminUserFacts): boolean =>
  administratorsGroup.exists || room.groups > 0;

/** Whether IAM has room for a new administrator. */
export const canMakeAdministrator = (facts: AdminUserFacts): boolean =>
  facts.room.users > 0 && hasGroupOrRoom(facts);

/** Users who can become the daily administrator by what this program does. */
export const findCompletable = (facts: AdminUserFacts): readonly AdministratorCandidate[] => {
  const { administratorsGroup } = facts;
  const canJoin = ({ groups, canBecomeAdministrator }: AdministratorCandidate) =>
    canBecomeAdministrator &&
    (groups.includes(administratorsGroup.name)
      ? !administratorsGroup.hasAdministratorPolicy
      : groups.length < maxGroupsPerUser && hasGroupOrRoom(facts));
  return facts.candidates.filter(
    (one) => one.quarantine === undefined && (one.isAdministrator === 'yes' || canJoin(one)),
  );
};

/** Why no administrator can be made, which only the owner can change. */
const describeNoRoom = (facts: AdminUserFacts): Weakness | undefined => {
  const kind = facts.room.users > 0 ? 'group' : 'user';
  return canMakeAdministrator(facts)
    ? undefined
    : {
        description: `IAM has no room for another ${kind} in this account`,
        remedy: `Delete a ${kind} that nobody needs, or ask AWS for more in the Service Quotas console.`,
      };
};

const describeNobody = (facts: AdminUserFacts): string => {
  const incomplete = [
    ...facts.candidates.map((one) => `${one.name}: ${describeMissingParts(one)}`),
    ...facts.locked.map(({ name, lock }) => `${name}: ${lock}`),
  ];
  if (incomplete.length > 0) return `No administrator is complete (${incomplete.join('; ')})`;
  if (facts.userNames.length === 0) return 'No IAM user exists';
  const { idleGroups } = facts;
  return idleGroups.length === 0
    ? 'No user is an administrator'
    : `No user is an administrator: ${formatNameList(idleGroups)} ${idleGroups.length === 1 ? 'does' : 'do'} not allow everything`;
};

export const judgeAdminUser = (facts: AdminUserFacts): Finding<AdminUserFacts> => {
  const ready = facts.candidates
    .filter(isReadyAdministrator)
    .toSorted((one, other) => Number(other.hasPassword) - Number(one.hasPassword));
  const shown = ready.slice(0, 2);
  const leaks = findLeaks(facts);
  const weaknesses = findWeaknesses(facts);
  const noRoom = ready.length === 0 ? describeNoRoom(facts) : undefined;
  const problems = [...weaknesses, ...(noRoom ? [noRoom] : [])];
  const summary = [
    ...leaks.map(({ description }) => description),
    ready.length > 0 ? `${formatNameList(getNames(ready), shown.length)}, with MFA` : describeNobody(facts),
    ...problems.map(({ description }) => description),
    ...describeCaveats(shown, facts),
  ].join('; ');
  if (ready.length > 0 && leaks.length === 0 && problems.length === 0)
    return { status: findKeptKeys(facts) ? 'attested' : 'met', summary, facts };
  const remedies = [
    ...leaks.map(({ remedy }) => remedy),
    ...(ready.length > 0 || (noRoom && findCompletable(facts).length === 0)
      ? []
      : ['Run the setup: it makes an administrator with MFA, or completes one.']),
    ...problems.map(({ remedy }) => remedy),
  ];
  return { status: 'unmet', summary, facts, remedy: [...new Set(remedies)].join(' ') };
};
