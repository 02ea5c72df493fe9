import type {
  DeleteAccessKeyCommandInput,
  GetAccessKeyLastUsedCommandInput,
  GetAccessKeyLastUsedCommandOutput,
  ListAccessKeysCommandInput,
  ListAccessKeysCommandOutput,
  UpdateAccessKeyCommandInput,
} from '@aws-sdk/client-iam';
import { getCallerIdentity } from '../../caller.ts';
import { requireUser } from './names.ts';
import {
  type OperationOutput,
  paginateIam,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import {
  describeConstraint,
  createValidationError,
  createNoSuchEntityError,
  ErrorResponse,
  requireValue,
  createConstraintError,
} from '../../error-response.ts';
import type { PracticeAccessKey, World } from '../../world/world.ts';

type KeyHolder = { name?: string; accessKeys: PracticeAccessKey[] };

/** The holder of the keys: the named user, or the caller if no name is given. */
const findKeyHolder = (world: World, userName: string | undefined): KeyHolder => {
  const { caller, root } = world;
  if (userName !== undefined) return requireUser(world, userName);
  if (caller.kind === 'role')
    throw createValidationError('Must specify userName when calling with non-User credentials');
  return caller.kind === 'user' ? requireUser(world, caller.name) : root;
};

const requireAccessKey = (holder: KeyHolder, id: string | undefined): PracticeAccessKey => {
  const key = holder.accessKeys.find((one) => one.id === requireValue(id, 'accessKeyId'));
  if (!key) throw createNoSuchEntityError(`The Access Key with id ${id} cannot be found.`);
  return key;
};

const listAccessKeys = (
  { world }: OperationContext,
  input: ListAccessKeysCommandInput,
): OperationOutput<ListAccessKeysCommandOutput> => {
  const holder = findKeyHolder(world, input.UserName);
  const { items, paging } = paginateIam(holder.accessKeys, input);
  const described = items.map((key) => ({
    ...(holder.name && { UserName: holder.name }),
    AccessKeyId: key.id,
    Status: key.active ? ('Active' as const) : ('Inactive' as const),
    CreateDate: new Date(key.createdAt),
  }));
  return { AccessKeyMetadata: described, ...paging };
};

const getAccessKeyLastUsed = (
  { world }: OperationContext,
  { AccessKeyId }: GetAccessKeyLastUsedCommandInput,
): OperationOutput<GetAccessKeyLastUsedCommandOutput> => {
  const id = requireValue(AccessKeyId, 'accessKeyId');
  const holders: KeyHolder[] = [world.root, ...world.users];
  const holder = holders.find(({ accessKeys }) => accessKeys.some((key) => key.id === id));
  // AWS answers with this error and not with NoSuchEntity, so that nobody can probe for other people's keys.
  if (!holder) {
    const action = 'iam:GetAccessKeyLastUsed';
    const message = `User: ${getCallerIdentity(world).Arn} is not authorized to perform ${action} on resource: access key ${id}`;
    throw new ErrorResponse('AccessDenied', 403, message);
  }
  const { lastUsed } = requireAccessKey(holder, id);
  return {
    ...(holder.name && { UserName: holder.name }),
    AccessKeyLastUsed: lastUsed
      ? { LastUsedDate: new Date(lastUsed.at), ServiceName: lastUsed.service, Region: lastUsed.region }
      : { ServiceName: 'N/A', Region: 'N/A', LastUsedDate: undefined },
  };
};

const updateAccessKey = ({ world }: OperationContext, input: UpdateAccessKeyCommandInput): object => {
  const key = requireAccessKey(findKeyHolder(world, input.UserName), input.AccessKeyId);
  const status = requireValue(input.Status, 'status');
  if (status !== 'Active' && status !== 'Inactive')
    throw createConstraintError(describeConstraint('status', 'satisfy enum value set'));
  key.active = status === 'Active';
  return {};
};

const deleteAccessKey = ({ world }: OperationContext, input: DeleteAccessKeyCommandInput): object => {
  const holder = findKeyHolder(world, input.UserName);
  const key = requireAccessKey(holder, input.AccessKeyId);
  holder.accessKeys = holder.accessKeys.filter((one) => one !== key);
  return {};
};

/** IAM's operations on the access keys of root and of users. None of them creates a key. */
export const accessKeyOperations = {
  ListAccessKeys: listAccessKeys,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
} satisfies OperationTable;
