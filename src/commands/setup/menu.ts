import { createSkipReasonQuestion } from '../../run/consent.ts';
import {
  isStepOpen,
  orderOpenSteps,
  showHeader,
  discardDeferred,
  runOneStep,
  type SetupRun,
  type StepEnd,
} from './walk.ts';
import { BackError, type StepEntry } from '../../core/dialogue.ts';
import { isDone, statusLabels } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { offerSwitchUser, type SignInAgain } from './switch-user.ts';
import { createHeader } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';

const describeState = (run: SetupRun, { id, status }: StepEntry): string => {
  const skip = run.session.findSkip(id);
  return skip
    ? `skipped: ${skip.reason}`
    : [statusLabels[status].word, run.results.get(id)?.finding.summary].filter(Boolean).join(': ');
};

const findOpenStep = (run: SetupRun): AnyStep | undefined => orderOpenSteps(run)[0];

const createGoOnOptions = (next: AnyStep | undefined) =>
  next ? [{ value: 'on', label: `Go on: ${next.title}` }] : [];

const createMenuQuestion = (run: SetupRun, next = findOpenStep(run)): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Where to?',
  cannotGoBack: true,
  options: [
    ...createGoOnOptions(next),
    ...createHeader(run.session, run.steps, run.results).entries.map((entry) => ({
      value: entry.id,
      label: entry.title,
      hint: describeState(run, entry),
      state: entry.status,
    })),
    ...(listSkippable(run).length > 0 ? [{ value: 'skip', label: 'Skip a step', hint: 'you say why' }] : []),
    { value: 'over', label: 'Stop here' },
  ],
  default: next ? 'on' : 'over',
});

/** A step that is done has nothing to skip. */
const listSkippable = (run: SetupRun): readonly AnyStep[] =>
  run.steps.filter(({ id }) => {
    const status = run.results.get(id)?.finding.status;
    return !run.session.findSkip(id) && !(status && isDone(status));
  });

const createSkipQuestion = (run: SetupRun): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Which step do you skip?',
  options: listSkippable(run).map(({ id, title }) => ({ value: id, label: title })),
});

const skipStep = async (run: SetupRun): Promise<void> => {
  const { dialogue, session } = run;
  const id = await dialogue.ask(createSkipQuestion(run), ownQuestion('skip-step'));
  const step = run.steps.find((one) => one.id === id);
  if (!step) return;
  const reason = await dialogue.ask(createSkipReasonQuestion(step), ownQuestion('skip-reason'));
  discardDeferred(run, { id });
  await session.progress.skip(id, reason, session.clock.now());
};

/** A step that was skipped before, and is chosen, counts again. */
const startStep = async (
  run: SetupRun,
  step: AnyStep,
  signInAgain: SignInAgain,
): Promise<StepEnd | 'over'> => {
  await run.session.progress.unskip(step.id);
  if (isStepOpen(run, step) && !(await offerSwitchUser(run, step, signInAgain))) return 'over';
  return runOneStep(run, step, true);
};

/**
 * The list of steps: any can be chosen, run or skipped, until the owner ends it (`over`) or wants to go `on` with the
 * open ones in order.
 */
export const openMenu = async (run: SetupRun, signInAgain: SignInAgain): Promise<'on' | 'over'> => {
  for (;;) {
    showHeader(run);
    try {
      const chosen = await run.dialogue.ask(createMenuQuestion(run), ownQuestion('list'));
      if (chosen === 'on' || chosen === 'over') return chosen;
      const step = run.steps.find(({ id }) => id === chosen);
      if (!step) {
        await skipStep(run);
        continue;
      }
      const after = await startStep(run, step, signInAgain);
      if (after === 'on' || after === 'over') return after;
    } catch (error) {
      // From here there is no way further back: the list is shown again.
      if (!(error instanceof BackError)) throw error;
    }
  }
};
