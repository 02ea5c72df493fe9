import type { Budget } from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import { findBudgetObjection } from '../../../src/steps/budget/judgement.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const owner = { accountId: '431209876655', billsOnlyItself: true };

const objectionTo = (change: Partial<Budget>) =>
  findBudgetObjection({ BudgetName: 'mine', BudgetType: 'COST', TimeUnit: 'MONTHLY', ...change }, owner, now);

describe('a budget', () => {
  it('counts when nothing speaks against it', () => {
    expect(objectionTo({})).toBeUndefined();
  });

  // AWS deletes a budget after its end, though not in the same second.
  it.each([
    ['2026-11-22T00:00:00.000Z', 'has ended'],
    ['2026-11-23T12:00:00.000Z', 'has ended'],
    ['2026-11-23T12:00:00.001Z', undefined],
  ])('that ends at %s is judged by the moment', (end, words) => {
    expect(objectionTo({ TimePeriod: { End: new Date(end) } })).toBe(words);
  });

  it.each([
    ['2026-11-23T12:00:00.000Z', undefined],
    ['2026-11-23T12:00:00.001Z', 'has not begun yet: it starts on 2026-11-23'],
  ])('that starts at %s is judged by the moment', (start, words) => {
    expect(objectionTo({ TimePeriod: { Start: new Date(start) } })).toBe(words);
  });

  it('counts when AWS says that it is healthy, and not when it says otherwise', () => {
    expect(objectionTo({ HealthStatus: { Status: 'HEALTHY' } })).toBeUndefined();
    expect(objectionTo({ HealthStatus: { Status: 'UNHEALTHY' } })).toBe('is no longer updated by AWS');
    expect(
      objectionTo({ HealthStatus: { Status: 'UNHEALTHY', StatusReason: 'BILLING_VIEW_NO_ACCESS' } }),
    ).toBe('is no longer updated by AWS: this account may not see its billing view');
  });

  it('counts by any metric of money, and by no other', () => {
    expect(objectionTo({ Metrics: ['NetAmortizedCost'] })).toBeUndefined();
    expect(objectionTo({ Metrics: ['UsageQuantity'] })).toBe('does not watch costs');
  });
});
