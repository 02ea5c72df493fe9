import type {
  DeleteAccessKeyCommandInput,
  GetAccessKeyLastUsedCommandInput,
  GetAccessKeyLastUsedCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  UpdateAccessKeyCommandInput,
} from '@aws-sdk/client-iam';
import { identityOf } from '../../caller.ts';
import { userNamed } from './names.ts';
import { type Answer, iamPage, type Operations, type Visit } from '../../operation.ts';
import { constraint, invalid, noSuchEntity, Refusal, required, violated } from '../../refusal.ts';
import type { AccessKey, World } from '../../world/world.ts';

type Keys = { name?: string; accessKeys: AccessKey[] };

/** Whose keys are meant: those of the named user, or without a name those of the caller. */
const holderOf = (world: World, userName: string | undefined): Keys => {
  const { caller, root } = world;
  if (userName !== undefined) return userNamed(world, userName);
  if (caller.kind === 'role') throw invalid('Must specify userName when calling with non-User credentials');
  return caller.kind === 'user' ? userNamed(world, caller.name) : root;
};

const keyOf = (holder: Keys, id: string | undefined): AccessKey => {
  const key = holder.accessKeys.find((one) => one.id === required(id, 'accessKeyId'));
  if (!key) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
};

const listAccessKeys = (
  { world }: Visit,
  input: ListAccessKeysCommandInput,
): Answer<ListAccessKeysCommandOutput> => {
  const holder = holderOf(world, input.UserName);
  const { items, paging } = iamPage(holder.accessKeys, input);
  const described = items.map((key) => ({
    ...(holder.name && { UserName: holder.name }),
    AccessKeyId: key.id,
    Status: key.active ? ('Active' as const) : ('Inactive' as const),
    CreateDate: new Date(key.createdAt),
  }));
  return { AccessKeyMetadata: described, ...paging };
};

const getAccessKeyLastUsed = (
  { world }: Visit,
  { AccessKeyId }: GetAccessKeyLastUsedCommandInput,
): Answer<GetAccessKeyLastUsedCommandOutput> => {
  const id = required(AccessKeyId, 'accessKeyId');
  const holders: Keys[] = [world.root, ...world.users];
  const holder = holders.find(({ accessKeys }) => accessKeys.some((key) => key.id === id));
  // AWS answers like this and not with NoSuchEntity, so that nobody can probe for the keys of others.
  if (!holder) {
    const action = 'iam:GetAccessKeyLastUsed';
    const message = `User: ${identityOf(world).Arn} is not authorized to perform ${action} on resource: access key ${id}`;
    throw new Refusal('AccessDenied', 403, message);
  }
  const { lastUsed } = keyOf(holder, id);
  return {
    ...(holder.name && { UserName: holder.name }),
    AccessKeyLastUsed: lastUsed
      ? { LastUsedDate: new Date(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region }
      : { ServiceName: 'N/A', Region: 'N/A', LastUsedDate: undefined },
  };
};

const updateAccessKey = ({ world }: Visit, input: UpdateAccessKeyCommandInput): object => {
  const key = keyOf(holderOf(world, input.UserName), input.AccessKeyId);
  const status = required(input.Status, 'status');
  if (status !== 'Active' && status !== 'Inactive')
    throw violated(constraint('status', 'satisfy enum value set'));
  key.active = status === 'Active';
  return {};
};

const deleteAccessKey = ({ world }: Visit, input: DeleteAccessKeyCommandInput): object => {
  const holder = holderOf(world, input.UserName);
  const key = keyOf(holder, input.AccessKeyId);
  holder.accessKeys = holder.accessKeys.filter((one) => one !== key);
  return {};
};

/** IAM's operations on the access keys of root and of users. New ones are never made. */
export const accessKeyOperations = {
  ListAccessKeys: listAccessKeys,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
} satisfies Operations;
