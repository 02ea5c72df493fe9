import type { Questions, TextQuestion } from '../../core/question.ts';
import { emailQuestion } from '../shared/email-question.ts';
import { isOurBudget, mostNotifications, type BudgetFacts, type Watcher } from './facts.ts';

const email = emailQuestion(
  'Which address is to be warned by the budget?',
  'One that you read every day. AWS sends a mail there; its link is valid for 12 hours.',
);

const amount: TextQuestion = {
  kind: 'text',
  message: 'How many USD a month is your budget?',
  help: 'You are warned at 80 % and at 100 % of it, and when AWS forecasts more than that. Nothing is stopped.',
  default: '10',
  example: '10',
  pattern: /^\s*(?:[1-9]\d{0,5}(?:\.\d\d?)?|0\.(?:0[1-9]|[1-9]\d?))\s*$/,
  rule: 'Give one amount, such as 10 or 12.50',
  max: 20,
};

/** Whether somebody is warned, or will be as soon as an address is verified. */
export const warnsSomebody = ({ proven, untold }: Watcher): boolean => proven || untold.length > 0;

/**
 * The budget to work with where none warns anybody: one whose limit makes sense and that has room, or ours, whose limit
 * may be changed. Nothing for one of the owner's that is beyond that: then a new one is made beside it.
 */
export const repairable = ({ watchers }: BudgetFacts): Watcher | undefined =>
  watchers.find(
    ({ absurd, alerts, addresses, budget }) =>
      (!absurd || isOurBudget(budget)) &&
      (alerts.length < mostNotifications || (absurd && addresses.length > 0)),
  );

/** All questions about the budget: only what the account does not answer already. */
export const budgetQuestions = (facts: BudgetFacts): Questions => {
  if (facts.watchers.some(warnsSomebody)) return {};
  const old = repairable(facts);
  const toBeWarned = old?.absurd === true && old.addresses.length > 0;
  return { ...((!old || old.absurd) && { amount }), ...(!toBeWarned && { email }) };
};
