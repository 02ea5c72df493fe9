import type { CliOptions } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { UserError } from '../lib/user-error.ts';
import type { ProcessIo } from './io.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { ownQuestion } from '../core/question-names.ts';

const offerPracticeQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Do you want to rehearse first?',
  cannotGoBack: true,
  help: 'On a simulated account: no AWS account, no network, no risk.',
  options: [
    { value: 'leave', label: 'No, I sign in first' },
    { value: 'rehearse', label: 'Yes, rehearse' },
  ],
  default: 'leave',
};

/** Shows an owner without credentials how to sign in, and offers practice. */
export const offerPractice = async (
  problem: UserError,
  options: CliOptions,
  io: ProcessIo,
): Promise<boolean> => {
  if (!io.stdin.isTTY) return false;
  const dialogue = await openFrontEnd(options, io, undefined, undefined);
  io.onExit((by) => dialogue.requestExit(by));
  try {
    dialogue.show({
      kind: 'heading',
      title: 'Sign in to AWS',
      paragraphs: [problem.message, ...problem.nextSteps],
    });
    return (await dialogue.ask(offerPracticeQuestion, ownQuestion('rehearse'))) === 'rehearse';
  } finally {
    await dialogue.close();
  }
};
