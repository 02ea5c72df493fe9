import { endsSession, explainError } from '../aws/errors/explain.ts';
import { askConsent } from './consent.ts';
import { UnansweredError } from '../core/dialogue.ts';
import type { CheckResult } from './check.ts';
import { isDone } from '../core/status.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { ownQuestion } from '../core/question-names.ts';
import {
  performDecided,
  finishIfDone,
  recheckStep,
  listMissingActions,
  attempt,
  showUserError,
  createUnchangedResult,
  type StepResult,
  type StepContext,
} from './attempt.ts';
import type { AnyStep } from '../core/step.ts';

const showFinding = ({ finding }: CheckResult, { dialogue }: StepContext, remedy?: string): void =>
  dialogue.show({ kind: 'finding', status: finding.status, summary: finding.summary, remedy });

/** A step can look done after a run that was killed in the middle of it: then what is missing is offered. */
const completeInterruptedStep = async (
  step: AnyStep,
  look: CheckResult,
  work: StepContext,
): Promise<StepResult> => {
  const { dialogue, progress } = work;
  const actions = progress.isBegun(step.id) ? listMissingActions(step, look, progress) : [];
  if (actions.length === 0) {
    await progress.finish(step.id);
    return createUnchangedResult(look);
  }
  const text = 'An earlier run was interrupted in this step. This is what it had left to do.';
  dialogue.show({ kind: 'text', text });
  return performDecided(look, { actions, decision: await askConsent(step, actions, dialogue) }, work);
};

const stillHoldsQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'This rests on your word. Does it still hold?',
  options: [
    { value: 'holds', label: 'Yes' },
    { value: 'take-back', label: 'No, take my word back', hint: 'the step is open again' },
  ],
  default: 'holds',
};

/** What the owner has said can be taken back; then the step is taken as if it had never been said. */
const reconsiderAttestation = async (look: CheckResult, work: StepContext): Promise<StepResult> => {
  const { step, finding } = look;
  const { dialogue } = work;
  const actions = step.revoke?.(finding.facts) ?? [];
  if (actions.length === 0 || (await dialogue.ask(stillHoldsQuestion, ownQuestion('word'))) === 'holds')
    return createUnchangedResult(look);
  const decided = { actions, decision: await askConsent(step, actions, dialogue) };
  const taken = await performDecided(look, decided, work, (status) => status !== 'attested');
  if (!taken.acted || isDone(taken.checkResult.finding.status)) return taken;
  showFinding(taken.checkResult, work);
  return attempt(taken.checkResult, work);
};

const continueFromCheck = (look: CheckResult, work: StepContext, again: boolean): Promise<StepResult> => {
  const { status } = look.finding;
  if (!isDone(status)) return attempt(look, work);
  return again && status === 'attested'
    ? reconsiderAttestation(look, work)
    : completeInterruptedStep(look.step, look, work);
};

/**
 * Takes one step: why, what AWS says now, the questions, the plan, consent, the actions, and another look. What goes
 * wrong with this step only is told here; {@link Back} and {@link Leave} of the owner, and credentials that have
 * ended, are thrown. `again` says that the owner chose a step that may be done already.
 */
export const runStep = async (step: AnyStep, work: StepContext, again = false): Promise<StepResult> => {
  work.dialogue.show({ kind: 'heading', title: step.title, paragraphs: step.why });
  // An earlier step may have changed what this one saw when all were looked at.
  const look = await recheckStep(step, work);
  // What helps is what this very step is about to do, unless it cannot even look.
  showFinding(look, work, look.failed ? look.finding.remedy : undefined);
  if (look.failed) return createUnchangedResult(look);
  try {
    const taken = await continueFromCheck(look, work, again);
    if (!taken.skipped) showFinding(taken.checkResult, work, taken.checkResult.finding.remedy);
    return taken;
  } catch (error) {
    return {
      checkResult: await checkAfterFailure(error, look, work),
      acted: true,
      skipped: false,
      deferred: [],
    };
  }
};

/** What is known of a step that was broken off: AWS is asked, since some of it may have been done. */
const checkAfterFailure = async (
  error: unknown,
  look: CheckResult,
  work: StepContext,
): Promise<CheckResult> => {
  if (error instanceof UnansweredError) {
    const text = `Not done: ${look.step.id} needs an answer to "${error.question}".`;
    work.dialogue.show({ kind: 'text', tone: 'warning', text });
  } else {
    const problem = explainError(error);
    if (!problem || endsSession(error)) throw problem ?? error;
    showUserError(problem, work.dialogue);
  }
  const found = await recheckStep(look.step, work);
  // What AWS refused may be done all the same: by somebody else, or by a call whose answer was lost.
  await finishIfDone(look.step, found, work.progress);
  return found;
};
