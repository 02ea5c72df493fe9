import { endsSession, explainError } from '../aws/errors/explain.ts';
import { UnansweredError } from '../core/dialogue.ts';
import { showUserError, showWarning } from '../core/messages.ts';
import { ownQuestion } from '../core/question-names.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { isDone, type StepStatus } from '../core/status.ts';
import type { AnyStep } from '../core/step.ts';
import { attempt, finishIfDone, listMissingActions } from './attempt.ts';
import type { CheckResult } from './check.ts';
import { askConsent } from './consent.ts';
import { performDecision } from './perform.ts';
import { omitSetupAdvice } from '../core/remedy.ts';
import { recheckStep } from './recheck.ts';
import { createUnchangedResult, type StepContext, type StepResult } from './step-result.ts';

/** A remedy that is to run the setup says nothing while the setup runs. */
const showFinding = ({ finding }: CheckResult, { dialogue }: StepContext, remedy = ''): void =>
  dialogue.show({
    kind: 'finding',
    status: finding.status,
    summary: finding.summary,
    remedy: omitSetupAdvice(remedy) || undefined,
  });

/** A step can look done after a run that was killed in the middle of it: then what is missing is offered. */
const completeInterruptedStep = async (
  checkResult: CheckResult,
  context: StepContext,
): Promise<StepResult> => {
  const { step } = checkResult;
  const { dialogue, progress } = context;
  const actions = progress.isBegun(step.id) ? listMissingActions(checkResult, progress) : [];
  if (actions.length === 0) {
    await progress.finish(step.id);
    return createUnchangedResult(checkResult);
  }
  const text = 'An earlier run was interrupted in this step. This is what it had left to do.';
  dialogue.show({ kind: 'text', text });
  const decision = await askConsent(checkResult, actions, dialogue);
  return performDecision(checkResult, { actions, decision }, context);
};

const stillHoldsQuestion: ChoiceQuestion<'holds' | 'take-back'> = {
  kind: 'choice',
  message: 'This rests on your word. Does it still hold?',
  options: [
    { value: 'holds', label: 'Yes' },
    { value: 'take-back', label: 'No, take my word back', hint: 'the step is open again' },
  ],
  default: 'holds',
};

const isRevoked = (status: StepStatus): boolean => status !== 'attested';

/** An attestation can be taken back; then the step is run as if it had never been given. */
const reconsiderAttestation = async (checkResult: CheckResult, context: StepContext): Promise<StepResult> => {
  const { step, finding } = checkResult;
  const { dialogue } = context;
  const actions = step.revoke?.(finding.facts) ?? [];
  if (actions.length === 0 || (await dialogue.ask(stillHoldsQuestion, ownQuestion('word'))) === 'holds')
    return createUnchangedResult(checkResult);
  const decision = await askConsent(checkResult, actions, dialogue);
  const result = await performDecision(checkResult, { actions, decision }, context, isRevoked);
  if (!result.acted || isDone(result.checkResult.finding.status)) return result;
  showFinding(result.checkResult, context);
  return attempt(result.checkResult, context);
};

const continueFromCheck = (
  checkResult: CheckResult,
  context: StepContext,
  isChosen: boolean,
): Promise<StepResult> => {
  const { status } = checkResult.finding;
  if (!isDone(status)) return attempt(checkResult, context);
  return isChosen && status === 'attested'
    ? reconsiderAttestation(checkResult, context)
    : completeInterruptedStep(checkResult, context);
};

/** What is known of a step that failed halfway: AWS is asked, since some of it may have been done. */
const checkAfterFailure = async (
  error: unknown,
  step: AnyStep,
  context: StepContext,
): Promise<CheckResult> => {
  if (error instanceof UnansweredError) {
    showWarning(context.dialogue, `Not done: ${step.id} needs an answer to "${error.question}".`);
  } else {
    const problem = explainError(error);
    if (!problem || endsSession(error)) throw problem ?? error;
    showUserError(problem, context.dialogue);
  }
  const checkResult = await recheckStep(step, context);
  // What AWS refused may be done all the same: by somebody else, or by a call whose answer was lost.
  await finishIfDone(checkResult, context.progress);
  return checkResult;
};

/**
 * Runs one step: why, what AWS says now, the questions, the plan, consent, the actions, and another check. What goes
 * wrong with this step only is shown here; BackError and ExitError, and credentials that have ended, are thrown.
 * `isChosen` says that the owner chose the step, so that it may be done already.
 */
export const runStep = async (step: AnyStep, context: StepContext, isChosen = false): Promise<StepResult> => {
  context.dialogue.show({ kind: 'heading', title: step.title, paragraphs: step.why });
  // An earlier step may have changed what this one saw when all were checked.
  const checkResult = await recheckStep(step, context);
  // What helps is what this very step is about to do, unless it cannot even be checked.
  showFinding(checkResult, context, checkResult.failed ? checkResult.finding.remedy : undefined);
  if (checkResult.failed) return createUnchangedResult(checkResult);
  try {
    const result = await continueFromCheck(checkResult, context, isChosen);
    if (!result.skipped) showFinding(result.checkResult, context, result.checkResult.finding.remedy);
    return result;
  } catch (error) {
    return {
      ...createUnchangedResult(await checkAfterFailure(error, step, context)),
      acted: true,
    };
  }
};
