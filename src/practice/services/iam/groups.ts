import type {
  AddUserToGroupCommandInput,
  CreateGroupCommandInput,
  CreateGroupCommandOutput,
  DeleteGroupCommandInput,
  GetGroupCommandInput,
  GetGroupCommandOutput,
  Group as GroupAnswer,
  ListGroupsCommandInput,
  ListGroupsCommandOutput,
  ListGroupsForUserCommandInput,
  ListGroupsForUserCommandOutput,
  RemoveUserFromGroupCommandInput,
} from '@aws-sdk/client-iam';
import { groupNamed, newName, newPath, taken, userNamed } from './names.ts';
import { listedUser } from './users.ts';
import { type Answer, iamArn, iamPage, newId, type Operations, type Visit } from '../../operation.ts';
import { alreadyExists, deleteConflict, limitExceeded } from '../../refusal.ts';
import type { Group, World } from '../../world/world.ts';

const groupsQuota = 300;
const groupsPerUserQuota = 10;

/** A group as IAM shows it. */
export const listedGroup = (world: World, group: Group): GroupAnswer => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: iamArn(world, `group${group.path}${group.name}`),
  CreateDate: new Date(group.createdAt),
});

const createGroup = (
  { world, now }: Visit,
  input: CreateGroupCommandInput,
): Answer<CreateGroupCommandOutput> => {
  const name = newName(input.GroupName, 'groupName', 128);
  const path = newPath(input.Path);
  if (taken(world.groups, name)) throw alreadyExists(`Group with name ${name} already exists.`);
  if (world.groups.length >= groupsQuota) throw limitExceeded('GroupsPerAccount', groupsQuota);
  const group: Group = {
    name,
    path,
    id: newId('AGPA'),
    createdAt: now.toISOString(),
    attached: [],
    inline: [],
  };
  world.groups.push(group);
  return { Group: listedGroup(world, group) };
};

const getGroup = ({ world }: Visit, input: GetGroupCommandInput): Answer<GetGroupCommandOutput> => {
  const group = groupNamed(world, input.GroupName);
  const { items, paging } = iamPage(
    world.users.filter((user) => user.groups.includes(group.name)),
    input,
  );
  return { Group: listedGroup(world, group), Users: items.map((user) => listedUser(world, user)), ...paging };
};

const listGroups = ({ world }: Visit, input: ListGroupsCommandInput): Answer<ListGroupsCommandOutput> => {
  const { items, paging } = iamPage(
    world.groups.filter((group) => group.path.startsWith(input.PathPrefix ?? '/')),
    input,
  );
  return { Groups: items.map((group) => listedGroup(world, group)), ...paging };
};

const deleteGroup = ({ world }: Visit, { GroupName }: DeleteGroupCommandInput): object => {
  const group = groupNamed(world, GroupName);
  if (world.users.some((user) => user.groups.includes(group.name))) {
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  }
  if (group.attached.length > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (group.inline.length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  world.groups = world.groups.filter((one) => one !== group);
  return {};
};

const addUserToGroup = ({ world }: Visit, input: AddUserToGroupCommandInput): object => {
  const user = userNamed(world, input.UserName);
  const group = groupNamed(world, input.GroupName);
  if (user.groups.includes(group.name)) return {};
  if (user.groups.length >= groupsPerUserQuota) throw limitExceeded('GroupsPerUser', groupsPerUserQuota);
  user.groups.push(group.name);
  return {};
};

const removeUserFromGroup = ({ world }: Visit, input: RemoveUserFromGroupCommandInput): object => {
  const user = userNamed(world, input.UserName);
  const group = groupNamed(world, input.GroupName);
  user.groups = user.groups.filter((name) => name !== group.name);
  return {};
};

const listGroupsForUser = (
  { world }: Visit,
  input: ListGroupsForUserCommandInput,
): Answer<ListGroupsForUserCommandOutput> => {
  const user = userNamed(world, input.UserName);
  const { items, paging } = iamPage(user.groups, input);
  return { Groups: items.map((name) => listedGroup(world, groupNamed(world, name))), ...paging };
};

/** IAM's operations on groups and who is in them. */
export const groupOperations = {
  CreateGroup: createGroup,
  GetGroup: getGroup,
  ListGroups: listGroups,
  DeleteGroup: deleteGroup,
  AddUserToGroup: addUserToGroup,
  RemoveUserFromGroup: removeUserFromGroup,
  ListGroupsForUser: listGroupsForUser,
} satisfies Operations;
