import type { Budget } from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import {
  findLimitFlaw,
  getCurrentLimit,
  getSpending,
  withLimit,
  withLimits,
} from '../../../src/steps/budget/limits.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const second = (day: string) => String(Date.parse(`${day}T00:00:00Z`) / 1000);
const usd = (Amount: string) => ({ Amount, Unit: 'USD' });
const limited = (change: Partial<Budget>, spending = 0) =>
  withLimits({ BudgetName: 'mine', BudgetType: 'COST', TimeUnit: 'MONTHLY', ...change }, spending, now);
const planned = (limits: Readonly<Record<string, string>>) => ({
  PlannedBudgetLimits: Object.fromEntries(
    Object.entries(limits).map(([day, amount]) => [second(day), usd(amount)]),
  ),
});

describe('what an account spends', () => {
  it.each([
    ['nothing when AWS tells nothing', undefined, 0],
    ['what was spent', { ActualSpend: usd('7') }, 7],
    ['the forecast when that is more', { ActualSpend: usd('7'), ForecastedSpend: usd('20.5') }, 20.5],
    ['what was spent when the forecast is less', { ActualSpend: usd('7'), ForecastedSpend: usd('3') }, 7],
    ['what can be read of it', { ActualSpend: usd('none'), ForecastedSpend: usd('3') }, 3],
    ['never less than nothing', { ActualSpend: usd('-5') }, 0],
  ])('is %s', (_what, CalculatedSpend, spent) => {
    expect(getSpending(limited({ CalculatedSpend }).budget)).toBe(spent);
  });
});

describe('the limit of a budget', () => {
  it('is what AWS gives as the current one', () => {
    expect(getCurrentLimit(limited({ BudgetLimit: usd('50'), ...planned({ '2026-11-01': '60' }) }))).toBe(50);
  });

  it('is the planned one of this month where AWS gives none', () => {
    const plan = planned({ '2026-12-01': '30', '2026-11-01': '20', '2026-10-01': '10' });
    expect(limited(plan).limits).toEqual([{ amount: 20 }, { amount: 30, from: new Date('2026-12-01') }]);
  });

  it('is planned in the order of the months, and without what is no month', () => {
    const { limits } = limited({
      BudgetLimit: usd('10'),
      PlannedBudgetLimits: {
        [second('2027-02-01')]: usd('40'),
        never: usd('99'),
        [second('2027-01-01')]: usd('30'),
      },
    });
    expect(limits.map(({ amount }) => amount)).toEqual([10, 30, 40]);
  });

  it('is one for all months after it was changed', () => {
    const changed = withLimit(limited({ BudgetLimit: usd('0'), ...planned({ '2026-12-01': '0' }) }), 25);
    expect(changed.limits).toEqual([{ amount: 25 }]);
    expect(findLimitFlaw(changed)).toBeUndefined();
  });

  it.each<[string, Partial<Budget>, number, string | undefined]>([
    ['makes sense', { BudgetLimit: usd('50') }, 0, undefined],
    ['is one cent', { BudgetLimit: usd('0.01') }, 0, undefined],
    ['is missing', {}, 0, 'has no limit'],
    [
      'is below one cent',
      { BudgetLimit: usd('0.001') },
      0,
      'has a limit of 0.001: the first cent of the month passes it, and nothing after that',
    ],
    [
      'is nothing, since AWS adjusts it',
      { BudgetLimit: usd('0'), AutoAdjustData: { AutoAdjustType: 'HISTORICAL' } },
      0,
      'has a limit of 0: AWS adjusts it to what was spent before, and nothing was',
    ],
    ['is far above what is spent', { BudgetLimit: usd('1001') }, 100, 'warns far above what is spent'],
    ['is ten times what is spent', { BudgetLimit: usd('5000') }, 500, undefined],
    [
      'will be nothing',
      { BudgetLimit: usd('50'), ...planned({ '2026-12-01': '0' }) },
      0,
      'is planned to have a limit of 0 from 2026-12-01 on: that warns of nothing',
    ],
    [
      'will be far above what is spent',
      { BudgetLimit: usd('50'), ...planned({ '2026-12-01': '60', '2027-01-01': '5000' }) },
      0,
      'is planned to have a limit of 5000 from 2027-01-01 on: far above what is spent',
    ],
    [
      'was nothing in a month that is over',
      { BudgetLimit: usd('50'), ...planned({ '2026-10-01': '0' }) },
      0,
      undefined,
    ],
  ])('that %s is judged', (_what, change, spending, flaw) => {
    expect(findLimitFlaw(limited(change, spending))).toBe(flaw);
  });
});
