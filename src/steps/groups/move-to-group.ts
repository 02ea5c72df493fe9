import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  PutGroupPolicyCommand,
} from '@aws-sdk/client-iam';
import { maxGroupsPerUser } from '../shared/administrators.ts';
import { canHoldPolicies, maxPoliciesPerGroup, moreGroupsRemedy } from './room.ts';
import { call, type Action } from '../../core/action.ts';
import type { IamGroup, UsersAndGroups, IamUser } from '../../aws/reads/iam.ts';

/** Whether a user has permissions of their own that do not come from a group. */
export const hasOwnPolicies = (user: IamUser): boolean => user.attached.length > 0 || user.inline.length > 0;

const hasRoomForPolicies = (group: IamGroup, user: IamUser): boolean =>
  canHoldPolicies(
    [...group.attached, ...user.attached].map(({ arn }) => arn),
    [...group.inline.filter(({ name }) => user.inline.every((own) => own.name !== name)), ...user.inline].map(
      ({ document }) => document,
    ),
  );

/** Whether a group can take over a user's policies without changing anyone's permissions. */
const canTakeOverPolicies = (group: IamGroup, user: IamUser, users: readonly IamUser[]): boolean => {
  if (!hasRoomForPolicies(group, user)) return false;
  const members = users.filter((one) => one.groups.includes(group.name)).map((one) => one.name);
  if (members.some((name) => name !== user.name)) return false;
  const inline = group.inline.map((policy) => user.inline.find((own) => own.name === policy.name) ?? policy);
  if (group.inline.some(({ document }, index) => inline[index]?.document !== document)) return false;
  // A member already has what the group gives. This happens after an interrupted run that had already detached policies
  // from the user.
  return (
    members.length > 0 ||
    (group.attached.every(({ arn }) => user.attached.some((own) => own.arn === arn)) &&
      group.inline.every(({ name }) => user.inline.some((own) => own.name === name)))
  );
};

/** The group that takes over a user's own policies: a new one, or the one that an interrupted run left. */
export const findSuccessorGroup = (
  user: IamUser,
  { users, groups }: UsersAndGroups,
): { name: string; group?: IamGroup } => {
  for (let number = 1; ; number += 1) {
    const name = `${user.name}-permissions${number === 1 ? '' : `-${number}`}`;
    const group = groups.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!group) return { name };
    if (canTakeOverPolicies(group, user, users)) return { name: group.name, group };
  }
};

/** Why a user cannot be moved, and what the owner can do about it. */
export type MoveObstacle = { description: string; remedy: string };

/** What IAM's quotas have against moving a user's policies to a group, or nothing. */
const findObstacle = (user: IamUser, everyone: UsersAndGroups): MoveObstacle | undefined => {
  const { name, groups, attached } = user;
  const successor = findSuccessorGroup(user, everyone);
  if (groups.length >= maxGroupsPerUser && !groups.includes(successor.name))
    return {
      description: `${name} is in ${groups.length} groups, the most that IAM allows`,
      remedy: `Take ${name} out of a group first: there is no room for one more.`,
    };
  if (attached.length > maxPoliciesPerGroup)
    return {
      description: `${name} has ${attached.length} policies, and a group can have ${maxPoliciesPerGroup}`,
      remedy: `Detach a policy that ${name} does not need first.`,
    };
  return undefined;
};

/** Who can be moved to a group of their own, within the room that IAM has for more groups, and who not, and why. */
export const sortByRoom = (
  users: readonly IamUser[],
  everyone: UsersAndGroups,
  roomForGroups: number,
): { movable: readonly IamUser[]; newGroupCount: number; obstacles: readonly MoveObstacle[] } => {
  const obstacles = users.flatMap((user) => findObstacle(user, everyone) ?? []);
  const free = users.filter((user) => !findObstacle(user, everyone));
  const needsGroup = (user: IamUser) => !findSuccessorGroup(user, everyone).group;
  const fitting = new Set(free.filter(needsGroup).slice(0, roomForGroups));
  const movable = free.filter((user) => !needsGroup(user) || fitting.has(user));
  const left = free.length - movable.length;
  return {
    movable,
    newGroupCount: fitting.size,
    obstacles:
      left === 0
        ? obstacles
        : [
            ...obstacles,
            {
              description: `IAM has room for ${roomForGroups} more ${roomForGroups === 1 ? 'group' : 'groups'} in this account, ${left} too few`,
              remedy: moreGroupsRemedy,
            },
          ],
  };
};

/**
 * Gives a user the same permissions through a group. The user's own policies are removed last, so that the user always
 * has them. Changes that an interrupted run already made are not repeated.
 */
export const planMoveToGroup = (user: IamUser, everyone: UsersAndGroups): readonly Action[] => {
  const { name: GroupName, group } = findSuccessorGroup(user, everyone);
  const UserName = user.name;
  const missing = user.attached.filter(({ arn }) => !group?.attached.some((one) => one.arn === arn));
  const member = user.groups.includes(GroupName);
  return [
    ...(group ? [] : [call('iam', new CreateGroupCommand({ GroupName }), `make the group ${GroupName}`)]),
    ...missing.map(({ arn, name }) =>
      call(
        'iam',
        new AttachGroupPolicyCommand({ GroupName, PolicyArn: arn }),
        `give ${GroupName} the policy ${name}`,
      ),
    ),
    ...user.inline.map(({ name, document }) =>
      call(
        'iam',
        new PutGroupPolicyCommand({ GroupName, PolicyName: name, PolicyDocument: document }),
        `write the policy ${name} into ${GroupName}`,
      ),
    ),
    ...(member
      ? []
      : [
          call(
            'iam',
            new AddUserToGroupCommand({ GroupName, UserName }),
            `put ${UserName} into the group ${GroupName}`,
          ),
        ]),
    ...user.attached.map(({ arn, name }) =>
      call(
        'iam',
        new DetachUserPolicyCommand({ UserName, PolicyArn: arn }),
        `take the policy ${name} from ${UserName} itself`,
      ),
    ),
    ...user.inline.map(({ name }) =>
      call(
        'iam',
        new DeleteUserPolicyCommand({ UserName, PolicyName: name }),
        `delete the policy ${name} of ${UserName} itself`,
      ),
    ),
  ];
};
