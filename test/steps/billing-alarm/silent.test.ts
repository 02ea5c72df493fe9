import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import type { PracticeAlarm, World } from '../../../src/practice/world/world.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  findStep,
  type ScriptedRun,
  type PracticeRun,
} from '../../_support/practice-run.ts';

import { plantAlarm } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');
const only = { steps: [step] };
const topicName = 'aws-first-steps-billing';

let known: World | undefined;

/** The account of an owner whom the alarm has reached: made once, in the first test that needs it. */
const proven = async (): Promise<World> => {
  if (known) return structuredClone(known);
  const practiceRun = await startPracticeRun();
  await runScripted(practiceRun, only);
  known = practiceRun.practice.snapshot();
  return structuredClone(known);
};

/** That account, in which something was changed since. */
const after = async (spoil: (world: World) => void): Promise<PracticeRun> => {
  const world = await proven();
  spoil(world);
  return startPracticeRun({ scenario: world });
};

const each = (change: (alarm: PracticeAlarm) => void) => (world: World) => {
  for (const alarm of world.alarms) {
    delete alarm.staged;
    change(alarm);
  }
};

const settings = (change: Partial<PracticeAlarm['settings']>) =>
  each((alarm) => {
    alarm.settings = { ...alarm.settings, ...change };
  });

const tag = (world: World, key: string, value: string | undefined): void => {
  for (const topic of world.topics) {
    topic.tags = topic.tags.filter(({ Key }) => Key !== `aws-first-steps:${key}`);
    if (value !== undefined) topic.tags.push({ Key: `aws-first-steps:${key}`, Value: value });
  }
};

const encrypt = (key: string) => (world: World) => {
  for (const topic of world.topics) topic.attributes['KmsMasterKeyId'] = key;
};

const muteAlarms = (world: World, status: 'ACTIVE' | 'SCHEDULED'): void => {
  const alarmNames = world.alarms.map(({ settings: { AlarmName } }) => AlarmName);
  world.muteRules = [{ name: 'quiet', alarmNames, status, mutedAt: world.account.createdAt }];
};

const filterBy = (attributes: Record<string, string>) => (world: World) => {
  for (const one of world.subscriptions) one.attributes = attributes;
};

const withTopicPolicy =
  (...statements: readonly object[]) =>
  (world: World) => {
    for (const topic of world.topics) topic.attributes['Policy'] = JSON.stringify({ Statement: statements });
  };

/** Every way in which the alarm can fail silently: how it comes about, and what the check says about it. */
const ways: readonly [string, (world: World) => void, RegExp][] = [
  [
    'billing alerts are off',
    (world) => void delete world.billing.alertsSince,
    /Billing alerts are off, so no alarm can fire/i,
  ],
  [
    'the subscription waits for the click',
    (world) => {
      for (const one of world.subscriptions) Object.assign(one, { confirmed: false });
    },
    /the mail to owner@example\.com is not confirmed yet; it is valid until 2026-11-25 12:00 UTC/i,
  ],
  [
    'the subscription was deleted',
    (world) => {
      for (const one of world.subscriptions) one.deleted = true;
    },
    /The subscription of owner@example\.com was deleted/i,
  ],
  [
    'the mail was never confirmed, and AWS has forgotten it',
    (world) => {
      world.subscriptions = [];
      tag(world, 'proven', undefined);
      tag(world, 'asked', '2026-11-20T09:00:00.000Z');
    },
    /the mail of 2026-11-20 09:00 UTC has expired/i,
  ],
  [
    'somebody has ended the subscription after it had been proven',
    (world) => {
      world.subscriptions = [];
    },
    /nobody is subscribed any more: it reached you on 2026-11-23, and since then .* has ended/i,
  ],
  [
    'nobody was ever subscribed',
    (world) => {
      world.subscriptions = [];
      tag(world, 'proven', undefined);
      tag(world, 'asked', undefined);
    },
    /nobody is subscribed to the topic aws-first-steps-billing/i,
  ],
  [
    'a mute rule is on',
    (world) => muteAlarms(world, 'ACTIVE'),
    /The alarm aws-first-steps-billing-5-usd is silenced by the mute rule quiet, now or at set times/i,
  ],
  [
    'a mute rule is planned',
    (world) => muteAlarms(world, 'SCHEDULED'),
    /aws-first-steps-billing-5-usd is silenced by the mute rule quiet/i,
  ],
  [
    'a mute rule is on for the lowest of many alarms',
    (world) => {
      muteAlarms(world, 'ACTIVE');
      const [topic = ''] = world.topics.map(({ arn }) => arn);
      for (let number = 1; number <= 12; number += 1)
        plantAlarm(world, `a-${number}`, { AlarmActions: [topic], Threshold: 900 + number });
    },
    /aws-first-steps-billing-5-usd is silenced by the mute rule quiet/i,
  ],
  [
    'a filter policy asks for a message attribute, which alarms do not have',
    filterBy({ FilterPolicy: '{"severity":["high"]}' }),
    /the filter policy of the subscription of owner@example\.com keeps the alarm out/i,
  ],
  [
    'a filter policy asks for an alarm of another name',
    filterBy({ FilterPolicy: '{"AlarmName":["other"]}', FilterPolicyScope: 'MessageBody' }),
    /the filter policy of the subscription of owner@example\.com keeps the alarm out/i,
  ],
  [
    'a filter policy asks for another state in the body',
    filterBy({ FilterPolicy: '{"NewStateValue":["OK"]}', FilterPolicyScope: 'MessageBody' }),
    /the filter policy of the subscription of owner@example\.com keeps the alarm out/i,
  ],
  [
    'the topic lets only AWS Budgets publish',
    withTopicPolicy({
      Effect: 'Allow',
      Principal: { Service: 'budgets.amazonaws.com' },
      Action: 'SNS:Publish',
      Resource: '*',
    }),
    /the policy of the topic aws-first-steps-billing does not let CloudWatch publish: its mails are lost/i,
  ],
  [
    'missing figures keep the alarms from firing by themselves',
    settings({ Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 3, TreatMissingData: 'notBreaching' }),
    /aws-first-steps-billing-5-usd cannot fire: it needs 3 high figures within 180 seconds/i,
  ],
  [
    'missing figures keep the alarms in ALARM',
    settings({ Period: 300, EvaluationPeriods: 2, DatapointsToAlarm: 1, TreatMissingData: 'breaching' }),
    /aws-first-steps-billing-5-usd counts missing figures as too high/i,
  ],
  [
    'only a queue is subscribed, and nothing was proven',
    (world) => {
      for (const one of world.subscriptions)
        Object.assign(one, { protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:431209876655:q' });
      tag(world, 'proven', undefined);
    },
    /the topic aws-first-steps-billing ends in sqs, where nobody reads it/i,
  ],
  [
    'a queue is subscribed in place of the owner, although something was proven',
    (world) => {
      for (const one of world.subscriptions)
        Object.assign(one, {
          arn: `${one.topicArn}:queue`,
          protocol: 'sqs',
          endpoint: 'arn:aws:sqs:us-east-1:431209876655:q',
        });
    },
    /the topic aws-first-steps-billing ends in sqs, where nobody reads it/i,
  ],
  ['the topic is silent', encrypt('alias/aws/sns'), /encrypted with AWS's own key .*lost without an error/i],
  [
    'the topic is silent, and its key is named by its ARN',
    encrypt('arn:aws:kms:us-east-1:431209876655:alias/aws/sns'),
    /encrypted with AWS's own key/i,
  ],
  [
    'the topic was deleted',
    (world) => Object.assign(world, { topics: [], subscriptions: [] }),
    /The alarm aws-first-steps-billing-5-usd points nowhere: its topic aws-first-steps-billing was deleted/i,
  ],
  [
    'the alarms publish to no topic',
    settings({ AlarmActions: [] }),
    /aws-first-steps-billing-5-usd publishes to no topic/i,
  ],
  [
    'the actions of all alarms are off',
    settings({ ActionsEnabled: false }),
    /The actions of the alarm aws-first-steps-billing-5-usd are turned off, so it tells nobody/i,
  ],
  [
    'the actions of the lower alarm are off',
    (world) => {
      for (const one of world.alarms.slice(0, 1)) one.settings.ActionsEnabled = false;
    },
    /The actions of the alarm aws-first-steps-billing-5-usd are turned off/i,
  ],
  [
    'the alarm watches one service',
    settings({
      Dimensions: [
        { Name: 'Currency', Value: 'USD' },
        { Name: 'ServiceName', Value: 'AmazonEC2' },
      ],
    }),
    /watches what one service costs \(AmazonEC2\), and not the whole bill/i,
  ],
  [
    'the alarm watches one account',
    settings({
      Dimensions: [
        { Name: 'Currency', Value: 'USD' },
        { Name: 'LinkedAccount', Value: '111122223333' },
      ],
    }),
    /watches what one account costs \(111122223333\)/i,
  ],
  [
    'the alarm watches another currency',
    settings({ Dimensions: [{ Name: 'Currency', Value: 'EUR' }] }),
    /watches charges in EUR; AWS publishes them in USD only/i,
  ],
  ['the alarm names no currency', settings({ Dimensions: [] }), /names no currency, so it sees no figures/i],
  [
    'the alarm has a dimension too many',
    settings({
      Dimensions: [
        { Name: 'Currency', Value: 'USD' },
        { Name: 'Stage', Value: 'prod' },
      ],
    }),
    /has a dimension too many/i,
  ],
  [
    'the namespace is spelt wrong',
    settings({ Namespace: 'AWS/billing' }),
    /watches the namespace "AWS\/billing"; charges are in "AWS\/Billing"/i,
  ],
  [
    'the metric is spelt wrong',
    settings({ MetricName: 'estimatedcharges' }),
    /watches the metric "estimatedcharges"/i,
  ],
  ['the alarm counts samples', settings({ Statistic: 'SampleCount' }), /counts how many figures there are/i],
  ['the alarm asks for a unit', settings({ Unit: 'Count' }), /asks for figures in Count/i],
  [
    'the alarm compares downwards',
    settings({ ComparisonOperator: 'LessThanThreshold' }),
    /warns of charges that are too low, and not of high ones/i,
  ],
  [
    'the alarm was deleted',
    (world) => {
      world.alarms = [];
    },
    /No alarm on what the account costs: the topic aws-first-steps-billing and its subscriber are there/i,
  ],
  [
    'the threshold is never reached in time',
    settings({ Threshold: 50_000 }),
    /warns above 50000 USD only: by then it is too late/i,
  ],
  [
    'the threshold is passed by the first cent',
    settings({ Threshold: 0 }),
    /warns above 0 USD: the month's first cent sets it off, and nothing after that/i,
  ],
];

const plannedIn = ({ transcript }: ScriptedRun['dialogue']): readonly string[] =>
  transcript.flatMap((one) =>
    one.kind === 'message' && one.message.kind === 'plan'
      ? one.message.lines.flatMap((line) => line.operations)
      : [],
  );

/** What only its owner can undo. */
const manualWays: typeof ways = [
  [
    'the topic denies everybody',
    withTopicPolicy(
      { Effect: 'Allow', Principal: '*', Action: 'SNS:*', Resource: '*' },
      { Effect: 'Deny', Principal: '*', Action: 'SNS:Publish', Resource: '*' },
    ),
    /the policy of the topic aws-first-steps-billing does not let CloudWatch publish/i,
  ],
];

describe('an alarm that would fail silently', () => {
  it.each([...ways, ...manualWays])('is found and named: %s', async (_, spoil, says) => {
    const { finding } = await checkIn(step, await after(spoil));
    expect(['unmet', 'waiting']).toContain(finding.status);
    expect(finding.summary).toMatch(says);
    expect(finding.remedy).toBeTruthy();
  });

  it.each(ways)('is repaired and proven by what the plan shows, and nothing else: %s', async (_, spoil) => {
    const practiceRun = await after(spoil);
    const { code, dialogue, said } = await runScripted(practiceRun, only);
    expect(code, said).toBe(0);
    expect(listChanges(practiceRun).map(({ operation }) => operation)).toEqual(plannedIn(dialogue));
    expect((await checkIn(step, practiceRun)).finding).toMatchObject({
      status: 'met',
      summary: expect.stringContaining('proven on 2026-11-23, today'),
    });
  });
});

describe('an alarm in the wrong Region', () => {
  const inIreland = async () => {
    const practiceRun = await after(
      each((alarm) => {
        alarm.arn = alarm.arn.replace('us-east-1', 'eu-west-1');
      }),
    );
    const aws = createAwsClients({
      credentials: practiceRun.practice.credentials,
      region: 'eu-west-1',
      practiceMiddleware: practiceRun.practice.middleware,
      retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
    });
    return { ...practiceRun, aws };
  };

  it('is found in the Region where the owner signs in, and named', async () => {
    const { finding } = await checkIn(step, await inIreland());
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(
      /aws-first-steps-billing-5-usd is in eu-west-1, and AWS publishes charges in us-east-1 only/,
    );
  });

  it('is ignored after a working one has been made beside it', async () => {
    const practiceRun = await inIreland();
    expect((await runScripted(practiceRun, only)).code).toBe(0);
    const { finding } = await checkIn(step, practiceRun);
    expect(finding).toMatchObject({ status: 'met' });
    expect(finding.summary).not.toContain('eu-west-1');
    expect(practiceRun.practice.snapshot().alarms.map(({ arn }) => arn.split(':')[3])).toEqual([
      'eu-west-1',
      'eu-west-1',
      'us-east-1',
      'us-east-1',
    ]);
  });
});

describe('an alarm with several faults', () => {
  it('has all of them named, the most fundamental first, and all repaired at once', async () => {
    const practiceRun = await after((world) => {
      delete world.billing.alertsSince;
      settings({ ActionsEnabled: false })(world);
      encrypt('alias/aws/sns')(world);
      world.subscriptions = [];
    });
    const { summary } = (await checkIn(step, practiceRun)).finding;
    const places = [/billing alerts are off/i, /actions of the alarm/, /own key/, /and 1 more/].map((part) =>
      summary.search(part),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect((await runScripted(practiceRun, only)).code).toBe(0);
    expect((await checkIn(step, practiceRun)).finding.status).toBe('met');
  });
});

describe('the proof of an alarm', () => {
  it.each<[string, Partial<PracticeAlarm['settings']>]>([
    ['statistic', { Statistic: 'Average' }],
    ['extended statistic', { ExtendedStatistic: 'p99' }],
    ['period', { Period: 43_200 }],
    ['number of periods', { EvaluationPeriods: 2 }],
    ['number of high figures', { EvaluationPeriods: 3, DatapointsToAlarm: 1 }],
    ['amount', { Threshold: 7 }],
    ['comparison', { ComparisonOperator: 'GreaterThanOrEqualToThreshold' }],
    ['unit', { Unit: 'None' }],
    ['way with missing figures', { TreatMissingData: 'ignore' }],
  ])('is void once its %s is another', async (_, change) => {
    const { finding } = await checkIn(step, await after(settings(change)));
    expect(finding.status).not.toBe('met');
    expect(finding.summary).toContain('the alarms have changed since');
  });

  it('is not void where there are other alarms, about other things', async () => {
    const practiceRun = await after((world) => {
      plantAlarm(world, 'busy', { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions: [] });
    });
    const { finding } = await checkIn(step, practiceRun);
    expect(finding.status).toBe('met');
    expect(finding.summary).not.toContain('busy');
  });
});

describe('an alarm that the owner made beside a working one', () => {
  it('is left alone', async () => {
    const practiceRun = await after((world) => {
      const [first] = world.alarms;
      if (!first) return;
      const change = { AlarmName: 'mine', Threshold: 300, ActionsEnabled: false };
      world.alarms.push({
        ...first,
        arn: `${first.arn}-mine`,
        settings: { ...first.settings, ...change },
      });
    });
    expect((await checkIn(step, practiceRun)).finding.status).toBe('met');
  });
});

it('the billing alarm encrypts nothing itself, and names the topic that it is about', async () => {
  expect((await proven()).topics.map(({ arn, attributes }) => [arn.split(':').at(-1), attributes])).toEqual([
    [topicName, {}],
  ]);
});
