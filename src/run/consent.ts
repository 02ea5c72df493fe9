import type { Action } from '../core/action.ts';
import type { Dialogue } from '../core/dialogue.ts';
import type { ChoiceQuestion, TextQuestion } from '../core/question.ts';
import type { AnyStep } from '../core/step.ts';
import { ownQuestion } from '../core/question-names.ts';
import { getPrice } from '../core/price.ts';
import type { CheckResult } from './check.ts';

export type PlanDecision = 'yes' | 'not-now' | 'skip';

const goAheadQuestion: ChoiceQuestion<PlanDecision> = {
  kind: 'choice',
  message: 'Go ahead?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'not-now', label: 'Not now' },
    { value: 'skip', label: 'Skip this step' },
  ],
  default: 'yes',
};

/** Why a step is skipped: asked wherever skipping is offered. What guards root is not skipped by Enter alone. */
export const createSkipReasonQuestion = ({ performedBy }: Pick<AnyStep, 'performedBy'>): TextQuestion => ({
  kind: 'text',
  message: 'Why do you skip it?',
  help: 'Kept in the progress file, and shown by "verify".',
  ...(performedBy !== 'root' && { default: 'not needed here' }),
  example: 'our identity provider does this',
  pattern: /\S/,
  rule: 'Give a reason in a few words',
  max: 200,
});

/** Whether anything in the account is changed by these actions. */
export const hasChangingCalls = (actions: readonly Action[]) =>
  actions.some((action) => action.calls.length > 0);

/** Shows what will happen and asks for consent. Where nothing will be changed there is nothing to consent to. */
export const askConsent = async (
  { step, finding }: CheckResult,
  actions: readonly Action[],
  dialogue: Dialogue,
): Promise<PlanDecision> => {
  if (actions.length === 0) return 'not-now';
  if (!hasChangingCalls(actions)) return 'yes';
  const lines = actions.map(({ why, calls }) => ({ why, operations: calls.map((call) => call.operation) }));
  dialogue.show({ kind: 'plan', lines, cost: getPrice(step, finding.facts, actions).text });
  return dialogue.ask(goAheadQuestion, ownQuestion('go-ahead'));
};
