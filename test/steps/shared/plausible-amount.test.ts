import { describe, expect, it } from 'vitest';
import { findAmountFlaw } from '../../../src/steps/shared/plausible-amount.ts';
import { checkIn, findStep, startPracticeRun } from '../../_support/practice-run.ts';
import {
  accountWith,
  alertTo,
  plantAlarm,
  plantBudget,
  plantTopic,
  publishCharges,
} from '../../_support/practice-worlds.ts';

describe('an amount to warn at', () => {
  it.each<[number, number | undefined, ReturnType<typeof findAmountFlaw>]>([
    [Number.NaN, undefined, 'too small'],
    [-1, undefined, 'too small'],
    [0, undefined, 'too small'],
    [0.009, undefined, 'too small'],
    [0.01, undefined, undefined],
    [1000, undefined, undefined],
    [1000.01, undefined, 'too large'],
    [4500, 450, undefined],
    [4500, 449, 'too large'],
    [1000, 1, undefined],
  ])('of %s USD where %s USD are spent is judged', (amount, spending, flaw) => {
    expect(findAmountFlaw(amount, spending)).toBe(flaw);
  });

  it.each([0, 0.001, 0.01, 20, 1000, 1000.01, 4500, 50_000])(
    'of %s USD gets one answer from the alarm and the budget',
    async (amount) => {
      const scenario = accountWith((world) => {
        publishCharges(world);
        plantAlarm(world, 'mine', { AlarmActions: [plantTopic(world, 'money', true)], Threshold: amount });
        plantBudget(world, 'mine', {
          alerts: [alertTo(['maria@example.com'], { Threshold: amount, ThresholdType: 'ABSOLUTE_VALUE' })],
        });
      });
      const statusOf = async (id: string) =>
        (await checkIn(findStep(id), await startPracticeRun({ scenario }))).finding.status;
      const statuses = [await statusOf('billing-alarm'), await statusOf('budget')];
      // Neither the drill nor the address has been confirmed, so that what is right waits.
      expect(statuses).toEqual(Array(2).fill(findAmountFlaw(amount) ? 'unmet' : 'waiting'));
    },
  );
});
