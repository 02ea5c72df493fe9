import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import {
  extractTopicName,
  findAlarmFlaw,
  getAlarmTopics,
  hasSaneThreshold,
  isBillingAlarm,
  isOurAlarm,
  listAlarmsOfRule,
  sortByThreshold,
} from '../../../src/steps/billing-alarm/alarms.ts';

const good: MetricAlarm = {
  AlarmName: 'bill',
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
};

const flawOf = (change: MetricAlarm) => findAlarmFlaw({ ...good, ...change });

/** The same alarm, as a query with one metric in it. */
const asQuery = (stat: object = {}, query: object = {}): MetricAlarm => {
  const { Namespace, MetricName, Dimensions, Statistic: Stat, Period, ...rest } = good;
  const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Stat, Period, ...stat };
  return { ...rest, Metrics: [{ Id: 'm1', MetricStat, ...query }] };
};

describe('an alarm on the bill', () => {
  it('has no flaw when it watches the charges of the whole account', () => {
    expect(findAlarmFlaw(good)).toBeUndefined();
    expect(flawOf({ ComparisonOperator: 'GreaterThanOrEqualToThreshold' })).toBeUndefined();
    expect(flawOf({ Unit: 'None' })).toBeUndefined();
  });

  const service = { Name: 'ServiceName', Value: 'AmazonEC2' };
  const account = { Name: 'LinkedAccount', Value: '123456789012' };
  const usd = { Name: 'Currency', Value: 'USD' };
  it.each<[string, MetricAlarm, RegExp]>([
    ['another namespace', { Namespace: 'AWS/EC2' }, /namespace "AWS\/EC2"/],
    ['another metric', { MetricName: 'Charges' }, /metric "Charges"/],
    ['one service', { Dimensions: [usd, service] }, /one service costs \(AmazonEC2\)/],
    ['one account', { Dimensions: [usd, account] }, /one account costs \(123456789012\)/],
    ['no currency', { Dimensions: [] }, /no currency/],
    ['another currency', { Dimensions: [{ Name: 'Currency', Value: 'EUR' }] }, /charges in EUR/],
    ['one more dimension', { Dimensions: [usd, { Name: 'Region', Value: 'x' }] }, /dimension too many/],
    ['how many figures there are', { Statistic: 'SampleCount' }, /SampleCount/],
    ['figures with a unit', { Unit: 'Count' }, /figures in Count/],
    ['low charges', { ComparisonOperator: 'LessThanThreshold' }, /too low/],
    ['an unknown comparison', { ComparisonOperator: undefined }, /too low/],
  ])('has one when it watches %s, and that is named', (_what, change, words) => {
    expect(flawOf(change)).toMatch(words);
  });

  it('has no dimensions in an answer that names none, and then no currency', () => {
    const { Dimensions: _none, ...rest } = good;
    expect(findAlarmFlaw(rest)).toMatch(/no currency/);
  });

  it.each([
    ['p90', undefined],
    ['tm50', undefined],
    ['TC(0:5)', /counts figures/],
    ['PR(0:5)', /counts figures/],
    ['xtc(0:5)', undefined],
  ])('may watch a percentile, but no count of figures: %s', (ExtendedStatistic, words) => {
    const flaw = flawOf({ Statistic: undefined, ExtendedStatistic });
    if (words) expect(flaw).toMatch(words);
    else expect(flaw).toBeUndefined();
  });

  it('may not ignore figures that are few, which only a percentile does', () => {
    const few = { EvaluateLowSampleCountPercentile: 'ignore' };
    expect(flawOf({ ...few, Statistic: undefined, ExtendedStatistic: 'p90' })).toMatch(/few/);
    expect(flawOf(few)).toBeUndefined();
    const judged = { EvaluateLowSampleCountPercentile: 'evaluate' };
    expect(flawOf({ ...judged, Statistic: undefined, ExtendedStatistic: 'p90' })).toBeUndefined();
  });

  it.each<[string, MetricAlarm, RegExp | undefined]>([
    ['too high, in short periods', { Period: 300, TreatMissingData: 'breaching' }, /always in ALARM/],
    ['too high, in periods of six hours', { TreatMissingData: 'breaching' }, undefined],
    [
      'too high, where more than those missing must be high',
      { Period: 3600, EvaluationPeriods: 6, DatapointsToAlarm: 6, TreatMissingData: 'breaching' },
      undefined,
    ],
    [
      'too high, where those missing are enough',
      { Period: 3600, EvaluationPeriods: 6, DatapointsToAlarm: 5, TreatMissingData: 'breaching' },
      /always in ALARM/,
    ],
    ['well, in one period', { Period: 300, TreatMissingData: 'notBreaching' }, undefined],
    ['well, in two', { Period: 300, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' }, /cannot fire/],
    ['as before, in two', { Period: 300, EvaluationPeriods: 2, TreatMissingData: 'ignore' }, /cannot fire/],
    ['missing, in two', { Period: 300, EvaluationPeriods: 2, TreatMissingData: 'missing' }, undefined],
    ['missing, as nothing else is said', { Period: 300, EvaluationPeriods: 2 }, undefined],
    [
      'well, in two long ones',
      { Period: 21_600, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' },
      undefined,
    ],
    [
      'well, in two of two hours, of which AWS can fill both',
      { Period: 7200, EvaluationPeriods: 2, TreatMissingData: 'notBreaching' },
      undefined,
    ],
    [
      'well, in many, one of which must be high',
      { Period: 300, EvaluationPeriods: 3, DatapointsToAlarm: 1, TreatMissingData: 'notBreaching' },
      undefined,
    ],
  ])('that takes missing figures for %s is judged by whether it can fire', (_what, change, words) => {
    const flaw = flawOf(change);
    if (words) expect(flaw).toMatch(words);
    else expect(flaw).toBeUndefined();
  });

  it('may be a query with one metric, which is judged as if it named that', () => {
    expect(findAlarmFlaw(asQuery())).toBeUndefined();
    expect(findAlarmFlaw(asQuery({ Stat: 'SampleCount' }))).toMatch(/SampleCount/);
    expect(findAlarmFlaw(asQuery({ Stat: 'p90' }))).toBeUndefined();
    expect(findAlarmFlaw(asQuery({ Stat: 'TC(0:5)' }))).toMatch(/counts figures/);
    expect(findAlarmFlaw(asQuery({ Unit: 'Count' }))).toMatch(/figures in Count/);
    expect(findAlarmFlaw(asQuery({ Metric: { Namespace: 'AWS/EC2' } }))).toMatch(/namespace/);
    expect(findAlarmFlaw(asQuery({ Metric: undefined }))).toMatch(/namespace/);
    const short = asQuery({ Period: 300 });
    expect(findAlarmFlaw({ ...short, TreatMissingData: 'breaching' })).toMatch(/always in ALARM/);
  });

  it('may be no formula, and no query about another account', () => {
    const [query] = asQuery().Metrics ?? [];
    expect(
      findAlarmFlaw({
        ...asQuery(),
        Metrics: [
          { ...query, Id: 'm1' },
          { Id: 'e1', Expression: 'm1*2' },
        ],
      }),
    ).toMatch(/formula/);
    expect(findAlarmFlaw({ ...asQuery(), Metrics: [{ Id: 'e1', Expression: 'm1*2' }] })).toMatch(/formula/);
    expect(findAlarmFlaw(asQuery({}, { AccountId: '999999999999' }))).toMatch(/formula/);
  });
});

describe('an alarm that was meant for the bill', () => {
  it.each<[string, MetricAlarm, boolean]>([
    ['is one of this program, by its name', { AlarmName: 'aws-first-steps-billing-5-usd' }, true],
    ['has a namespace about billing', { Namespace: 'Custom/Billing' }, true],
    ['has a metric about charges', { MetricName: 'TotalCharges' }, true],
    ['is a query on the bill', asQuery(), true],
    ['is a query on something else', asQuery({ Metric: { Namespace: 'AWS/EC2' } }), false],
    ['is a query without a metric', { Metrics: [{ Id: 'e1', Expression: '1' }] }, false],
    ['is a query of a metric that AWS leaves out', asQuery({ Metric: undefined }), false],
    ['is none', { AlarmName: 'cpu', Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }, false],
    ['says nothing', {}, false],
  ])('%s', (_what, alarm, expected) => {
    expect(isBillingAlarm(alarm)).toBe(expected);
  });

  it('is one of this program only by how its name begins', () => {
    expect(isOurAlarm({ AlarmName: 'aws-first-steps-billing-5-usd' })).toBe(true);
    expect(isOurAlarm({ AlarmName: 'my-aws-first-steps-billing-5-usd' })).toBe(false);
    expect(isOurAlarm({})).toBe(false);
  });
});

describe('the parts of an alarm', () => {
  it('are judged by an amount that makes sense', () => {
    expect(hasSaneThreshold({ Threshold: 10 })).toBe(true);
    expect(hasSaneThreshold({ Threshold: 0 })).toBe(false);
    expect(hasSaneThreshold({ Threshold: 1001 })).toBe(false);
    expect(hasSaneThreshold({})).toBe(false);
  });

  it('are the topics in us-east-1, and no other action', () => {
    const topic = 'arn:aws:sns:us-east-1:123456789012:money';
    const AlarmActions = [topic, 'arn:aws:sns:eu-west-1:123456789012:money', 'arn:aws:swf:us-east-1:1:x'];
    expect(getAlarmTopics({ AlarmActions })).toEqual([topic]);
    expect(getAlarmTopics({})).toEqual([]);
    expect(extractTopicName(topic)).toBe('money');
  });

  it('are the alarms that a rule names, in quotes or not', () => {
    expect(listAlarmsOfRule('ALARM("a b") OR NOT OK( c ) AND ALARM(arn:aws:x:alarm:d)')).toEqual([
      'a b',
      'c',
      'arn:aws:x:alarm:d',
    ]);
    expect(listAlarmsOfRule('TRUE')).toEqual([]);
  });

  it('come in the order of their amounts', () => {
    const sorted = sortByThreshold([{ Threshold: 20 }, { Threshold: 5 }, {}]);
    expect(sorted.map(({ Threshold }) => Threshold)).toEqual([undefined, 5, 20]);
  });
});
