import {
  CreateVirtualMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
} from '@aws-sdk/client-iam';
import { callOf, type Action, type Hands } from '../../aws/action.ts';
import { codeOf, untilConsistent } from '../../aws/consistency.ts';
import type { Secret } from '../../question.ts';
import { judgeCodes, otpauthUri } from '../../totp.ts';

/** Whose phone becomes the second factor, and the unassigned device of an interrupted run that is in the way. */
type Enrolment = { accountId: string; user: string; leftover: boolean };

/** Devices of this program bear this name, so that one left behind can be told from everybody else's. */
export const deviceName = (user: string): string => `aws-first-steps-${user}`;

/** The ARN that IAM gives to a virtual device. */
export const serialOf = (accountId: string, user: string): string =>
  `arn:aws:iam::${accountId}:mfa/${deviceName(user)}`;

const code = (message: string, help: string): Secret => ({
  kind: 'secret',
  message,
  help,
  pattern: /^\s*\d{3}\s?\d{3}\s*$/,
  rule: 'A code has six digits',
  max: 9,
});

const firstCode = code('First code', 'The six digits that the app shows for this entry now.');
const secondCode = code('Second code', 'Wait until the app shows new digits, then type those.');

const digits = (typed: string) => typed.replaceAll(/\s/g, '');

const refusedByAws =
  'AWS did not accept these codes. Most often the clock of the phone is wrong, or a code was used before. Wait for the next two.';

const warn = ({ dialogue }: Hands, text: string) => dialogue.tell({ kind: 'text', tone: 'warning', text });

/** Asks for two codes until AWS accepts them. Codes that cannot be right are not sent. */
const typeCodes = async (hands: Hands, seed: string, { user, accountId }: Enrolment): Promise<void> => {
  const { aws, dialogue, clock } = hands;
  for (;;) {
    const first = digits(await dialogue.ask(firstCode, 'code-1'));
    const second = digits(await dialogue.ask(secondCode, 'code-2'));
    const verdict = judgeCodes(seed, first, second, clock.now());
    if (!verdict.good) {
      warn(hands, verdict.because);
      continue;
    }
    const enable = new EnableMFADeviceCommand({
      UserName: user,
      SerialNumber: serialOf(accountId, user),
      AuthenticationCode1: first,
      AuthenticationCode2: second,
    });
    try {
      await dialogue.during('Sending both codes to AWS', () =>
        untilConsistent(clock, () => aws.iam.send(enable)),
      );
      return;
    } catch (error) {
      // Both a lost answer to a call that got through and a race with another run end here; the look afterwards tells.
      if (codeOf(error) === 'EntityAlreadyExists') return;
      if (codeOf(error) !== 'InvalidAuthenticationCode') throw error;
      warn(hands, refusedByAws);
    }
  }
};

/** A device whose seed nobody holds is of no use to anybody, so it does not stay when the owner turns away. */
const withdraw = async ({ aws }: Hands, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch(() => undefined);
};

const remove = async ({ aws }: Hands, SerialNumber: string): Promise<void> => {
  await aws.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })).catch((error: unknown) => {
    if (codeOf(error) !== 'NoSuchEntity') throw error;
  });
};

/**
 * The seed of a new device. A device of ours that is in the way has a seed that nobody knows (an interrupted run, or an
 * answer of AWS that was lost), so it makes room. AWS does not delete a device that is somebody's second factor.
 */
const newSeed = async (hands: Hands, { accountId, user, leftover }: Enrolment): Promise<string> => {
  const create = async () =>
    hands.aws.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: deviceName(user) }));
  if (leftover) await remove(hands, serialOf(accountId, user));
  const { VirtualMFADevice: device } = await create().catch(async (error: unknown) => {
    if (codeOf(error) !== 'EntityAlreadyExists') throw error;
    await remove(hands, serialOf(accountId, user));
    return create();
  });
  return Buffer.from(device?.Base32StringSeed ?? []).toString('ascii');
};

const openTheApp = 'Open an authenticator app on your phone.';
const typeTwoCodes = 'Then type two codes that follow each other.';

const enrol = async (hands: Hands, enrolment: Enrolment): Promise<void> => {
  const { dialogue } = hands;
  const { accountId, user } = enrolment;
  const seed = await dialogue.during('Asking AWS for a new device', () => newSeed(hands, enrolment));
  const note = {
    kind: 'qr' as const,
    title: `The phone of ${user}`,
    uri: otpauthUri(seed, user, accountId),
    secret: seed,
    instructions: [openTheApp, 'Scan this code, or type the secret.', typeTwoCodes],
    withoutCode: [openTheApp, 'Choose to enter a key there, and type the secret.', typeTwoCodes],
  };
  try {
    await dialogue.showing(note, () => typeCodes(hands, seed, enrolment));
  } catch (error) {
    await withdraw(hands, serialOf(accountId, user));
    throw error;
  }
};

/** The action that makes the owner's phone the second factor of a user (IAM User Guide, "Assign a virtual MFA device"). */
export const enrolPhone = (enrolment: Enrolment): Action => {
  const SerialNumber = serialOf(enrolment.accountId, enrolment.user);
  return {
    why: 'register your phone, with two codes from it',
    calls: [
      ...(enrolment.leftover ? [callOf('iam', new DeleteVirtualMFADeviceCommand({ SerialNumber }))] : []),
      callOf('iam', new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: deviceName(enrolment.user) })),
      { operation: 'iam:EnableMFADevice', input: { UserName: enrolment.user, SerialNumber } },
    ],
    talks: true,
    needsPerson: true,
    perform: (hands) => enrol(hands, enrolment),
  };
};
