import type { Action, ActionContext } from '../core/action.ts';
import { getErrorCode, consistencyDelays } from '../aws/consistency.ts';
import { hasChangingCalls, askConsent, skipReasonQuestion, type PlanDecision } from './consent.ts';
import type { Dialogue } from '../core/dialogue.ts';
import { checkStep, type CheckResult, type CheckSession } from './check.ts';
import { isDone } from '../core/status.ts';
import { interview, mergeUnaskedAnswers } from './interview.ts';
import type { GivenAnswers } from '../core/question.ts';
import { UserError } from '../lib/user-error.ts';
import type { Progress } from '../state/progress.ts';
import { ownQuestion } from '../core/question-names.ts';
import { stepDialogue } from './step-dialogue.ts';
import type { AnyStep } from '../core/step.ts';
import type { StepStatus } from '../core/status.ts';

/** What a step is carried out with. */
export type StepContext = CheckSession & { dialogue: Dialogue; progress: Progress };

/** How it went with a step: the last look, whether there is a result to be read, and what is left for the very end. */
export type StepResult = {
  checkResult: CheckResult;
  acted: boolean;
  skipped: boolean;
  deferred: readonly Action[];
};

/** A step that was only looked at. */
export const createUnchangedResult = (look: CheckResult): StepResult => ({
  checkResult: look,
  acted: false,
  skipped: false,
  deferred: [],
});

/** Tells what is in the way, and what can be done about it. */
export const showUserError = (problem: UserError, dialogue: Dialogue): void => {
  dialogue.show({ kind: 'text', tone: 'warning', text: problem.message });
  for (const next of problem.nextSteps) dialogue.show({ kind: 'text', text: next });
};

/** Looks until what was just done is `seen`, since AWS shows some changes only after a while. */
export const recheckStep = async (
  step: AnyStep,
  context: StepContext,
  seen: (status: StepStatus) => boolean = () => true,
): Promise<CheckResult> => {
  const { clock, dialogue } = context;
  const look = () => checkStep(step, context);
  const untilSeen = async () => {
    let found = await look();
    for (const pause of consistencyDelays) {
      if (seen(found.finding.status)) break;
      await clock.sleep(pause);
      found = await look();
    }
    return found;
  };
  return dialogue.runWithProgress('Asking AWS what is true now', untilSeen, 'transient');
};

const decideOnPlan = (step: AnyStep, facts: unknown, { dialogue, progress }: StepContext) => {
  const questions = step.questions(facts);
  const remembered = progress.getAnswers(step.id);
  return interview(questions, remembered, stepDialogue(dialogue), async (given: GivenAnswers) => {
    const { answers: restored } = step.restoreAnswers(facts, remembered);
    const answers = progress.isBegun(step.id) ? mergeUnaskedAnswers(questions, restored, given) : given;
    await progress.rememberAnswers(step.id, answers);
    const actions = step.plan(facts, answers);
    return { actions, decision: await askConsent(step, actions, dialogue) };
  });
};

/** Performs what is due now, and returns what must wait for the very end. */
const performDueActions = async (
  actions: readonly Action[],
  hands: ActionContext,
): Promise<readonly Action[]> => {
  for (const action of actions.filter((one) => !one.deferred)) {
    await (action.usesDialogue
      ? action.perform(hands)
      : hands.dialogue.runWithProgress(action.why, () => action.perform(hands)));
  }
  return actions.filter((one) => one.deferred);
};

/** Answers that mean that the account is no longer what the plan was made for. */
const isDriftError = (error: unknown): boolean =>
  ['EntityAlreadyExists', 'DuplicateRecord', 'NoSuchEntity', 'DeleteConflict'].includes(
    getErrorCode(error) ?? '',
  );

/** What was begun in a step and not brought to its end, by its answers; nothing where they no longer fit. */
export const listMissingActions = (
  step: AnyStep,
  look: CheckResult,
  progress: Progress,
): readonly Action[] => {
  const { facts } = look.finding;
  const { answers, complete } = step.restoreAnswers(facts, progress.getAnswers(step.id));
  return complete ? step.plan(facts, answers).filter((action) => action.calls.length > 0) : [];
};

/** Whether a step is over although it was not carried out to its end: one of two groups can be enough to look done. */
export const finishIfDone = async (
  step: AnyStep,
  look: CheckResult,
  progress: Progress,
): Promise<boolean> => {
  if (!isDone(look.finding.status) || listMissingActions(step, look, progress).length > 0) return false;
  await progress.finish(step.id);
  return true;
};

/** How often a plan is made anew because the account changed under it, before that is called a problem. */
const maxAttempts = 3;

const isPersonMissing = (actions: readonly Action[], dialogue: Dialogue): boolean =>
  !dialogue.interactive && actions.some((action) => action.requiresPerson);

const isSettled = (status: StepStatus): boolean => status !== 'unmet' && status !== 'unknown';

/** Performs a plan that was agreed to, and looks until it is `seen`. */
const performPlan = async (
  step: AnyStep,
  actions: readonly Action[],
  work: StepContext,
  seen: (status: StepStatus) => boolean,
): Promise<StepResult> => {
  const { aws, dialogue, clock, progress } = work;
  await progress.begin(step.id);
  const last = await performDueActions(actions, {
    aws,
    dialogue: stepDialogue(dialogue),
    clock,
    attestations: progress.attestations,
  });
  const toBeSeen = hasChangingCalls(actions) && last.length === 0;
  const look = await recheckStep(step, work, toBeSeen ? seen : undefined);
  await progress.finish(step.id);
  return { checkResult: look, acted: true, skipped: false, deferred: last };
};

/** What follows from the owner's decision on a plan, of which `seen` tells whether AWS shows it by now. */
export const performDecided = async (
  look: CheckResult,
  { actions, decision }: { actions: readonly Action[]; decision: PlanDecision },
  work: StepContext,
  seen: (status: StepStatus) => boolean = isSettled,
): Promise<StepResult> => {
  const { step } = look;
  const { dialogue, clock, progress } = work;
  if (decision === 'skip') {
    await progress.skip(
      step.id,
      await dialogue.ask(skipReasonQuestion, ownQuestion('skip-reason')),
      clock.now(),
    );
    return { checkResult: look, acted: false, skipped: true, deferred: [] };
  }
  if (decision === 'not-now') return createUnchangedResult(look);
  if (isPersonMissing(actions, dialogue)) {
    const text = 'This needs somebody who can scan a code and note a password: run the setup in a terminal.';
    dialogue.show({ kind: 'text', tone: 'warning', text });
    return createUnchangedResult(look);
  }
  return performPlan(step, actions, work, seen);
};

/** One round: questions, plan, consent, actions. Nothing if the account had changed and the round is to be repeated. */
const attemptOnce = async (look: CheckResult, work: StepContext): Promise<StepResult | undefined> => {
  const { step, finding } = look;
  if (step.manualTask) work.dialogue.show(step.manualTask(finding.facts));
  const decided = await decideOnPlan(step, finding.facts, work);
  try {
    return await performDecided(look, decided, work);
  } catch (error) {
    if (!isDriftError(error)) throw error;
    return undefined;
  }
};

/** Rounds until one comes to its end; the account may change under a plan, and then a new one is made. */
export const attempt = async (first: CheckResult, work: StepContext): Promise<StepResult> => {
  let look = first;
  for (let number = 1; number <= maxAttempts; number += 1) {
    const taken = await attemptOnce(look, work);
    if (taken) return taken;
    const text =
      'The account has changed since the look, or AWS did not show its newest state. Looking again.';
    work.dialogue.show({ kind: 'text', tone: 'warning', text });
    await work.clock.sleep(consistencyDelays[number] ?? 0);
    look = await recheckStep(first.step, work);
    if (await finishIfDone(first.step, look, work.progress)) return createUnchangedResult(look);
  }
  throw new UserError('The account keeps changing while this step is carried out.', [
    'Is somebody else, or another run of this program, at work in it? Run the setup again when they are done.',
  ]);
};
