import type { TextQuestion } from '../../core/question.ts';
import { askIf } from '../../core/step-questions.ts';
import { createEmailQuestion } from '../shared/email-question.ts';
import { getLargestPlausibleAmount } from '../shared/plausible-amount.ts';
import { normalizeAmount } from '../shared/typed-amounts.ts';
import {
  findWarnings,
  getAlertRecipients,
  isOurBudget,
  maxNotifications,
  type BudgetFacts,
  type WholeAccountBudget,
} from './facts.ts';
import { withLimit } from './limits.ts';
import { isSameNotification, wantedNotifications } from './notifications.ts';

const budgetEmailQuestion = createEmailQuestion(
  'Which address gets the warning?',
  'One that you read every day. AWS mails a link there first.',
);

/** A larger amount than the next check would accept is refused: verify would call the new budget useless at once. */
const createAmountQuestion = ({ spending }: BudgetFacts): TextQuestion => {
  const largest = Math.floor(getLargestPlausibleAmount(spending));
  return {
    kind: 'text',
    message: 'How many USD a month is your budget?',
    help: 'You are warned at 80% and 100% of it, and when AWS forecasts more.',
    default: '10',
    example: '10',
    pattern: /^\s*(?:[1-9]\d{0,5}(?:\.\d\d?)?|0\.(?:0[1-9]|[1-9]\d?))\s*$/,
    rule: `Give one amount up to ${largest}, such as 10 or 12.50`,
    largest,
    max: 20,
    normalize: normalizeAmount,
  };
};

/** Whether the budget warns someone, or will as soon as an address is verified. */
export const hasWarningRecipient = ({ deliveryProven, unconfirmedRecipients }: WholeAccountBudget): boolean =>
  deliveryProven || unconfirmedRecipients.length > 0;

/** The alerts on actual spending that this program adds, if a budget has them already. */
const hasAlertToJoin = ({ alerts }: WholeAccountBudget): boolean =>
  wantedNotifications.some(
    (wanted) =>
      wanted.NotificationType === 'ACTUAL' &&
      alerts.some(({ notification }) => isSameNotification(wanted, notification)),
  );

/** The addresses that a budget would warn with any limit that the owner may give it. */
const listAddressesAtAnyLimit = (old: WholeAccountBudget): readonly string[] =>
  getAlertRecipients(
    findWarnings(withLimit(old, getLargestPlausibleAmount(old.spending)), old).warnings,
    'EMAIL',
  );

/** Whether the budget to repair would warn someone once its limit makes sense. */
export const warnsOnceLimitIsRight = (old: WholeAccountBudget | undefined): boolean =>
  old?.limitFlaw !== undefined && listAddressesAtAnyLimit(old).length > 0;

/**
 * The budget to repair if none warns anyone: one with a sensible limit and room for more alerts, or this program's own,
 * whose limit may be changed. Undefined if the owner's budgets cannot be repaired this way. Then a new one is created
 * in addition.
 */
export const findRepairableBudget = ({ wholeAccountBudgets }: BudgetFacts): WholeAccountBudget | undefined =>
  wholeAccountBudgets.find(
    (one) =>
      (one.limitFlaw === undefined || isOurBudget(one.budget)) &&
      (one.alerts.length < maxNotifications || hasAlertToJoin(one) || warnsOnceLimitIsRight(one)),
  );

const isAnybodyWarned = (facts: BudgetFacts): boolean => facts.wholeAccountBudgets.some(hasWarningRecipient);

const needsAmount = (facts: BudgetFacts): boolean => {
  const old = findRepairableBudget(facts);
  return !isAnybodyWarned(facts) && (old === undefined || old.limitFlaw !== undefined);
};

const needsBudgetAddress = (facts: BudgetFacts): boolean =>
  !isAnybodyWarned(facts) && !warnsOnceLimitIsRight(findRepairableBudget(facts));

/** Asks only what the account does not already answer. */
export const budgetQuestions = {
  amount: askIf(needsAmount, createAmountQuestion),
  email: askIf(needsBudgetAddress, () => ({
    ...budgetEmailQuestion,
    sameAs: { step: 'billing-alarm', question: 'email' },
  })),
};
