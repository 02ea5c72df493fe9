import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/practice/world/world.ts';
import { chooseRouteTopic, type BillingAlarmFacts } from '../../../src/steps/billing-alarm/facts.ts';
import { checkIn, findStep, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAlarm, plantTopic, topicIn } from '../../_support/practice-worlds.ts';

/** A topic that exists and tells nobody. */
const plantSilentTopic = (world: World, name: string): string => {
  const arn = topicIn(world, name);
  world.topics.push({ arn, attributes: {}, tags: [] });
  return arn;
};

/** Alarms that publish to these topics, in this order. */
const chosenAmong = async (plant: (world: World) => readonly string[]): Promise<string> => {
  const scenario = accountWith((world) => {
    plant(world).forEach((topic, index) => plantAlarm(world, `alarm-${index}`, { AlarmActions: [topic] }));
  });
  const { finding } = await checkIn(findStep('billing-alarm'), await startPracticeRun({ scenario }));
  return (
    chooseRouteTopic(finding.facts as BillingAlarmFacts)
      .split(':')
      .at(-1) ?? ''
  );
};

describe('the topic for the alarm', () => {
  it('is the one with a subscriber who only has to confirm, before one that tells nobody', async () => {
    const plant = (world: World) => [plantSilentTopic(world, 'silent'), plantTopic(world, 'pending', false)];
    expect(await chosenAmong(plant)).toBe('pending');
    expect(await chosenAmong((world) => plant(world).toReversed())).toBe('pending');
  });

  it('is one that exists, before one that an alarm only names', async () => {
    const plant = (world: World) => [topicIn(world, 'gone'), plantSilentTopic(world, 'silent')];
    expect(await chosenAmong(plant)).toBe('silent');
    expect(await chosenAmong((world) => plant(world).toReversed())).toBe('silent');
  });

  it('has one subscriber to confirm, though another has ended', async () => {
    const plant = (world: World) => {
      const topic = plantTopic(world, 'pending', false);
      return [plantSilentTopic(world, 'silent'), topic];
    };
    expect(await chosenAmong(plant)).toBe('pending');
  });

  it("is this program's own where those of the alarms belong to another account", async () => {
    const other = 'arn:aws:sns:us-east-1:999999999999:theirs';
    expect(await chosenAmong(() => [other])).toBe('aws-first-steps-billing');
  });
});

describe('an alarm on the bill', () => {
  const alarmsIn = async (settings: Parameters<typeof plantAlarm>[2]): Promise<readonly unknown[]> => {
    const scenario = accountWith((world) => plantAlarm(world, 'one', settings));
    const { finding } = await checkIn(findStep('billing-alarm'), await startPracticeRun({ scenario }));
    return (finding.facts as BillingAlarmFacts).alarms;
  };

  it.each([
    ['by its namespace', { MetricName: 'Other' }, 1],
    ['by its metric', { Namespace: 'Own/Metrics', MetricName: 'Charges' }, 1],
    [
      'by a figure of its formula',
      {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [
          {
            Id: 'm',
            MetricStat: {
              Metric: { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges' },
              Period: 21_600,
              Stat: 'Maximum',
            },
          },
        ],
      },
      1,
    ],
    [
      'and not by another figure',
      {
        Namespace: undefined,
        MetricName: undefined,
        Metrics: [
          {
            Id: 'm',
            MetricStat: {
              Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
              Period: 300,
              Stat: 'Maximum',
            },
          },
        ],
      },
      0,
    ],
    [
      'and not by a formula alone',
      { Namespace: undefined, MetricName: undefined, Metrics: [{ Id: 'e', Expression: '1 + 1' }] },
      0,
    ],
    ['and not without a metric', { Namespace: undefined, MetricName: undefined }, 0],
  ])('is recognized %s', async (_how, settings, count) => {
    expect(await alarmsIn(settings as Parameters<typeof plantAlarm>[2])).toHaveLength(count);
  });
});
