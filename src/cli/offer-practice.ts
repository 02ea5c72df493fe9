import type { Request } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { Problem } from '../lib/user-error.ts';
import type { Io } from './program.ts';
import type { Choice } from '../core/question.ts';
import { ownQuestion } from '../core/question-names.ts';

const rehearse: Choice = {
  kind: 'choice',
  message: 'Do you want to rehearse first?',
  help: 'On a simulated account: no AWS account, no network, no risk.',
  options: [
    { value: 'leave', label: 'No, I sign in first' },
    { value: 'rehearse', label: 'Yes, rehearse' },
  ],
  default: 'leave',
};

/** Shows the ways in to an owner without credentials, and asks whether to rehearse meanwhile. */
export const offerRehearsal = async (problem: Problem, request: Request, io: Io): Promise<boolean> => {
  if (!io.stdin.isTTY) return false;
  const dialogue = await openFrontEnd(request, io, undefined, undefined);
  io.onLeave((by) => dialogue.leave(by));
  try {
    dialogue.tell({
      kind: 'heading',
      title: 'Sign in to AWS',
      paragraphs: [problem.message, ...problem.next],
    });
    return (await dialogue.ask(rehearse, ownQuestion('rehearse'))) === 'rehearse';
  } finally {
    await dialogue.close();
  }
};
