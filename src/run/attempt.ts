import { consistencyDelays } from '../aws/consistency.ts';
import { isAlreadyThere, isGone, isInUse } from '../aws/errors/codes.ts';
import type { Action } from '../core/action.ts';
import { showWarning } from '../core/messages.ts';
import type { GivenAnswers } from '../core/question.ts';
import { isDone } from '../core/status.ts';
import { UserError } from '../lib/user-error.ts';
import type { Progress } from '../state/progress.ts';
import type { CheckResult } from './check.ts';
import { askConsent } from './consent.ts';
import { collectProposals, interview, mergeUnaskedAnswers } from './interview.ts';
import { performDecision } from './perform.ts';
import { recheckStep } from './recheck.ts';
import { stepDialogue } from './step-dialogue.ts';
import { createUnchangedResult, type StepContext, type StepResult } from './step-result.ts';

/** What an interrupted run has left to do, by its own answers; nothing where they no longer fit. */
export const listMissingActions = (
  { step, finding: { facts } }: CheckResult,
  progress: Progress,
): readonly Action[] => {
  const { answers, complete } = step.restoreAnswers(facts, progress.getAnswers(step.id));
  return complete ? step.plan(facts, answers).filter((action) => action.calls.length > 0) : [];
};

/** Whether a step is over although it was interrupted: one of two groups can be enough to look done. */
export const finishIfDone = async (checkResult: CheckResult, progress: Progress): Promise<boolean> => {
  if (!isDone(checkResult.finding.status) || listMissingActions(checkResult, progress).length > 0)
    return false;
  await progress.finish(checkResult.step.id);
  return true;
};

/** Answers that mean that the account is no longer what the plan was made for. */
const isDriftError = (error: unknown): boolean => isAlreadyThere(error) || isGone(error) || isInUse(error);

/** Waits before each new look, in ms. After as many plans, an account that changes under them is called a problem. */
const pausesBeforeLook = consistencyDelays.slice(1, 4);

/** The questions, the plan, and what the owner decides about it. Back from the plan leads to the last question. */
const decideOnPlan = (checkResult: CheckResult, { dialogue, progress }: StepContext) => {
  const {
    step,
    finding: { facts },
  } = checkResult;
  const questions = step.questions(facts);
  const remembered = progress.getAnswers(step.id);
  const proposals = collectProposals(questions, remembered, (id) => progress.getAnswers(id));
  const proposed = { ...proposals, ...remembered };
  return interview(questions, proposed, stepDialogue(dialogue), async (given: GivenAnswers) => {
    const { answers: restored } = step.restoreAnswers(facts, remembered);
    const answers = progress.isBegun(step.id) ? mergeUnaskedAnswers(questions, restored, given) : given;
    await progress.rememberAnswers(step.id, answers);
    const actions = step.plan(facts, answers);
    const isAsked = Object.keys(questions).length > 0;
    return { actions, isAsked, decision: await askConsent(checkResult, actions, dialogue) };
  });
};

/** Returns nothing if the account had changed since the check, so that the attempt is to be repeated. */
const attemptOnce = async (
  checkResult: CheckResult,
  context: StepContext,
): Promise<StepResult | undefined> => {
  const { step, finding } = checkResult;
  if (step.manualTask) context.dialogue.show(step.manualTask(finding.facts));
  const decided = await decideOnPlan(checkResult, context);
  try {
    return await performDecision(checkResult, decided, context);
  } catch (error) {
    if (!isDriftError(error)) throw error;
    return undefined;
  }
};

/** Questions, plan, consent and actions. Where the account changes under a plan, a new one is made. */
export const attempt = async (first: CheckResult, context: StepContext): Promise<StepResult> => {
  let checkResult = first;
  for (const pause of pausesBeforeLook) {
    const result = await attemptOnce(checkResult, context);
    if (result) return result;
    showWarning(
      context.dialogue,
      'The account has changed since the check, or AWS showed an older state. Checking again.',
    );
    await context.clock.sleep(pause);
    checkResult = await recheckStep(first.step, context);
    if (await finishIfDone(checkResult, context.progress)) return createUnchangedResult(checkResult);
  }
  throw new UserError('The account keeps changing while this step runs.', [
    'Run the setup again once nobody else, and no other run of this program, is changing it.',
  ]);
};
