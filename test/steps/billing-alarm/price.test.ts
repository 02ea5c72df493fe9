import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from 'vitest';
import { call } from '../../../src/core/action.ts';
import { priceBillingAlarm } from '../../../src/steps/billing-alarm/price.ts';

const putAlarm = (AlarmName: string) =>
  call(
    'cloudwatch',
    new PutMetricAlarmCommand({
      AlarmName,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
    'warn',
  );

const price = (alarmCount: number, ...names: readonly string[]) =>
  priceBillingAlarm({ alarmCount, alarms: [{ AlarmName: 'old' }] }, names.map(putAlarm));

it('is free, without a condition, where no alarm is added', () => {
  expect(price(12, 'old')).toEqual({ text: 'free', monthlyUsd: 0 });
});

it('is free up to ten alarms, and says how many of them it takes', () => {
  const condition = 'while the account has at most 10 alarms';
  expect(price(0, 'a', 'b')).toEqual({ text: 'free (2 of your 10 free alarms)', monthlyUsd: 0, condition });
  expect(price(8, 'a', 'b')).toEqual({
    text: 'free (2 of the 2 free alarms left)',
    monthlyUsd: 0,
    condition,
  });
});

it('costs a tenth of a dollar for each alarm beyond ten', () => {
  expect(price(9, 'a', 'b')).toMatchObject({ monthlyUsd: 0.1 });
  expect(price(12, 'a', 'b')).toEqual({
    text: 'about 0.20 USD a month: 10 alarms are free, and the account will have 14',
    monthlyUsd: 0.2,
  });
});
