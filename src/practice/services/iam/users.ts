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
import { identityOf, userArn } from '../../caller.ts';
import { newName, newPath, taken, userNamed } from './names.ts';
import { type Answer, iamPage, newId, type Operations, type Visit } from '../../operation.ts';
import { alreadyExists, deleteConflict, invalid, limitExceeded } from '../../refusal.ts';
import { tagsFrom, withoutTags, withTags } from '../../world/tags.ts';
import type { User, World } from '../../world/world.ts';

const usersQuota = 5000;

/** A user as lists show it; only GetUser and CreateUser add the tags. */
export const listedUser = (world: World, user: User): UserAnswer => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: userArn(world, user),
  CreateDate: new Date(user.createdAt),
});

const described = (world: World, user: User): UserAnswer => ({
  ...listedUser(world, user),
  ...(user.tags.length > 0 && { Tags: user.tags }),
});

const createUser = (
  { world, now }: Visit,
  input: CreateUserCommandInput,
): Answer<CreateUserCommandOutput> => {
  const name = newName(input.UserName, 'userName', 64);
  const path = newPath(input.Path);
  if (taken(world.users, name)) throw alreadyExists(`User with name ${name} already exists.`);
  if (world.users.length >= usersQuota) throw limitExceeded('UsersPerAccount', usersQuota);
  const user: User = {
    name,
    path,
    id: newId('AIDA'),
    createdAt: now.toISOString(),
    tags: tagsFrom(input.Tags),
    groups: [],
    attached: [],
    inline: [],
    accessKeys: [],
  };
  world.users.push(user);
  return { User: described(world, user) };
};

const rootUser = (world: World): UserAnswer => ({
  Path: '/',
  UserName: world.account.name,
  UserId: world.account.id,
  Arn: identityOf(world).Arn,
  CreateDate: new Date(world.account.createdAt),
});

const getUser = ({ world }: Visit, { UserName }: GetUserCommandInput): Answer<GetUserCommandOutput> => {
  if (UserName !== undefined) return { User: described(world, userNamed(world, UserName)) };
  const { caller } = world;
  if (caller.kind === 'role') throw invalid('Must specify userName when calling with non-User credentials');
  return { User: caller.kind === 'user' ? described(world, userNamed(world, caller.name)) : rootUser(world) };
};

const listUsers = ({ world }: Visit, input: ListUsersCommandInput): Answer<ListUsersCommandOutput> => {
  const { items, paging } = iamPage(
    world.users.filter((user) => user.path.startsWith(input.PathPrefix ?? '/')),
    input,
  );
  return { Users: items.map((user) => listedUser(world, user)), ...paging };
};

const deleteUser = ({ world }: Visit, { UserName }: DeleteUserCommandInput): object => {
  const user = userNamed(world, UserName);
  if (user.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (user.inline.length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  if (user.groups.length > 0)
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  if (user.loginProfile) throw deleteConflict('Cannot delete entity, must delete login profile first.');
  if (user.accessKeys.length > 0)
    throw deleteConflict('Cannot delete entity, must delete access keys first.');
  if (world.devices.some(({ owner }) => owner?.kind === 'user' && owner.name === user.name)) {
    throw deleteConflict('Cannot delete entity, must delete MFA device first.');
  }
  world.users = world.users.filter((one) => one !== user);
  return {};
};

const tagUser = ({ world }: Visit, { UserName, Tags }: TagUserCommandInput): object => {
  const user = userNamed(world, UserName);
  user.tags = withTags(user.tags, tagsFrom(Tags));
  return {};
};

const untagUser = ({ world }: Visit, { UserName, TagKeys }: UntagUserCommandInput): object => {
  const user = userNamed(world, UserName);
  user.tags = withoutTags(user.tags, TagKeys);
  return {};
};

const listUserTags = (
  { world }: Visit,
  input: ListUserTagsCommandInput,
): Answer<ListUserTagsCommandOutput> => {
  const { items, paging } = iamPage(userNamed(world, input.UserName).tags, input);
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
} satisfies Operations;
