import { checkAnswers, type AnswersFile } from './answers.ts';
import { closingPage, exitCodeOf } from './closing.ts';
import { isOpen, lookAtAll, showPlace, takeOne, type Course } from './course.ts';
import { Back, type Dialogue } from './dialogue.ts';
import { handOver } from './hand-over.ts';
import { fromTheList } from './list.ts';
import { performLast } from './perform-last.ts';
import { exitCodes, type ExitCode } from './problem.ts';
import type { Choice } from './question.ts';
import type { Session } from './session.ts';
import { stepIn, type AnyStep } from './step.ts';
import { welcome } from './welcome.ts';

/** What a setup needs. */
export type Setup = {
  session: Session;
  steps: readonly AnyStep[];
  dialogue: Dialogue;
  /** Answers given in advance: then nobody is asked who is not there. */
  given: AnswersFile | 'defaults' | undefined;
  /** What the owner should know about how the program was started. */
  notices: readonly string[];
  /** Asks for the credentials that are there now: how the owner carries on as the administrator. */
  signInAgain: () => Promise<Session>;
};

const rightAccount: Choice = {
  kind: 'choice',
  message: 'Is this the account that you want to set up?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'list', label: 'Yes, but show me the list of steps' },
    { value: 'no', label: 'No, I sign in elsewhere' },
  ],
  default: 'yes',
};

/** The index of the step after the last one that needs root. */
const afterRoot = (steps: readonly AnyStep[]): number =>
  steps.findLastIndex((step) => step.actor === 'root') + 1;

/** All open steps in their order. Ends early where the owner stops, and turns to the list where they go back. */
const inOrder = async (course: Course, setup: Setup): Promise<void> => {
  for (const [index, step] of course.steps.entries()) {
    const handingOver =
      index === afterRoot(course.steps) &&
      index > 0 &&
      !course.unattended &&
      course.session.identity.kind === 'root' &&
      course.looks.get('admin-user')?.finding.status === 'met' &&
      course.steps.slice(index).some((one) => isOpen(course, one));
    if (handingOver) {
      showPlace(course);
      const session = await handOver(course, setup.signInAgain);
      if (!session) return;
      course.session = session;
    }
    if (isOpen(course, step) && (await takeOne(course, step)) === 'back') return fromTheList(course);
  }
};

const askWhichAccount = (dialogue: Dialogue): Promise<string> =>
  dialogue.ask(rightAccount, 'account').catch((error: unknown) => {
    if (error instanceof Back) return askWhichAccount(dialogue);
    throw error;
  });

/** Values can be checked only against the questions that the account as it is leads to; nothing has been changed yet. */
const checkValues = (given: AnswersFile, course: Course): void => {
  const open = course.steps.flatMap((step) => {
    const look = course.looks.get(step.id);
    return look && !look.failed && isOpen(course, step)
      ? [{ id: step.id, asks: step.asks(look.finding.facts) }]
      : [];
  });
  checkAnswers(given, open);
};

/** Walks the owner through everything that is not done yet, and says in the end what is. */
export const setUp = async (setup: Setup): Promise<ExitCode> => {
  const { session, dialogue, given, notices } = setup;
  const steps = setup.steps.map((step) => stepIn(session.account.standing, step));
  const unattended = given !== undefined;
  const course: Course = { session, steps, dialogue, unattended, looks: new Map(), last: [] };
  showPlace(course);
  dialogue.tell({
    kind: 'heading',
    title: 'Whose account is this?',
    paragraphs: welcome(session, steps.length),
  });
  for (const text of notices) dialogue.tell({ kind: 'text', tone: 'warning', text });
  await lookAtAll(course);
  if (typeof given === 'object') checkValues(given, course);
  if (steps.some((step) => isOpen(course, step))) {
    showPlace(course);
    const answer = await askWhichAccount(dialogue);
    if (answer === 'no') return exitCodes.unfinished;
    await (answer === 'list' ? fromTheList(course) : inOrder(course, setup));
  }
  await performLast(course);
  showPlace(course);
  dialogue.tell(closingPage(course));
  return exitCodeOf(course);
};
