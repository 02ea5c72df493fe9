/** In USD a month. Up to this amount a first warning can make sense for anyone. */
const largestAmountForAnyone = 1000;

/** A first warning at more than this multiple of what an account spends comes too late. */
const largestMultipleOfSpending = 10;

/** The highest amount at which a first warning still makes sense in an account that spends so much a month. */
export const getLargestPlausibleAmount = (spending = 0): number =>
  Math.max(largestAmountForAnyone, largestMultipleOfSpending * spending);

/** Bills have no smaller amounts. AWS's own template for a budget that may cost nothing warns above it. */
const smallestAmount = 0.01;

/**
 * Why a warning at this amount is useless, for the billing alarm and the budget alike. Below one cent the month's first
 * cent sets it off, and nothing after that.
 */
export const findAmountFlaw = (amount: number, spending?: number): 'too small' | 'too large' | undefined => {
  if (!(amount >= smallestAmount)) return 'too small';
  return amount > getLargestPlausibleAmount(spending) ? 'too large' : undefined;
};
