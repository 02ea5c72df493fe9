import type { Budget } from '@aws-sdk/client-budgets';
import { formatDay } from '../../lib/dates.ts';
import { findAmountFlaw } from '../shared/plausible-amount.ts';

/** An amount that a budget has as its limit, from a month on. */
type Limit = { amount: number; from?: Date };

/** A budget that is planned has a limit for each month, by the first second of the month (Budgets API, Budget). */
const listPlannedLimits = ({ PlannedBudgetLimits = {} }: Budget): readonly { amount: number; from: Date }[] =>
  Object.entries(PlannedBudgetLimits)
    .map(([second, { Amount }]) => ({ amount: Number(Amount), from: new Date(Number(second) * 1000) }))
    .filter(({ from }) => !Number.isNaN(from.getTime()))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());

/**
 * The limit of this month, then those of the months to come. AWS gives the current one of a planned or auto-adjusting
 * budget as its `BudgetLimit`.
 */
const listLimits = (budget: Budget, now: Date): readonly Limit[] => {
  const planned = listPlannedLimits(budget);
  const current = budget.BudgetLimit?.Amount ?? planned.findLast(({ from }) => from <= now)?.amount;
  return [{ amount: Number(current ?? Number.NaN) }, ...planned.filter(({ from }) => from > now)];
};

/** What an account has spent or is forecast to spend this month, as the budget sees it. */
export const getSpending = ({ CalculatedSpend: spend }: Budget): number =>
  Math.max(0, ...[spend?.ActualSpend, spend?.ForecastedSpend].map((one) => Number(one?.Amount) || 0));

/** A budget with its limits, which are read at one moment, and what the whole account spends a month. */
export type LimitedBudget = { budget: Budget; limits: readonly Limit[]; spending: number };

export const withLimits = (budget: Budget, spending: number, now: Date): LimitedBudget => ({
  budget,
  limits: listLimits(budget, now),
  spending,
});

/** What the budget becomes when an update gives it one limit: plans and automatic adjustment end. */
export const withLimit = (limited: LimitedBudget, amount: number): LimitedBudget => ({
  ...limited,
  limits: [{ amount }],
});

export const getCurrentLimit = ({ limits: [current] }: LimitedBudget): number =>
  current?.amount ?? Number.NaN;

const explainSmallLimit = (amount: number, { AutoAdjustData }: Budget): string =>
  AutoAdjustData
    ? `has a limit of ${amount}: AWS adjusts it to what was spent before, and nothing was`
    : `has a limit of ${amount}: the first cent of the month passes it, and nothing after that`;

/** Why warnings at a share of the limit are useless, worded to follow the budget's name. Undefined if they are not. */
export const findLimitFlaw = ({ budget, limits, spending }: LimitedBudget): string | undefined => {
  for (const { amount, from } of limits) {
    if (Number.isNaN(amount)) return 'has no limit';
    const flaw = findAmountFlaw(amount, spending);
    if (flaw === undefined) continue;
    if (from)
      return `is planned to have a limit of ${amount} from ${formatDay(from)} on: ${flaw === 'too large' ? 'far above what is spent' : 'that warns of nothing'}`;
    return flaw === 'too large' ? 'warns far above what is spent' : explainSmallLimit(amount, budget);
  }
  return undefined;
};
