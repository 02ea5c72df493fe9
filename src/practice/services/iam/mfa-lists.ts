import type {
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
  ListVirtualMFADevicesCommandInput,
  ListVirtualMFADevicesCommandOutput,
  VirtualMFADevice,
} from '@aws-sdk/client-iam';
import { belongsTo } from './mfa.ts';
import { userNamed } from './names.ts';
import { listedUser } from './users.ts';
import { type Answer, iamArn, iamPage, type Operations, type Visit } from '../../operation.ts';
import { invalid } from '../../refusal.ts';
import type { Device, World } from '../../world/world.ts';

const described = (world: World, { serial, owner, enabledAt }: Device): VirtualMFADevice => {
  const root = { Path: undefined, UserName: undefined, Arn: iamArn(world, 'root') };
  const ids = { UserId: world.account.id, CreateDate: new Date(world.account.createdAt) };
  return {
    SerialNumber: serial,
    ...(enabledAt && { EnableDate: new Date(enabledAt) }),
    // AWS leaves Path and UserName of the root user out.
    ...(owner?.kind === 'root' && { User: { ...root, ...ids } }),
    ...(owner?.kind === 'user' && { User: listedUser(world, userNamed(world, owner.name)) }),
  };
};

const listVirtualMfaDevices = (
  { world }: Visit,
  input: ListVirtualMFADevicesCommandInput,
): Answer<ListVirtualMFADevicesCommandOutput> => {
  const status = input.AssignmentStatus ?? 'Any';
  const wanted = world.devices.filter(
    (one) => status === 'Any' || (status === 'Assigned') === (one.owner !== undefined),
  );
  const { items, paging } = iamPage(wanted, input);
  return { VirtualMFADevices: items.map((device) => described(world, device)), ...paging };
};

const listMfaDevices = (
  { world }: Visit,
  input: ListMFADevicesCommandInput,
): Answer<ListMFADevicesCommandOutput> => {
  const { caller } = world;
  const name = input.UserName ?? (caller.kind === 'user' ? caller.name : undefined);
  if (name === undefined && caller.kind === 'role') {
    throw invalid('Must specify userName when calling with non-User credentials');
  }
  const user = name === undefined ? undefined : userNamed(world, name);
  const own = world.devices.filter((one) => (user ? belongsTo(one, user.name) : one.owner?.kind === 'root'));
  const { items, paging } = iamPage(own, input);
  const devices = items.map(({ serial, enabledAt }) => ({
    UserName: user?.name ?? world.account.name,
    SerialNumber: serial,
    EnableDate: enabledAt ? new Date(enabledAt) : undefined,
  }));
  return { MFADevices: devices, ...paging };
};

/** IAM's lists of MFA devices. None of them tells a seed. */
export const mfaListOperations = {
  ListVirtualMFADevices: listVirtualMfaDevices,
  ListMFADevices: listMfaDevices,
} satisfies Operations;
