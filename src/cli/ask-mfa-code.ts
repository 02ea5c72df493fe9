import type { CliOptions } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { ProcessIo } from './io.ts';
import { ownQuestion } from '../core/question-names.ts';
import type { SecretQuestion } from '../core/question.ts';
import { UserError } from '../lib/user-error.ts';

const codeQuestion: SecretQuestion = {
  kind: 'secret',
  message: 'Code from your MFA device',
  cannotGoBack: true,
  pattern: /^\d{6}$/,
  rule: 'It has six digits.',
  max: 6,
};

/** The front end for a setup; for other commands plain prompts, on standard error because reports go to standard output. */
const openCodeFrontEnd = async (options: CliOptions, io: ProcessIo) =>
  options.command === 'setup'
    ? openFrontEnd(options, io, undefined, undefined)
    : (await import('../ui/prompts/prompts.ts')).createPromptsFrontEnd({ ...io, stdout: io.stderr });

/**
 * What asks the owner for the code of a profile that wants one; undefined where nobody is there. Once the session is
 * open, a question of its own would go across the page of the running front end.
 */
export const createMfaCodeAsker = (
  options: CliOptions,
  io: ProcessIo,
  isSessionOpen: () => boolean,
): ((device: string) => Promise<string>) | undefined => {
  if (!io.stdin.isTTY || options.answers !== undefined) return undefined;
  if (options.command !== 'setup' && !io.stderr.isTTY) return undefined;
  return async (device) => {
    if (isSessionOpen())
      throw new UserError(
        'The session of your profile has ended. A new one needs a new code from your MFA device.',
        ['Run this program again: it goes on where it stopped.'],
      );
    const dialogue = await openCodeFrontEnd(options, io);
    io.onExit((by) => dialogue.requestExit(by));
    try {
      dialogue.show({
        kind: 'heading',
        title: 'Sign in to AWS',
        paragraphs: [`Your profile needs a code from the MFA device ${device}.`],
      });
      return await dialogue.ask(codeQuestion, ownQuestion('profile-code'));
    } finally {
      await dialogue.close();
    }
  };
};
