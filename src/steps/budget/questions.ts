import type { TextQuestion } from '../../core/question.ts';
import { askIf } from '../../core/step-questions.ts';
import { createEmailQuestion } from '../shared/email-question.ts';
import { isOurBudget, maxNotifications, type BudgetFacts, type WholeAccountBudget } from './facts.ts';

const budgetEmailQuestion = createEmailQuestion(
  'Which address is to be warned by the budget?',
  'One that you read every day. AWS sends a mail there; its link is valid for 12 hours.',
);

const budgetAmountQuestion: TextQuestion = {
  kind: 'text',
  message: 'How many USD a month is your budget?',
  help: 'You are warned at 80 % and at 100 % of it, and when AWS forecasts more than that. Nothing is stopped.',
  default: '10',
  example: '10',
  pattern: /^\s*(?:[1-9]\d{0,5}(?:\.\d\d?)?|0\.(?:0[1-9]|[1-9]\d?))\s*$/,
  rule: 'Give one amount, such as 10 or 12.50',
  max: 20,
};

/** Whether the budget warns someone, or will as soon as an address is verified. */
export const hasWarningRecipient = ({ deliveryProven, unconfirmedRecipients }: WholeAccountBudget): boolean =>
  deliveryProven || unconfirmedRecipients.length > 0;

/**
 * The budget to repair if none warns anyone: one with a sensible limit and room for more alerts, or this program's own,
 * whose limit may be changed. Undefined if the owner's budgets cannot be repaired this way. Then a new one is created
 * in addition.
 */
export const findRepairableBudget = ({ wholeAccountBudgets }: BudgetFacts): WholeAccountBudget | undefined =>
  wholeAccountBudgets.find(
    ({ limitTooHigh, alerts, addresses, budget }) =>
      (!limitTooHigh || isOurBudget(budget)) &&
      (alerts.length < maxNotifications || (limitTooHigh && addresses.length > 0)),
  );

/** Whether the budget to repair would warn someone once its limit makes sense. */
const warnsOnceLimitIsRight = (facts: BudgetFacts): boolean => {
  const old = findRepairableBudget(facts);
  return old?.limitTooHigh === true && old.addresses.length > 0;
};

const isAnybodyWarned = (facts: BudgetFacts): boolean => facts.wholeAccountBudgets.some(hasWarningRecipient);

const needsAmount = (facts: BudgetFacts): boolean =>
  !isAnybodyWarned(facts) && (findRepairableBudget(facts)?.limitTooHigh ?? true);

const needsBudgetAddress = (facts: BudgetFacts): boolean =>
  !isAnybodyWarned(facts) && !warnsOnceLimitIsRight(facts);

/** Asks only what the account does not already answer. */
export const budgetQuestions = {
  amount: askIf(needsAmount, () => budgetAmountQuestion),
  email: askIf(needsBudgetAddress, () => budgetEmailQuestion),
};
