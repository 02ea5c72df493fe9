import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  DeleteUserCommandInput,
  GetUserCommandInput,
  GetUserCommandOutput,
  ListUsersCommandInput,
  ListUsersCommandOutput,
  ListUserTagsCommandInput,
  ListUserTagsCommandOutput,
  TagUserCommandInput,
  UntagUserCommandInput,
  User as UserAnswer,
} from '@aws-sdk/client-iam';
import { getCallerIdentity, formatUserArn } from '../../caller.ts';
import { requireValidName, requireValidPath, isNameTaken, requireUser } from './names.ts';
import {
  type OperationOutput,
  paginateIam,
  generateIamId,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import {
  createAlreadyExistsError,
  createDeleteConflictError,
  createValidationError,
  createLimitExceededError,
} from '../../error-response.ts';
import { parseTags, removeTags, mergeTags } from '../../world/tags.ts';
import type { PracticeUser, World } from '../../world/world.ts';

const usersQuota = 5000;

/** A user as lists show it; only GetUser and CreateUser add the tags. */
export const toSdkUser = (world: World, user: PracticeUser): UserAnswer => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: formatUserArn(world, user),
  CreateDate: new Date(user.createdAt),
});

const toSdkUserWithTags = (world: World, user: PracticeUser): UserAnswer => ({
  ...toSdkUser(world, user),
  ...(user.tags.length > 0 && { Tags: user.tags }),
});

const createUser = (
  { world, now }: OperationContext,
  input: CreateUserCommandInput,
): OperationOutput<CreateUserCommandOutput> => {
  const name = requireValidName(input.UserName, 'userName', 64);
  const path = requireValidPath(input.Path);
  if (isNameTaken(world.users, name))
    throw createAlreadyExistsError(`User with name ${name} already exists.`);
  if (world.users.length >= usersQuota) throw createLimitExceededError('UsersPerAccount', usersQuota);
  const user: PracticeUser = {
    name,
    path,
    id: generateIamId('AIDA'),
    createdAt: now.toISOString(),
    tags: parseTags(input.Tags),
    groups: [],
    attached: [],
    inline: [],
    accessKeys: [],
  };
  world.users.push(user);
  return { User: toSdkUserWithTags(world, user) };
};

const toSdkRootUser = (world: World): UserAnswer => ({
  Path: '/',
  UserName: world.account.name,
  UserId: world.account.id,
  Arn: getCallerIdentity(world).Arn,
  CreateDate: new Date(world.account.createdAt),
});

const getUser = (
  { world }: OperationContext,
  { UserName }: GetUserCommandInput,
): OperationOutput<GetUserCommandOutput> => {
  if (UserName !== undefined) return { User: toSdkUserWithTags(world, requireUser(world, UserName)) };
  const { caller } = world;
  if (caller.kind === 'role')
    throw createValidationError('Must specify userName when calling with non-User credentials');
  return {
    User:
      caller.kind === 'user'
        ? toSdkUserWithTags(world, requireUser(world, caller.name))
        : toSdkRootUser(world),
  };
};

const listUsers = (
  { world }: OperationContext,
  input: ListUsersCommandInput,
): OperationOutput<ListUsersCommandOutput> => {
  const { items, paging } = paginateIam(
    world.users.filter((user) => user.path.startsWith(input.PathPrefix ?? '/')),
    input,
  );
  return { Users: items.map((user) => toSdkUser(world, user)), ...paging };
};

const deleteUser = ({ world }: OperationContext, { UserName }: DeleteUserCommandInput): object => {
  const user = requireUser(world, UserName);
  if (user.attached.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must detach all policies first.');
  if (user.inline.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must delete policies first.');
  if (user.groups.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must remove users from group first.');
  if (user.loginProfile)
    throw createDeleteConflictError('Cannot delete entity, must delete login profile first.');
  if (user.accessKeys.length > 0)
    throw createDeleteConflictError('Cannot delete entity, must delete access keys first.');
  if (world.devices.some(({ owner }) => owner?.kind === 'user' && owner.name === user.name)) {
    throw createDeleteConflictError('Cannot delete entity, must delete MFA device first.');
  }
  world.users = world.users.filter((one) => one !== user);
  return {};
};

const tagUser = ({ world }: OperationContext, { UserName, Tags }: TagUserCommandInput): object => {
  const user = requireUser(world, UserName);
  user.tags = mergeTags(user.tags, parseTags(Tags));
  return {};
};

const untagUser = ({ world }: OperationContext, { UserName, TagKeys }: UntagUserCommandInput): object => {
  const user = requireUser(world, UserName);
  user.tags = removeTags(user.tags, TagKeys);
  return {};
};

const listUserTags = (
  { world }: OperationContext,
  input: ListUserTagsCommandInput,
): OperationOutput<ListUserTagsCommandOutput> => {
  const { items, paging } = paginateIam(requireUser(world, input.UserName).tags, input);
  return { Tags: items, ...paging };
};

/** IAM's operations on users and their tags. */
export const userOperations = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  DeleteUser: deleteUser,
  TagUser: tagUser,
  UntagUser: untagUser,
  ListUserTags: listUserTags,
} satisfies OperationTable;
