import { skipReasonQuestion } from '../../run/consent.ts';
import { isStepOpen, showHeader, discardDeferred, runOneStep, type SetupRun } from './walk.ts';
import { BackError, type StepEntry } from '../../core/dialogue.ts';
import { isDone } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { offerSwitchUser, type SignInAgain } from './switch-user.ts';
import { createHeader } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';

/** The state of a step in the fewest words. */
const menuStatusHints: Readonly<Record<StepEntry['status'], string>> = {
  met: 'done',
  attested: 'done, on your word',
  waiting: 'waiting',
  unmet: 'to do',
  'not-applicable': 'not needed here',
  unknown: 'could not be told',
  skipped: 'skipped',
  unseen: 'not looked at yet',
};

const hasOpenStep = (course: SetupRun): boolean => course.steps.some((step) => isStepOpen(course, step));

const createMenuQuestion = (course: SetupRun): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Which step?',
  cannotGoBack: true,
  options: [
    ...createHeader(course.session, course.steps, course.results).entries.map(({ id, title, status }) => ({
      value: id,
      label: title,
      hint: menuStatusHints[status],
    })),
    ...(hasOpenStep(course) ? [{ value: 'on', label: 'Go on with what is open, in order' }] : []),
    { value: 'over', label: 'That is all for now' },
  ],
  default: course.steps.find((step) => isStepOpen(course, step))?.id ?? 'over',
});

const startOrSkipQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'What about this step?',
  options: [
    { value: 'take', label: 'Take it up' },
    { value: 'skip', label: 'Skip it', hint: 'kept, with your reason' },
  ],
  default: 'take',
};

const startOrSkipStep = async (
  course: SetupRun,
  step: AnyStep,
  signInAgain: SignInAgain,
): Promise<boolean> => {
  const { dialogue, session, results } = course;
  const status = results.get(step.id)?.finding.status;
  const what =
    status && isDone(status) ? 'take' : await dialogue.ask(startOrSkipQuestion, ownQuestion('take-up'));
  if (what === 'skip') {
    const reason = await dialogue.ask(skipReasonQuestion, ownQuestion('skip-reason'));
    discardDeferred(course, step);
    await session.progress.skip(step.id, reason, session.clock.now());
    return true;
  }
  await session.progress.unskip(step.id);
  if (isStepOpen(course, step) && !(await offerSwitchUser(course, step, signInAgain))) return false;
  await runOneStep(course, step, true);
  return true;
};

/**
 * The list of steps: any can be looked at, taken up or skipped, until the owner says that it is enough (`over`), or
 * that they want to go `on` in order.
 */
export const openMenu = async (course: SetupRun, signInAgain: SignInAgain): Promise<'on' | 'over'> => {
  for (;;) {
    showHeader(course);
    try {
      const chosen = await course.dialogue.ask(createMenuQuestion(course), ownQuestion('list'));
      if (chosen === 'on') return 'on';
      const step = course.steps.find(({ id }) => id === chosen);
      if (!step || !(await startOrSkipStep(course, step, signInAgain))) return 'over';
    } catch (error) {
      // From here there is no way further back: the list is shown again.
      if (!(error instanceof BackError)) throw error;
    }
  }
};
