import { rehearseAdvice } from '../aws/errors/credentials.ts';
import type { CliOptions } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { UserError } from '../lib/user-error.ts';
import type { ProcessIo } from './io.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { ownQuestion } from '../core/question-names.ts';

/** Rehearsing is the default: it changes nothing, and the other answer ends the program. */
const offerPracticeQuestion: ChoiceQuestion<'rehearse' | 'leave'> = {
  kind: 'choice',
  message: 'Rehearse first?',
  cannotGoBack: true,
  help: 'The rehearsal needs no sign-in: everything happens in a simulated account on this computer.',
  options: [
    { value: 'rehearse', label: 'Yes, rehearse' },
    { value: 'leave', label: 'No, I sign in first' },
  ],
  default: 'rehearse',
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
    // No account is known yet, and front ends say so.
    dialogue.show({ kind: 'header', practice: false, entries: [] });
    dialogue.show({
      kind: 'heading',
      title: 'You are not signed in to AWS yet',
      paragraphs: [problem.message, ...problem.nextSteps.filter((step) => step !== rehearseAdvice)],
    });
    return (await dialogue.ask(offerPracticeQuestion, ownQuestion('rehearse'))) === 'rehearse';
  } finally {
    await dialogue.close();
  }
};
