import type { Action, ActionContext } from '../core/action.ts';
import { BackError, ExitError, type Dialogue, type PlanProgress } from '../core/dialogue.ts';
import { showWarning } from '../core/messages.ts';
import { ownQuestion } from '../core/question-names.ts';
import type { StepStatus } from '../core/status.ts';
import type { AnyStep } from '../core/step.ts';
import type { CheckResult } from './check.ts';
import { hasChangingCalls, createSkipReasonQuestion, type PlanDecision } from './consent.ts';
import { recheckStep } from './recheck.ts';
import { stepDialogue } from './step-dialogue.ts';
import { createUnchangedResult, type StepContext, type StepResult } from './step-result.ts';

/** Performs one action; unless it asks something itself, its progress is shown. */
export const performAction = (
  action: Action,
  { aws, clock, dialogue, progress }: Pick<StepContext, 'aws' | 'clock' | 'dialogue' | 'progress'>,
  trace: 'kept' | 'transient' = 'kept',
): Promise<void> => {
  const context: ActionContext = {
    aws,
    clock,
    dialogue: stepDialogue(dialogue),
    attestations: progress.attestations,
  };
  return action.usesDialogue
    ? action.perform(context)
    : dialogue.runWithProgress(action.why, () => action.perform(context), trace);
};

/** Performs one line of the plan that was shown, and shows what becomes of it. */
const performPlanLine = async (action: Action, line: number, context: StepContext): Promise<void> => {
  const show = (state: PlanProgress['state']) =>
    context.dialogue.show({ kind: 'plan-progress', line, why: action.why, state });
  show('begun');
  try {
    await performAction(action, context, 'transient');
  } catch (error) {
    show(error instanceof BackError || error instanceof ExitError ? 'interrupted' : 'failed');
    throw error;
  }
  show('done');
};

const isPersonMissing = (actions: readonly Action[], dialogue: Dialogue): boolean =>
  !dialogue.interactive && actions.some((action) => action.requiresPerson);

const isSettled = (status: StepStatus): boolean => status !== 'unmet' && status !== 'unknown';

/** Performs what the owner agreed to, except what must wait for the end, and checks until that `isSeen`. */
const performPlan = async (
  step: AnyStep,
  actions: readonly Action[],
  context: StepContext,
  isSeen: (status: StepStatus) => boolean,
): Promise<StepResult> => {
  const { progress } = context;
  await progress.begin(step.id);
  const isPlanShown = hasChangingCalls(actions);
  for (const [line, action] of actions.entries()) {
    if (action.deferred) continue;
    await (isPlanShown ? performPlanLine(action, line, context) : performAction(action, context));
  }
  const deferred = actions.filter((action) => action.deferred);
  const changesAreDone = isPlanShown && deferred.length === 0;
  const checkResult = await recheckStep(step, context, changesAreDone ? isSeen : undefined);
  await progress.finish(step.id);
  return { checkResult, acted: true, skipped: false, deferred };
};

const leftOpenNotice = 'Nothing was chosen, so nothing is changed. The step stays open.';

/** What the owner decided about a plan, and whether there was anything to ask them before. */
type OwnerDecision = { actions: readonly Action[]; decision: PlanDecision; isAsked?: boolean };

/** Does what the owner decided about a plan; `isSeen` says whether AWS shows by now that it was performed. */
export const performDecision = async (
  checkResult: CheckResult,
  { actions, decision, isAsked = true }: OwnerDecision,
  context: StepContext,
  isSeen: (status: StepStatus) => boolean = isSettled,
): Promise<StepResult> => {
  const { step } = checkResult;
  const { dialogue, clock, progress } = context;
  if (decision === 'skip') {
    const reason = await dialogue.ask(createSkipReasonQuestion(step), ownQuestion('skip-reason'));
    await progress.skip(step.id, reason, clock.now());
    return { ...createUnchangedResult(checkResult), skipped: true };
  }
  if (decision === 'not-now' && actions.length === 0) {
    // Where nothing can be asked, the finding says what is to be done, and by whom.
    if (isAsked) showWarning(dialogue, step.leftOpenNotice ?? leftOpenNotice);
    return { ...createUnchangedResult(checkResult), acted: true };
  }
  if (decision === 'not-now') return createUnchangedResult(checkResult);
  if (isPersonMissing(actions, dialogue)) {
    showWarning(
      dialogue,
      'Run the setup in a terminal: this needs somebody who can scan a code and note a password.',
    );
    return createUnchangedResult(checkResult);
  }
  return performPlan(step, actions, context, isSeen);
};
