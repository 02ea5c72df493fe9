import { CreateVirtualMFADeviceCommand, DeleteVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { toAwsCall, type Action, type ActionContext } from '../../core/action.ts';
import { getAttempts, getErrorCode } from '../../aws/consistency.ts';
import { otpauthUri } from './totp.ts';
import type { NewDevice } from './new-device.ts';
import { typeCodes } from './type-codes.ts';

/** Whose phone becomes the second factor, and as which device. */
type Enrolment = { accountId: string; user: string; device: NewDevice };

/** A device whose seed nobody holds is of no use to anybody, so it does not stay when the owner turns away. */
const withdraw = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch(() => undefined);
};

const remove = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch((error: unknown) => {
    if (getErrorCode(error) !== 'NoSuchEntity') throw error;
  });
};

/**
 * The seed of a new device. A device of ours that is in the way has a seed that nobody knows (an interrupted run), so it
 * makes room. AWS does not delete a device that is somebody's second factor.
 */
const newSeed = async (hands: ActionContext, { device }: Enrolment): Promise<string> => {
  const create = async () =>
    hands.aws.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: device.name }));
  if (device.leftover) await remove(hands, device.leftover);
  const { VirtualMFADevice: made } = await create().catch(async (error: unknown) => {
    // Only a repeated call may find its own work, whose seed was lost with the answer. Any other device is not in the
    // plan: a new look and a new plan are needed.
    if (getErrorCode(error) !== 'EntityAlreadyExists' || getAttempts(error) === 1) throw error;
    await remove(hands, device.serial);
    return create();
  });
  return Buffer.from(made?.Base32StringSeed ?? []).toString('ascii');
};

const openTheApp = 'Open an authenticator app on your phone.';
const typeTwoCodes = 'Then type two codes that follow each other.';

const enrol = async (hands: ActionContext, enrolment: Enrolment): Promise<void> => {
  const { dialogue } = hands;
  const { accountId, user, device } = enrolment;
  const seed = await dialogue.runWithProgress('Asking AWS for a new device', () => newSeed(hands, enrolment));
  const note = {
    kind: 'qr' as const,
    title: `The phone of ${user}`,
    uri: otpauthUri(seed, user, accountId),
    secret: seed,
    instructions: [openTheApp, 'Scan this code, or type the secret.', typeTwoCodes],
    fallbackInstructions: [openTheApp, 'Choose to enter a key there, and type the secret.', typeTwoCodes],
  };
  try {
    await dialogue.showSecretWhile(note, () =>
      typeCodes(hands, seed, { UserName: user, SerialNumber: device.serial }),
    );
  } catch (error) {
    await withdraw(hands, device.serial);
    throw error;
  }
};

/** The action that makes the owner's phone the second factor of a user (IAM User Guide, "Assign a virtual MFA device"). */
export const enrolPhone = (enrolment: Enrolment): Action => {
  const { user, device } = enrolment;
  const { name, serial, leftover } = device;
  return {
    why: `register your phone as ${name}, with two codes from it${leftover ? '; the device of an interrupted run makes room' : ''}`,
    calls: [
      ...(leftover ? [toAwsCall('iam', new DeleteVirtualMFADeviceCommand({ SerialNumber: leftover }))] : []),
      toAwsCall('iam', new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name })),
      { operation: 'iam:EnableMFADevice', input: { UserName: user, SerialNumber: serial } },
    ],
    optionalPermissions: ['iam:DeleteVirtualMFADevice'],
    usesDialogue: true,
    requiresPerson: true,
    perform: (hands) => enrol(hands, enrolment),
  };
};
