import { describe, expect, it } from 'vitest';
import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { checkIn, findStep, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAlarm, plantTopic, publishCharges } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');

const scenario = accountWith((world) => {
  publishCharges(world);
  plantTopic(world, 'bill', true);
  plantAlarm(world, 'billing-50', { Threshold: 50 });
});

const topic = 'arn:aws:sns:us-east-1:431209876655:bill';

/** What the check says where CloudWatch has a composite alarm as well, or the alarm in another form. */
const findWith = async (
  composite: Partial<CompositeAlarm> | undefined,
  change: Partial<MetricAlarm> = {},
  others: readonly CompositeAlarm[] = [],
) => {
  const { aws, ...rest } = await startPracticeRun({ scenario });
  const changed = aws.withPlugin(async ({ operation }, next) => {
    const answer = (await next()) as { MetricAlarms?: MetricAlarm[] };
    if (operation !== 'cloudwatch:DescribeAlarms') return answer;
    const CompositeAlarms = composite
      ? [
          {
            AlarmName: 'bill',
            AlarmArn: 'arn:bill',
            ActionsEnabled: true,
            AlarmActions: [topic],
            ...composite,
          },
          ...others,
        ]
      : [];
    return {
      ...answer,
      CompositeAlarms,
      MetricAlarms: answer.MetricAlarms?.map((alarm) => ({ ...alarm, ...change })),
    };
  });
  return (await checkIn(step, { ...rest, aws: changed })).finding;
};

const heard = /^Alarm at 50 USD a month; not proven yet that it reaches you/;

describe('a billing alarm without actions', () => {
  it.each([
    'ALARM("billing-50")',
    'ALARM(billing-50) OR ALARM("other")',
    '(ALARM("other") OR ALARM("billing-50"))',
    'ALARM(arn:aws:cloudwatch:us-east-1:431209876655:alarm:billing-50)',
  ])('is heard through the composite alarm %s', async (AlarmRule) => {
    expect((await findWith({ AlarmRule })).summary).toMatch(heard);
  });

  it.each<[string, Partial<CompositeAlarm>]>([
    ['needs another alarm too', { AlarmRule: 'ALARM("billing-50") AND ALARM("other")' }],
    ['asks for the opposite', { AlarmRule: 'NOT ALARM("billing-50")' }],
    ['has its own actions off', { AlarmRule: 'ALARM("billing-50")', ActionsEnabled: false }],
    ['can be suppressed', { AlarmRule: 'ALARM("billing-50")', ActionsSuppressor: 'quiet' }],
  ])('is not known to be heard, and the composite alarm is named, where that %s', async (_, composite) => {
    expect((await findWith(composite)).summary).toMatch(
      /billing-50 publishes to no topic, so it tells nobody \(the composite alarm bill follows it/,
    );
  });

  it.each<[string, string, RegExp]>([
    ['of ALARM and OR only', 'ALARM("other") OR ALARM("billing-50")', heard],
    [
      'that asks for more',
      'ALARM("other") AND ALARM("billing-50")',
      /tells nobody \(the composite alarm bill, inner follows it/,
    ],
    ['that ends in itself', 'ALARM("bill")', /tells nobody$/],
  ])('is followed through a composite alarm in between %s', async (_, AlarmRule, summary) => {
    const inner = { AlarmName: 'inner', AlarmArn: 'arn:inner', AlarmRule, ActionsEnabled: false };
    const finding = await findWith({ AlarmRule: 'ALARM("inner")' }, {}, [inner]);
    expect(finding.summary).toMatch(summary);
  });

  it('has nothing to do with the composite alarm of another one whose name begins the same', async () => {
    const { summary } = await findWith({ AlarmRule: 'ALARM("billing-500")' });
    expect(summary).toMatch(/billing-50 publishes to no topic, so it tells nobody$/);
  });
});

describe('an alarm on a query', () => {
  const dimensions = [{ Name: 'Currency', Value: 'USD' }];
  const query = (more: object = {}) => ({
    Namespace: undefined,
    MetricName: undefined,
    Dimensions: [],
    AlarmActions: [topic],
    Metrics: [
      {
        Id: 'm1',
        ReturnData: true,
        MetricStat: {
          Metric: { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges', Dimensions: dimensions },
          Period: 21_600,
          Stat: 'Maximum',
        },
        ...more,
      },
    ],
  });

  it('with one metric in it watches the same as an alarm on the metric', async () => {
    expect((await findWith(undefined, query())).summary).toMatch(heard);
  });

  it.each([
    ['of another account', { AccountId: '999988887777' }],
    ['with a formula', { MetricStat: undefined, Expression: 'RATE(m1)' }],
  ])('%s is not known to follow the bill', async (_, more) => {
    expect((await findWith(undefined, query(more))).status).toBe('unmet');
  });
});
