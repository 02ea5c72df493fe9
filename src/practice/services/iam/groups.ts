import type {
  AddUserToGroupCommandInput,
  RemoveUserFromGroupCommandInput,
  CreateGroupCommandInput,
  CreateGroupCommandOutput,
  Group as GroupAnswer,
} from '@aws-sdk/client-iam';
import { requireGroup, requireValidName, requireValidPath, isNameTaken, requireUser } from './names.ts';
import {
  type OperationOutput,
  formatIamArn,
  generateIamId,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import { createAlreadyExistsError, createLimitExceededError } from '../../error-response.ts';
import type { PracticeGroup, World } from '../../world/world.ts';

const groupsQuota = 300;
const groupsPerUserQuota = 10;

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

export const groupOperations = {
  CreateGroup: createGroup,
  AddUserToGroup: addUserToGroup,
  RemoveUserFromGroup: removeUserFromGroup,
} satisfies OperationTable;
