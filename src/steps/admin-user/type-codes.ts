import { EnableMFADeviceCommand } from '@aws-sdk/client-iam';
import type { ActionContext } from '../../core/action.ts';
import { showWarning } from '../../core/messages.ts';
import { retryUntilConsistent } from '../../aws/consistency.ts';
import { getErrorCode, isAlreadyThere } from '../../aws/errors/codes.ts';
import type { ConfirmQuestion, SecretQuestion } from '../../core/question.ts';
import { judgeCodes } from './totp.ts';

const createCodeQuestion = (message: string, help: string): SecretQuestion => ({
  kind: 'secret',
  message,
  help,
  pattern: /^\s*\d{3}\s?\d{3}\s*$/,
  rule: 'A code has six digits',
  max: 9,
});

const firstCodeQuestion = createCodeQuestion('First code', 'The six digits that the app shows now.');
const secondCodeQuestion = createCodeQuestion('Second code', 'Wait for new digits, then type those.');

/** Asked if this computer recognizes neither code: its own clock may be wrong. */
export const sendAnywayQuestion: ConfirmQuestion = {
  kind: 'confirm',
  message: 'Send them to AWS anyway?',
  help: 'AWS goes by its own clock.',
  default: false,
};

const removeSpaces = (typed: string) => typed.replaceAll(/\s/g, '');

const codesRefusedMessage =
  "AWS refused these codes: the phone's clock is wrong, or a code was used before. Type the next two.";

/** Asks for two codes that AWS may accept. Obvious mistakes are not sent. */
const askPlausibleCodes = async (
  context: ActionContext,
  seed: string,
): Promise<readonly [string, string]> => {
  const { dialogue, clock } = context;
  for (;;) {
    const first = removeSpaces(await dialogue.ask(firstCodeQuestion, 'code-1'));
    const second = removeSpaces(await dialogue.ask(secondCodeQuestion, 'code-2'));
    const verdict = judgeCodes(seed, first, second, clock.now());
    if (verdict.plausible) return [first, second];
    showWarning(dialogue, verdict.reason);
    // This computer's clock may be the wrong one. Without this question, no code would ever pass.
    if (verdict.dueToLocalClock && (await dialogue.ask(sendAnywayQuestion, 'send-anyway')))
      return [first, second];
  }
};

/** Asks for two codes until AWS accepts them for the device. */
export const typeCodes = async (
  context: ActionContext,
  seed: string,
  device: { UserName: string; SerialNumber: string },
): Promise<void> => {
  const { aws, dialogue, clock } = context;
  for (;;) {
    const [AuthenticationCode1, AuthenticationCode2] = await askPlausibleCodes(context, seed);
    const enable = new EnableMFADeviceCommand({ ...device, AuthenticationCode1, AuthenticationCode2 });
    try {
      await dialogue.runWithProgress('Sending both codes to AWS', () =>
        retryUntilConsistent(clock, () => aws.iam.send(enable)),
      );
      return;
    } catch (error) {
      // A call that succeeded but lost its answer ends here, and so does a race with another run. The next check finds
      // out which.
      if (isAlreadyThere(error)) return;
      if (getErrorCode(error) !== 'InvalidAuthenticationCode') throw error;
      showWarning(dialogue, codesRefusedMessage);
    }
  }
};
