import { judgeWork } from '../../aws/policies/permissions.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import type { IamGroup, IamUser, UsersAndGroups } from '../../aws/reads/iam.ts';
import { allowEverything, getBoundary, listAllPolicies, listDocuments } from '../shared/iam-permissions.ts';

/** Whether nothing that a user has besides takes all work away: another policy, or a permissions boundary. */
export const canMemberWork = (everyone: UsersAndGroups, user: IamUser): boolean => {
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
