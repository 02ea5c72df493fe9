import { checkAnswers, type AnswersFile } from '../../core/answers-file.ts';
import { closingPage, exitCodeOf } from './summary.ts';
import { isOpen, lookAtAll, showPlace, takeOne, type Course } from './walk.ts';
import { BackError, type Dialogue } from '../../core/dialogue.ts';
import { handOverBefore, type SignInAgain } from './switch-user.ts';
import { fromTheList } from './menu.ts';
import { performLast } from './deferred.ts';
import { exitCodes, UserError, type ExitCode } from '../../lib/user-error.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import type { Session } from '../../run/session.ts';
import { stepForAccount, type AnyStep } from '../../core/step.ts';
import type { WayBack } from '../../cli/resume-command.ts';
import { welcome } from './welcome.ts';

/** What a setup needs. */
export type Setup = {
  session: Session;
  steps: readonly AnyStep[];
  dialogue: Dialogue;
  /** Answers given in advance: then nobody is asked who is not there. */
  given: AnswersFile | 'defaults' | undefined;
  /** The owner named these steps one by one, so that what rests on their word is asked about again. */
  named?: boolean;
  /** What the owner should know about how the program was started. */
  notices: readonly string[];
  /** Asks for the credentials that are there now: how the owner carries on as the administrator. */
  signInAgain: SignInAgain;
  /** The commands that come back to this account. */
  wayBack: WayBack;
};

const rightAccount: ChoiceQuestion = {
  kind: 'choice',
  message: 'Is this the account that you want to set up?',
  cannotGoBack: true,
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'list', label: 'Yes, but show me the list of steps' },
    { value: 'no', label: 'No, I sign in elsewhere' },
  ],
  default: 'yes',
};

const isAskedAbout = ({ looks, unattended }: Course, { named = false }: Setup, { id }: AnyStep): boolean =>
  named && !unattended && looks.get(id)?.finding.status === 'attested';

/**
 * All open steps in their order. Turns to the list where the owner goes back, and goes on from there if they want to.
 * Ends early where they stop.
 */
const inOrder = async (course: Course, setup: Setup): Promise<void> => {
  const { signInAgain } = setup;
  for (const step of course.steps) {
    const again = isAskedAbout(course, setup, step);
    if (!isOpen(course, step) && !again) continue;
    if (!(await handOverBefore(course, step, signInAgain))) return;
    const ended = await takeOne(course, step, again);
    if (ended === 'back' && (await fromTheList(course, signInAgain)) === 'over') return;
  }
};

const notThisOne = ({ practice }: Session): UserError =>
  new UserError(
    'Nothing was changed.',
    practice
      ? ['This was the rehearsal. For real: npx aws-first-steps']
      : [
          'Sign in to the account that you mean: in AWS CloudShell, open it there; elsewhere, run "aws login".',
          'If you have its credentials in a profile: npx aws-first-steps --profile NAME',
        ],
    { exitCode: exitCodes.unfinished },
  );

const askWhichAccount = (dialogue: Dialogue): Promise<string> =>
  dialogue.ask(rightAccount, ownQuestion('account')).catch((error: unknown) => {
    if (error instanceof BackError) return askWhichAccount(dialogue);
    throw error;
  });

/** Values can be checked only against the questions that the account as it is leads to; nothing has been changed yet. */
const checkValues = (given: AnswersFile, course: Course): void => {
  const open = course.steps.flatMap((step) => {
    const look = course.looks.get(step.id);
    return look && !look.failed && isOpen(course, step)
      ? [{ id: step.id, questions: step.questions(look.finding.facts) }]
      : [];
  });
  checkAnswers(given, open);
};

/** Walks the owner through everything that is not done yet, and says in the end what is. */
export const setUp = async (setup: Setup): Promise<ExitCode> => {
  const { session, dialogue, given, notices } = setup;
  const steps = setup.steps.map((step) => stepForAccount(session.account.kind, step));
  const unattended = given !== undefined;
  const course: Course = {
    session,
    steps,
    dialogue,
    unattended,
    looks: new Map(),
    handedOver: false,
    last: [],
  };
  showPlace(course);
  dialogue.show({
    kind: 'heading',
    title: 'Whose account is this?',
    paragraphs: welcome(session, steps.length),
  });
  for (const text of notices) dialogue.show({ kind: 'text', tone: 'warning', text });
  await lookAtAll(course);
  if (typeof given === 'object') checkValues(given, course);
  if (steps.some((step) => isOpen(course, step) || isAskedAbout(course, setup, step))) {
    showPlace(course);
    const answer = await askWhichAccount(dialogue);
    if (answer === 'no') throw notThisOne(session);
    const goesOn = answer === 'yes' || (await fromTheList(course, setup.signInAgain)) === 'on';
    if (goesOn) await inOrder(course, setup);
  }
  await performLast(course);
  showPlace(course);
  dialogue.show(closingPage(course, setup.wayBack));
  return exitCodeOf(course);
};
