import { CreateVirtualMFADeviceCommand, DeleteVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { toAwsCall, type Action, type ActionContext } from '../../core/action.ts';
import { getAttempts, isAlreadyThere, isGone, undefinedIf } from '../../aws/errors/codes.ts';
import { formatOtpauthUri } from './totp.ts';
import type { NewDevice } from './new-device.ts';
import { typeCodes } from './type-codes.ts';

/** Whose phone becomes the second factor, and as which device. */
type PhoneEnrolment = { accountId: string; user: string; device: NewDevice };

/** A device whose seed nobody holds is of no use to anybody, so it does not stay when the owner turns away. */
const tryDeleteDevice = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch(() => undefined);
};

const deleteDeviceIfPresent = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await undefinedIf(isGone, aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
};

/**
 * The seed of a new device. A device that an interrupted run left in the way has a seed that nobody knows, so it is
 * deleted. AWS does not delete a device that is somebody's second factor.
 */
const createDeviceSeed = async (context: ActionContext, { device }: PhoneEnrolment): Promise<string> => {
  const create = async () =>
    context.aws.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: device.name }));
  if (device.orphanSerial) await deleteDeviceIfPresent(context, device.orphanSerial);
  const { VirtualMFADevice: made } = await create().catch(async (error: unknown) => {
    // Only a repeated call may find its own work, whose seed was lost with the answer. Any other device is not in the
    // plan: a new check and a new plan are needed.
    if (!isAlreadyThere(error) || getAttempts(error) === 1) throw error;
    await deleteDeviceIfPresent(context, device.serial);
    return create();
  });
  return Buffer.from(made?.Base32StringSeed ?? []).toString('ascii');
};

const openAppInstruction = 'Open an authenticator app on your phone.';
const typeCodesInstruction = 'Then type two codes that follow each other.';

const performEnrolment = async (context: ActionContext, enrolment: PhoneEnrolment): Promise<void> => {
  const { dialogue } = context;
  const { accountId, user, device } = enrolment;
  const seed = await dialogue.runWithProgress('Asking AWS for a new device', () =>
    createDeviceSeed(context, enrolment),
  );
  const message = {
    kind: 'qr' as const,
    title: `The phone of ${user}`,
    uri: formatOtpauthUri(seed, user, accountId),
    secret: seed,
    instructions: [openAppInstruction, 'Scan this code, or type the secret.', typeCodesInstruction],
    fallbackInstructions: [
      openAppInstruction,
      'Choose to enter a key there, and type the secret.',
      typeCodesInstruction,
    ],
  };
  try {
    await dialogue.showSecretWhile(message, () =>
      typeCodes(context, seed, { UserName: user, SerialNumber: device.serial }),
    );
  } catch (error) {
    await tryDeleteDevice(context, device.serial);
    throw error;
  }
};

/** The action that makes the owner's phone the second factor of a user (IAM User Guide, "Assign a virtual MFA device"). */
export const enrolPhone = (enrolment: PhoneEnrolment): Action => {
  const { user, device } = enrolment;
  const { name, serial, orphanSerial } = device;
  return {
    why: `register your phone as ${name}, with two codes from it${orphanSerial ? '; the device of an interrupted run makes room' : ''}`,
    calls: [
      ...(orphanSerial
        ? [toAwsCall('iam', new DeleteVirtualMFADeviceCommand({ SerialNumber: orphanSerial }))]
        : []),
      toAwsCall('iam', new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name })),
      { operation: 'iam:EnableMFADevice', input: { UserName: user, SerialNumber: serial } },
    ],
    optionalPermissions: ['iam:DeleteVirtualMFADevice'],
    usesDialogue: true,
    requiresPerson: true,
    perform: (context) => performEnrolment(context, enrolment),
  };
};
