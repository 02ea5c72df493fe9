import type {
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
  ListVirtualMFADevicesCommandInput,
  ListVirtualMFADevicesCommandOutput,
  VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { isDeviceOfUser } from './mfa.ts';
import { requireUser } from './names.ts';
import { toSdkUser } from './users.ts';
import {
  type OperationOutput,
  formatIamArn,
  paginateIam,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import { createValidationError } from '../../error-response.ts';
import type { PracticeMfaDevice, World } from '../../world/world.ts';

const toSdkVirtualMfaDevice = (
  world: World,
  { serial, owner, enabledAt }: PracticeMfaDevice,
): VirtualMFADevice => {
  const root = { Path: undefined, UserName: undefined, Arn: formatIamArn(world, 'root') };
  const ids = { UserId: world.account.id, CreateDate: new Date(world.account.createdAt) };
  return {
    SerialNumber: serial,
    ...(enabledAt && { EnableDate: new Date(enabledAt) }),
    // AWS omits the root user's Path and UserName.
    ...(owner?.kind === 'root' && { User: { ...root, ...ids } }),
    ...(owner?.kind === 'user' && { User: toSdkUser(world, requireUser(world, owner.name)) }),
  };
};

const listVirtualMfaDevices = (
  { world }: OperationContext,
  input: ListVirtualMFADevicesCommandInput,
): OperationOutput<ListVirtualMFADevicesCommandOutput> => {
  const status = input.AssignmentStatus ?? 'Any';
  const wanted = world.devices.filter(
    (one) => status === 'Any' || (status === 'Assigned') === (one.owner !== undefined),
  );
  const { items, paging } = paginateIam(wanted, input);
  return { VirtualMFADevices: items.map((device) => toSdkVirtualMfaDevice(world, device)), ...paging };
};

const listMfaDevices = (
  { world }: OperationContext,
  input: ListMFADevicesCommandInput,
): OperationOutput<ListMFADevicesCommandOutput> => {
  const { caller } = world;
  const name = input.UserName ?? (caller.kind === 'user' ? caller.name : undefined);
  if (name === undefined && caller.kind === 'role') {
    throw createValidationError('Must specify userName when calling with non-User credentials');
  }
  const user = name === undefined ? undefined : requireUser(world, name);
  const own = world.devices.filter((one) =>
    user ? isDeviceOfUser(one, user.name) : one.owner?.kind === 'root',
  );
  const { items, paging } = paginateIam(own, input);
  const devices = items.map(({ serial, enabledAt }) => ({
    UserName: user?.name ?? world.account.name,
    SerialNumber: serial,
    EnableDate: enabledAt ? new Date(enabledAt) : undefined,
  }));
  return { MFADevices: devices, ...paging };
};

/** IAM's lists of MFA devices. None of them contains a seed. */
export const mfaListOperations = {
  ListVirtualMFADevices: listVirtualMfaDevices,
  ListMFADevices: listMfaDevices,
} satisfies OperationTable;
