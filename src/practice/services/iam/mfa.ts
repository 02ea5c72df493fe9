import type {
  CreateVirtualMFADeviceCommandInput,
  CreateVirtualMFADeviceCommandOutput,
  DeactivateMFADeviceCommandInput,
  DeleteVirtualMFADeviceCommandInput,
  EnableMFADeviceCommandInput,
  ResyncMFADeviceCommandInput,
} from '@aws-sdk/client-iam';
import { newName, newPath, userNamed } from './names.ts';
import { type Answer, iamArn, type Operations, randomBase32, type Visit } from '../../operation.ts';
import {
  alreadyExists,
  deleteConflict,
  invalid,
  lengthWithin,
  limitExceeded,
  noSuchEntity,
  Refusal,
  required,
} from '../../refusal.ts';
import { consecutive } from '../../totp.ts';
import type { Device, World } from '../../world/world.ts';

const devicesPerUser = 8;

/** A picture of one white dot: the practice account leaves the drawing of QR codes to whoever has the seed. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsVkrngAAAABJRU5ErkJggg==';

const deviceOf = (world: World, serial: string | undefined): Device => {
  const wanted = required(serial, 'serialNumber');
  const device = world.devices.find((one) => one.serial === wanted);
  if (!device) throw noSuchEntity(`MFA Device with serial number ${wanted} does not exist.`);
  return device;
};

/** Whether a device is assigned to that user. */
export const belongsTo = (device: Device, userName: string) =>
  device.owner?.kind === 'user' && device.owner.name === userName;

const createVirtualMfaDevice = (
  { world, now }: Visit,
  input: CreateVirtualMFADeviceCommandInput,
): Answer<CreateVirtualMFADeviceCommandOutput> => {
  const name = newName(input.VirtualMFADeviceName, 'virtualMFADeviceName', 226);
  const serial = iamArn(world, `mfa${newPath(input.Path)}${name}`);
  if (world.devices.some((device) => device.serial === serial))
    throw alreadyExists('MFA device already exists.');
  const seed = randomBase32(64);
  world.devices.push({ serial, seed, createdAt: now.toISOString() });
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      Base32StringSeed: new TextEncoder().encode(seed),
      QRCodePNG: new Uint8Array(Buffer.from(onePixel, 'base64')),
    },
  };
};

const sixDigits = (code: string | undefined, member: string): string => {
  const given = lengthWithin(required(code, member), member, 6, 6);
  if (!/^\d+$/.test(given))
    throw invalid(`The specified value for ${member} is invalid. It must contain only digits.`);
  return given;
};

type TwoCodes = { AuthenticationCode1: string | undefined; AuthenticationCode2: string | undefined };

/** Takes two codes for a device, or refuses them. That they are used up is remembered. */
const take = (device: Device, input: TwoCodes, now: Date): void => {
  const first = sixDigits(input.AuthenticationCode1, 'authenticationCode1');
  const second = sixDigits(input.AuthenticationCode2, 'authenticationCode2');
  const window = consecutive(device.seed, [first, second], now, device.lastWindow);
  if (window === undefined) {
    throw new Refusal('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.');
  }
  device.lastWindow = window;
};

const enableMfaDevice = ({ world, now }: Visit, input: EnableMFADeviceCommandInput): object => {
  const user = userNamed(world, input.UserName);
  const device = deviceOf(world, input.SerialNumber);
  if (device.owner) throw alreadyExists('MFA Device is already in use.');
  const own = world.devices.filter((one) => belongsTo(one, user.name));
  if (own.length >= devicesPerUser) throw limitExceeded('MfaDevicesPerUser', devicesPerUser);
  take(device, input, now);
  device.owner = { kind: 'user', name: user.name };
  device.enabledAt = now.toISOString();
  return {};
};

/** The user's own device; one that is not theirs is, for them, not there. */
const ownDevice = (
  world: World,
  input: { UserName?: string | undefined; SerialNumber: string | undefined },
) => {
  const user = userNamed(world, input.UserName);
  const device = deviceOf(world, input.SerialNumber);
  if (belongsTo(device, user.name)) return device;
  throw noSuchEntity(`MFA Device with serial number ${device.serial} does not exist.`);
};

const resyncMfaDevice = ({ world, now }: Visit, input: ResyncMFADeviceCommandInput): object => {
  take(ownDevice(world, input), input, now);
  return {};
};

const deactivateMfaDevice = ({ world }: Visit, input: DeactivateMFADeviceCommandInput): object => {
  const device = ownDevice(world, input);
  delete device.owner;
  delete device.enabledAt;
  return {};
};

const deleteVirtualMfaDevice = ({ world }: Visit, input: DeleteVirtualMFADeviceCommandInput): object => {
  const device = deviceOf(world, input.SerialNumber);
  if (device.owner) throw deleteConflict('Cannot delete entity, must deactivate the MFA device first.');
  world.devices = world.devices.filter((one) => one !== device);
  return {};
};

/** IAM's operations on virtual MFA devices. */
export const mfaOperations = {
  CreateVirtualMFADevice: createVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  ResyncMFADevice: resyncMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
} satisfies Operations;
