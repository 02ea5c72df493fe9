import type {
  CreateVirtualMFADeviceCommandInput,
  CreateVirtualMFADeviceCommandOutput,
  DeleteVirtualMFADeviceCommandInput,
  EnableMFADeviceCommandInput,
  ResyncMFADeviceCommandInput,
} from '@aws-sdk/client-iam';
import { requireValidName, requireValidPath, requireUser } from './names.ts';
import {
  type OperationOutput,
  formatIamArn,
  type OperationTable,
  generateBase32,
  type OperationContext,
} from '../../operation.ts';
import {
  createAlreadyExistsError,
  createDeleteConflictError,
  createValidationError,
  requireLength,
  createLimitExceededError,
  createNoSuchEntityError,
  ErrorResponse,
  requireValue,
} from '../../error-response.ts';
import { findConsecutiveWindow } from '../../totp.ts';
import type { PracticeMfaDevice, World } from '../../world/world.ts';

const maxDevicesPerUser = 8;

/** A single white pixel. The practice account does not draw QR codes: callers can draw their own from the seed. */
const onePixelPng =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsVkrngAAAABJRU5ErkJggg==';

const requireDevice = (world: World, serial: string | undefined): PracticeMfaDevice => {
  const wanted = requireValue(serial, 'serialNumber');
  const device = world.devices.find((one) => one.serial === wanted);
  if (!device) throw createNoSuchEntityError(`MFA Device with serial number ${wanted} does not exist.`);
  return device;
};

export const isDeviceOfUser = (device: PracticeMfaDevice, userName: string) =>
  device.owner?.kind === 'user' && device.owner.name === userName;

const createVirtualMfaDevice = (
  { world, now }: OperationContext,
  input: CreateVirtualMFADeviceCommandInput,
): OperationOutput<CreateVirtualMFADeviceCommandOutput> => {
  const name = requireValidName(input.VirtualMFADeviceName, 'virtualMFADeviceName', 226);
  const serial = formatIamArn(world, `mfa${requireValidPath(input.Path)}${name}`);
  if (world.devices.some((device) => device.serial === serial))
    throw createAlreadyExistsError('MFA device already exists.');
  const seed = generateBase32(64);
  world.devices.push({ serial, seed, createdAt: now.toISOString() });
  return {
    VirtualMFADevice: {
      SerialNumber: serial,
      Base32StringSeed: new TextEncoder().encode(seed),
      QRCodePNG: new Uint8Array(Buffer.from(onePixelPng, 'base64')),
    },
  };
};

const requireSixDigits = (code: string | undefined, member: string): string => {
  const given = requireLength(requireValue(code, member), member, 6, 6);
  if (!/^\d+$/.test(given))
    throw createValidationError(`The specified value for ${member} is invalid. It must contain only digits.`);
  return given;
};

type CodePairInput = { AuthenticationCode1: string | undefined; AuthenticationCode2: string | undefined };

/** Accepts two codes for a device, or rejects them. Accepted codes are recorded as used. */
const acceptCodes = (device: PracticeMfaDevice, input: CodePairInput, now: Date): void => {
  const first = requireSixDigits(input.AuthenticationCode1, 'authenticationCode1');
  const second = requireSixDigits(input.AuthenticationCode2, 'authenticationCode2');
  const window = findConsecutiveWindow(device.seed, [first, second], now, device.lastWindow);
  if (window === undefined) {
    throw new ErrorResponse('InvalidAuthenticationCode', 403, 'Authentication code for device is not valid.');
  }
  device.lastWindow = window;
};

const enableMfaDevice = ({ world, now }: OperationContext, input: EnableMFADeviceCommandInput): object => {
  const user = requireUser(world, input.UserName);
  const device = requireDevice(world, input.SerialNumber);
  if (device.owner) throw createAlreadyExistsError('MFA Device is already in use.');
  const own = world.devices.filter((one) => isDeviceOfUser(one, user.name));
  if (own.length >= maxDevicesPerUser) throw createLimitExceededError('MfaDevicesPerUser', maxDevicesPerUser);
  acceptCodes(device, input, now);
  device.owner = { kind: 'user', name: user.name };
  device.enabledAt = now.toISOString();
  return {};
};

/** The user's own device. Someone else's device counts as not existing. */
const requireOwnDevice = (
  world: World,
  input: { UserName?: string | undefined; SerialNumber: string | undefined },
) => {
  const user = requireUser(world, input.UserName);
  const device = requireDevice(world, input.SerialNumber);
  if (isDeviceOfUser(device, user.name)) return device;
  throw createNoSuchEntityError(`MFA Device with serial number ${device.serial} does not exist.`);
};

const resyncMfaDevice = ({ world, now }: OperationContext, input: ResyncMFADeviceCommandInput): object => {
  acceptCodes(requireOwnDevice(world, input), input, now);
  return {};
};

const deleteVirtualMfaDevice = (
  { world }: OperationContext,
  input: DeleteVirtualMFADeviceCommandInput,
): object => {
  const device = requireDevice(world, input.SerialNumber);
  if (device.owner)
    throw createDeleteConflictError('Cannot delete entity, must deactivate the MFA device first.');
  world.devices = world.devices.filter((one) => one !== device);
  return {};
};

export const mfaOperations = {
  CreateVirtualMFADevice: createVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  ResyncMFADevice: resyncMfaDevice,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
} satisfies OperationTable;
