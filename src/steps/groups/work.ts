import { judgeWork } from '../../aws/policies/permissions.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import type { IamGroup, IamUser, UsersAndGroups } from '../../aws/reads/iam.ts';
import { findAttestationHolder, maxGroupsPerUser } from '../shared/administrators.ts';
import { findQuarantinePolicy } from '../shared/quarantine.ts';
import { allowEverything, getBoundary, listAllPolicies, listDocuments } from '../shared/iam-permissions.ts';

/** Whether nothing that a user has besides takes all work away: another policy, or a permissions boundary. */
const canMemberWork = (everyone: UsersAndGroups, user: IamUser): boolean => {
  const documents = listAllPolicies(everyone, user).map(({ document }) => document);
  const boundary = getBoundary(everyone, user);
  return (
    judgeWork([...documents, allowEverything]) !== 'no' &&
    (boundary.length === 0 || judgeWork(boundary) !== 'no')
  );
};

const listMembers = ({ users }: UsersAndGroups, group: IamGroup): readonly IamUser[] =>
  users.filter(({ groups }) => groups.includes(group.name));

const hasWorkingMember = (everyone: UsersAndGroups, group: IamGroup): boolean => {
  const members = listMembers(everyone, group);
  return members.length === 0 || members.some((user) => canMemberWork(everyone, user));
};

/** Whether a group would let somebody work if it allowed enough: neither it nor all its members are locked out. */
export const canWorkInGroup = (everyone: UsersAndGroups, group: IamGroup): boolean =>
  judgeWork([...listDocuments(everyone, group), allowEverything]) === 'yes' &&
  hasWorkingMember(everyone, group);

/** Whether a group lets its members work. One without members is ready for the first. */
export const judgeTeam = (everyone: UsersAndGroups, group: IamGroup): Certainty =>
  hasWorkingMember(everyone, group) ? judgeWork(listDocuments(everyone, group)) : 'no';

/** Each of the questions about the members of a team asks. */
const possibleMembers = new WeakMap<UsersAndGroups, readonly IamUser[]>();

/**
 * Everyone who can be put into a team. The administrator does not need one, IAM has no room for some, whom AWS has locked
 * down gets nothing new, and some could not work by it.
 */
export const findPossibleMembers = (everyone: UsersAndGroups): readonly IamUser[] => {
  const known = possibleMembers.get(everyone);
  if (known) return known;
  const administrator = findAttestationHolder(everyone)?.name;
  const members = everyone.users.filter(
    (user) =>
      user.name !== administrator &&
      user.groups.length < maxGroupsPerUser &&
      findQuarantinePolicy(user) === undefined &&
      canMemberWork(everyone, user),
  );
  possibleMembers.set(everyone, members);
  return members;
};
