import { CreateVirtualMFADeviceCommand, DeleteVirtualMFADeviceCommand } from '@aws-sdk/client-iam';
import { toAwsCall, type Action, type ActionContext } from '../../core/action.ts';
import { getAttempts, isAlreadyThere, isGone, undefinedIf } from '../../aws/errors/codes.ts';
import { UserError } from '../../lib/user-error.ts';
import { formatAppUserName, formatOtpauthUri } from './totp.ts';
import type { NewDevice } from './new-device.ts';
import { typeCodes } from './type-codes.ts';

/** The user whose second factor the phone becomes, and the device it becomes. */
type PhoneEnrolment = { accountId: string; user: string; device: NewDevice };

/** Nobody can use a device whose seed nobody has, so it is deleted if the owner gives up. */
const tryDeleteDevice = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch(() => undefined);
};

const deleteDeviceIfPresent = async ({ aws }: ActionContext, SerialNumber: string): Promise<void> => {
  await undefinedIf(isGone, aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })));
};

/**
 * Creates a device and returns its seed. If an interrupted run left a device of this name, nobody knows its seed, so it
 * is deleted. AWS does not delete a device that is someone's second factor.
 */
const createDeviceSeed = async (context: ActionContext, { device }: PhoneEnrolment): Promise<string> => {
  const create = async () =>
    context.aws.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: device.name }));
  if (device.orphanSerial) await deleteDeviceIfPresent(context, device.orphanSerial);
  const { VirtualMFADevice: made } = await create().catch(async (error: unknown) => {
    // Only a retried call can find its own result, whose seed was lost with the answer. Any other device is not part of
    // the plan, which then needs a new check.
    if (!isAlreadyThere(error) || getAttempts(error) === 1) throw error;
    await deleteDeviceIfPresent(context, device.serial);
    return create();
  });
  return Buffer.from(made?.Base32StringSeed ?? []).toString('ascii');
};

/** Base32 (RFC 4648), and long enough for a key of 80 bits. */
const seedPattern = /^[A-Z2-7]{16,}=*$/;

/** Of anything else no phone can make codes, so that it is refused before it is drawn. */
const refuseUnusableSeed = async (context: ActionContext, seed: string, serial: string): Promise<void> => {
  if (seedPattern.test(seed)) return;
  await deleteDeviceIfPresent(context, serial);
  throw new UserError('AWS answered with something that no authenticator app can use as a secret.', [
    'The new device was deleted again, and MFA is as it was. Take the step again. If it happens again, something between here and AWS changes the answers of AWS.',
  ]);
};

/** In 28 columns, beside the code: three rows. */
const openAppInstruction =
  "Open Google or Microsoft Authenticator, 1Password, or your phone's Passwords app.";
const typeCodesInstruction = 'Type its next two codes.';

const performEnrolment = async (context: ActionContext, enrolment: PhoneEnrolment): Promise<void> => {
  const { dialogue } = context;
  const { accountId, user, device } = enrolment;
  const seed = await dialogue.runWithProgress('Asking AWS for a new device', () =>
    createDeviceSeed(context, enrolment),
  );
  await refuseUnusableSeed(context, seed, device.serial);
  const shown = formatAppUserName(seed, user, accountId);
  if (shown !== user)
    dialogue.show({
      kind: 'text',
      text: `The app shows the name as ${shown}, because a code that fits on the screen has no room for all of it.`,
    });
  const message = {
    kind: 'qr' as const,
    title: shown === user ? `The phone of ${user}` : `The phone of ${user} (in the app: ${shown})`,
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

/**
 * An action that makes the owner's phone the second factor of a user (IAM User Guide, "Assign a virtual MFA device").
 */
export const enrolPhone = (enrolment: PhoneEnrolment): Action => {
  const { user, device } = enrolment;
  const { name, serial, orphanSerial } = device;
  return {
    why: `register the phone of ${user} as ${name}, with two codes from it${orphanSerial ? '; the device of an interrupted run makes room' : ''}`,
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
