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
import { requireGroup, requireValidName, requireValidPath, isNameTaken, requireUser } from './names.ts';
import { toSdkUser } from './users.ts';
import {
  type OperationOutput,
  formatIamArn,
  paginateIam,
  generateIamId,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import {
  createAlreadyExistsError,
  createDeleteConflictError,
  createLimitExceededError,
} from '../../error-response.ts';
import type { PracticeGroup, World } from '../../world/world.ts';

const groupsQuota = 300;
const groupsPerUserQuota = 10;

/** A group as IAM shows it. */
export const toSdkGroup = (world: World, group: PracticeGroup): GroupAnswer => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: formatIamArn(world, `group${group.path}${group.name}`),
  CreateDate: new Date(group.createdAt),
});

const createGroup = (
  { world, now }: OperationContext,
  input: CreateGroupCommandInput,
): OperationOutput<CreateGroupCommandOutput> => {
  const name = requireValidName(input.GroupName, 'groupName', 128);
  const path = requireValidPath(input.Path);
  if (isNameTaken(world.groups, name))
    throw createAlreadyExistsError(`Group with name ${name} already exists.`);
  if (world.groups.length >= groupsQuota) throw createLimitExceededError('GroupsPerAccount', groupsQuota);
  const group: PracticeGroup = {
    name,
    path,
    id: generateIamId('AGPA'),
    createdAt: now.toISOString(),
    attached: [],
    inline: [],
  };
  world.groups.push(group);
  return { Group: toSdkGroup(world, group) };
};

const getGroup = (
  { world }: OperationContext,
  input: GetGroupCommandInput,
): OperationOutput<GetGroupCommandOutput> => {
  const group = requireGroup(world, input.GroupName);
  const { items, paging } = paginateIam(
    world.users.filter((user) => user.groups.includes(group.name)),
    input,
  );
  return { Group: toSdkGroup(world, group), Users: items.map((user) => toSdkUser(world, user)), ...paging };
};

const listGroups = (
  { world }: OperationContext,
  input: ListGroupsCommandInput,
): OperationOutput<ListGroupsCommandOutput> => {
  const { items, paging } = paginateIam(
    world.groups.filter((group) => group.path.startsWith(input.PathPrefix ?? '/')),
    input,
  );
  return { Groups: items.map((group) => toSdkGroup(world, group)), ...paging };
};

const deleteGroup = ({ world }: OperationContext, { GroupName }: DeleteGroupCommandInput): object => {
  const group = requireGroup(world, GroupName);
  if (world.users.some((user) => user.groups.includes(group.name))) {
    throw createDeleteConflictError('Cannot delete entity, must remove users from group first.');
  }
  if (group.attached.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must detach all policies first.');
  if (group.inline.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must delete policies first.');
  world.groups = world.groups.filter((one) => one !== group);
  return {};
};

const addUserToGroup = ({ world }: OperationContext, input: AddUserToGroupCommandInput): object => {
  const user = requireUser(world, input.UserName);
  const group = requireGroup(world, input.GroupName);
  if (user.groups.includes(group.name)) return {};
  if (user.groups.length >= groupsPerUserQuota)
    throw createLimitExceededError('GroupsPerUser', groupsPerUserQuota);
  user.groups.push(group.name);
  return {};
};

const removeUserFromGroup = ({ world }: OperationContext, input: RemoveUserFromGroupCommandInput): object => {
  const user = requireUser(world, input.UserName);
  const group = requireGroup(world, input.GroupName);
  user.groups = user.groups.filter((name) => name !== group.name);
  return {};
};

const listGroupsForUser = (
  { world }: OperationContext,
  input: ListGroupsForUserCommandInput,
): OperationOutput<ListGroupsForUserCommandOutput> => {
  const user = requireUser(world, input.UserName);
  const { items, paging } = paginateIam(user.groups, input);
  return { Groups: items.map((name) => toSdkGroup(world, requireGroup(world, name))), ...paging };
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
} satisfies OperationTable;
