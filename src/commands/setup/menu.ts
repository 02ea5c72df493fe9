import { skipReasonQuestion } from '../../run/consent.ts';
import { isOpen, showPlace, takeBackLast, takeOne, type Course } from './walk.ts';
import { BackError, type StepEntry } from '../../core/dialogue.ts';
import { isDone } from '../../run/check.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { handOverBefore, type SignInAgain } from './switch-user.ts';
import { createHeader } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';

/** The state of a step in the fewest words. */
const inWords: Readonly<Record<StepEntry['status'], string>> = {
  met: 'done',
  attested: 'done, on your word',
  waiting: 'waiting',
  unmet: 'to do',
  'not-applicable': 'not needed here',
  unknown: 'could not be told',
  skipped: 'skipped',
  unseen: 'not looked at yet',
};

const isAnyOpen = (course: Course): boolean => course.steps.some((step) => isOpen(course, step));

const whichStep = (course: Course): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Which step?',
  cannotGoBack: true,
  options: [
    ...createHeader(course.session, course.steps, course.looks).entries.map(({ id, title, status }) => ({
      value: id,
      label: title,
      hint: inWords[status],
    })),
    ...(isAnyOpen(course) ? [{ value: 'on', label: 'Go on with what is open, in order' }] : []),
    { value: 'over', label: 'That is all for now' },
  ],
  default: course.steps.find((step) => isOpen(course, step))?.id ?? 'over',
});

const takeUpOrSkip: ChoiceQuestion = {
  kind: 'choice',
  message: 'What about this step?',
  options: [
    { value: 'take', label: 'Take it up' },
    { value: 'skip', label: 'Skip it', hint: 'kept, with your reason' },
  ],
  default: 'take',
};

const takeUp = async (course: Course, step: AnyStep, signInAgain: SignInAgain): Promise<boolean> => {
  const { dialogue, session, looks } = course;
  const status = looks.get(step.id)?.finding.status;
  const what = status && isDone(status) ? 'take' : await dialogue.ask(takeUpOrSkip, ownQuestion('take-up'));
  if (what === 'skip') {
    const reason = await dialogue.ask(skipReasonQuestion, ownQuestion('skip-reason'));
    takeBackLast(course, step);
    await session.progress.skip(step.id, reason, session.clock.now());
    return true;
  }
  await session.progress.unskip(step.id);
  if (isOpen(course, step) && !(await handOverBefore(course, step, signInAgain))) return false;
  await takeOne(course, step, true);
  return true;
};

/**
 * The list of steps: any can be looked at, taken up or skipped, until the owner says that it is enough (`over`), or
 * that they want to go `on` in order.
 */
export const fromTheList = async (course: Course, signInAgain: SignInAgain): Promise<'on' | 'over'> => {
  for (;;) {
    showPlace(course);
    try {
      const chosen = await course.dialogue.ask(whichStep(course), ownQuestion('list'));
      if (chosen === 'on') return 'on';
      const step = course.steps.find(({ id }) => id === chosen);
      if (!step || !(await takeUp(course, step, signInAgain))) return 'over';
    } catch (error) {
      // From here there is no way further back: the list is shown again.
      if (!(error instanceof BackError)) throw error;
    }
  }
};
