import type { Action } from './action.ts';

/** What a step costs a month. */
export type Price = {
  /** In words: `free`, `0.50 USD a month per zone`. */
  text: string;
  /** The sum in USD, where it can be told. */
  monthlyUsd?: number;
  /** What the sum rests on, worded to follow it: `while the account has at most 10 alarms`. */
  condition?: string;
};

type PricedStep = { cost: string; price?(facts: unknown, actions: readonly Action[]): Price };

/** What the actions cost, by the facts that they were planned from. A step that is simply `free` costs 0 USD. */
export const getPrice = (step: PricedStep, facts: unknown, actions: readonly Action[]): Price =>
  step.price?.(facts, actions) ?? { text: step.cost, ...(step.cost === 'free' && { monthlyUsd: 0 }) };

/** What several steps cost together: the sum of what can be told, what it rests on, and the steps that cannot be told. */
export type TotalPrice = {
  monthlyUsd: number;
  conditions: readonly string[];
  unknown: readonly string[];
};

/** Adds up prices; `title` names the step of each. */
export const sumPrices = (prices: readonly { title: string; price: Price }[]): TotalPrice => ({
  // In cents, because sums of fractions look odd.
  monthlyUsd: Math.round(prices.reduce((sum, { price }) => sum + (price.monthlyUsd ?? 0) * 100, 0)) / 100,
  conditions: [...new Set(prices.flatMap(({ price }) => price.condition ?? []))],
  unknown: prices.filter(({ price }) => price.monthlyUsd === undefined).map(({ title }) => title),
});
