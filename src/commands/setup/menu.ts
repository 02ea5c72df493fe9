import { skipReasonQuestion } from '../../run/consent.ts';
import { isStepOpen, showHeader, discardDeferred, runOneStep, type SetupRun } from './walk.ts';
import { BackError, type StepEntry } from '../../core/dialogue.ts';
import { isDone } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { offerSwitchUser, type SignInAgain } from './switch-user.ts';
import { createHeader } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';

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

const findOpenStep = (run: SetupRun): AnyStep | undefined => run.steps.find((step) => isStepOpen(run, step));

const createGoOnOptions = (next: AnyStep | undefined) =>
  next ? [{ value: 'on', label: `Go on: ${next.title}` }] : [];

const createMenuQuestion = (run: SetupRun, next = findOpenStep(run)): ChoiceQuestion => ({
  kind: 'choice',
  message: 'Where to?',
  cannotGoBack: true,
  options: [
    ...createGoOnOptions(next),
    ...createHeader(run.session, run.steps, run.results).entries.map(({ id, title, status }) => ({
      value: id,
      label: title,
      hint: menuStatusHints[status],
    })),
    { value: 'over', label: 'That is all for now' },
  ],
  default: next ? 'on' : 'over',
});

const startOrSkipQuestion: ChoiceQuestion<'take' | 'skip'> = {
  kind: 'choice',
  message: 'What about this step?',
  options: [
    { value: 'take', label: 'Take it up' },
    { value: 'skip', label: 'Skip it', hint: 'kept, with your reason' },
  ],
  default: 'take',
};

/** What comes after a step that was chosen from the list; `list` shows it again. */
type AfterStep = 'on' | 'list' | 'over';

const startOrSkipStep = async (
  run: SetupRun,
  step: AnyStep,
  signInAgain: SignInAgain,
): Promise<AfterStep> => {
  const { dialogue, session, results } = run;
  const status = results.get(step.id)?.finding.status;
  const choice =
    status && isDone(status) ? 'take' : await dialogue.ask(startOrSkipQuestion, ownQuestion('take-up'));
  if (choice === 'skip') {
    const reason = await dialogue.ask(skipReasonQuestion, ownQuestion('skip-reason'));
    discardDeferred(run, step);
    await session.progress.skip(step.id, reason, session.clock.now());
    return 'list';
  }
  await session.progress.unskip(step.id);
  if (isStepOpen(run, step) && !(await offerSwitchUser(run, step, signInAgain))) return 'over';
  return (await runOneStep(run, step, true)) === 'on' ? 'on' : 'list';
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
      if (chosen === 'on') return 'on';
      const step = run.steps.find(({ id }) => id === chosen);
      const after = step ? await startOrSkipStep(run, step, signInAgain) : 'over';
      if (after !== 'list') return after;
    } catch (error) {
      // From here there is no way further back: the list is shown again.
      if (!(error instanceof BackError)) throw error;
    }
  }
};
