import { rehearseAdvice } from '../aws/errors/credentials.ts';
import type { CliOptions } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { HelpPage } from '../core/dialogue.ts';
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

const signInHelpPage: HelpPage = {
  title: 'Help: Sign in to AWS',
  paragraphs: [
    'This program acts with your sign-in, as AWS CLI does. It asks for no password of yours and stores none.',
    'In CloudShell, a terminal in the AWS console, you are signed in already.',
  ],
  words: [
    { word: 'credentials', meaning: 'What proves to AWS who you are: a sign-in, or keys that programs use.' },
    { word: 'CloudShell', meaning: 'A terminal in your browser, in the AWS console. It is free.' },
    { word: 'AWS CLI', meaning: 'The command "aws", which you can install on your computer.' },
    { word: 'profile', meaning: 'A name for credentials that are set up on this computer.' },
    { word: 'single sign-on', meaning: 'One sign-in of your company for all its services.' },
  ],
  url: 'https://docs.aws.amazon.com/cloudshell/latest/userguide/welcome.html',
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
    dialogue.show({ kind: 'header', practice: false, entries: [], help: signInHelpPage });
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
