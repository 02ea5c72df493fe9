import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  GetUserCommandInput,
  GetUserCommandOutput,
  ListUsersCommandInput,
  ListUsersCommandOutput,
  TagUserCommandInput,
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
  createValidationError,
  createLimitExceededError,
} from '../../error-response.ts';
import { parseTags, mergeTags } from '../../world/tags.ts';
import type { PracticeUser, World } from '../../world/world.ts';

const usersQuota = 5000;

/** A user as in lists. Only GetUser and CreateUser add the tags. */
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

const tagUser = ({ world }: OperationContext, { UserName, Tags }: TagUserCommandInput): object => {
  const user = requireUser(world, UserName);
  user.tags = mergeTags(user.tags, parseTags(Tags));
  return {};
};

export const userOperations = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  TagUser: tagUser,
} satisfies OperationTable;
