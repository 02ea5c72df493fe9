import { describe, expect, it } from 'vitest';
import { findObjection } from '../../src/core/question.ts';
import type { World } from '../../src/practice/world/world.ts';
import { listChanges, checkIn, runScripted, startPracticeRun, findStep } from '../_support/practice-run.ts';
import { owner } from '../_support/scripted-owner.ts';
import {
  accountWith,
  plantAlarm,
  plantTopic,
  publishCharges,
  runStepByHand,
  topicIn,
} from '../_support/practice-worlds.ts';

const step = findStep('billing-alarm');
const only = { steps: [step] };

const look = async (plant: (world: World) => void) =>
  (await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }))).finding;

const operations = (practiceRun: Awaited<ReturnType<typeof startPracticeRun>>) =>
  listChanges(practiceRun).map(({ operation }) => operation);

/** An alarm that works, but for what `change` takes away. */
const working = (world: World, change: Parameters<typeof plantAlarm>[2] = {}, confirmed = true): void => {
  publishCharges(world);
  plantAlarm(world, 'budget', { AlarmActions: [plantTopic(world, 'money', confirmed)], ...change });
};

describe('a billing alarm', () => {
  it('counts, no matter who made it and what it is called', async () => {
    expect(await look(working)).toMatchObject({
      status: 'waiting',
      summary: expect.stringMatching(/^Alarm at 10 USD a month; not proven yet that it reaches you/),
    });
  });

  it('is made in us-east-1 alone, the only Region where AWS publishes charges', async () => {
    const practiceRun = await startPracticeRun();
    await runScripted(practiceRun, only);
    const { log } = practiceRun.practice;
    const places = log
      .filter(({ operation }) => /^(sns|cloudwatch):/.test(operation))
      .map((one) => one.region);
    expect(new Set(places)).toEqual(new Set(['us-east-1']));
  });

  it('does not count when it watches something else', async () => {
    const finding = await look((world) =>
      working(world, { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }),
    );
    expect(finding).toMatchObject({ status: 'unmet', summary: 'No alarm on what the account costs' });
  });

  it('waits while nobody has confirmed the mail', async () => {
    const { status, summary } = await look((world) => working(world, {}, false));
    expect(status).toBe('waiting');
    expect(summary).toContain('the mail to maria@example.com is not confirmed yet');
  });

  it('waits while AWS publishes no figures, since it cannot fire, and the finding says how long that takes', async () => {
    const { status, summary } = await look((world) => {
      working(world);
      world.billing.alertsSince = '2026-11-23T12:00:00.000Z';
      world.billing.figuresAfter = 15;
    });
    expect(status).toBe('waiting');
    expect(summary).toMatch(
      /billing alerts are on, but AWS publishes no figures yet .*15 minutes.* cannot fire/i,
    );
  });
});

const drill = ['cloudwatch:SetAlarmState', 'sns:TagResource'];
const asking = ['sns:TagResource', 'sns:Subscribe'];

describe('an alarm that reaches nobody', () => {
  const repaired = async (plant: (world: World) => void) => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(plant) });
    const { code } = await runScripted(practiceRun, only);
    const world = practiceRun.practice.snapshot();
    return { code, sent: operations(practiceRun), world, alarm: world.alarms[0]?.settings };
  };

  it('only has its actions turned on when they are off', async () => {
    const { code, sent, alarm } = await repaired((world) => working(world, { ActionsEnabled: false }));
    expect(code).toBe(0);
    expect(sent).toEqual(['cloudwatch:EnableAlarmActions', ...drill]);
    expect(alarm?.ActionsEnabled).toBe(true);
  });

  it('gets a topic when it has none, and keeps all its settings', async () => {
    const settings = {
      AlarmDescription: 'ours',
      Threshold: 42,
      Statistic: 'Average' as const,
      Period: 86_400,
      TreatMissingData: 'breaching',
      OKActions: ['arn:aws:sns:us-east-1:431209876655:fine'],
    };
    const { code, sent, alarm } = await repaired((world) => {
      publishCharges(world);
      plantAlarm(world, 'budget', settings);
    });
    expect(code).toBe(0);
    expect(sent).toEqual([
      'sns:CreateTopic',
      ...asking,
      'cloudwatch:PutMetricAlarm',
      'sns:ConfirmSubscription',
      ...drill,
    ]);
    expect(alarm).toMatchObject(settings);
    expect(alarm?.AlarmActions).toEqual(['arn:aws:sns:us-east-1:431209876655:aws-first-steps-billing']);
  });

  it('gets its topic back when the topic was deleted', async () => {
    const { code, sent, world } = await repaired((planted) => {
      publishCharges(planted);
      plantAlarm(planted, 'budget', { AlarmActions: [topicIn(planted, 'gone')] });
    });
    expect(code).toBe(0);
    expect(sent).toEqual(['sns:CreateTopic', ...asking, 'sns:ConfirmSubscription', ...drill]);
    expect(world.topics.map(({ arn }) => arn)).toEqual([topicIn(world, 'gone')]);
  });

  it('gets a topic of this account besides when its topic belongs to another account', async () => {
    const foreign = 'arn:aws:sns:us-east-1:999999999999:theirs';
    const { code, alarm } = await repaired((world) => {
      publishCharges(world);
      plantAlarm(world, 'budget', { AlarmActions: [foreign] });
    });
    expect(code).toBe(0);
    expect(alarm?.AlarmActions).toEqual([
      foreign,
      'arn:aws:sns:us-east-1:431209876655:aws-first-steps-billing',
    ]);
  });

  it('stays as it is when its threshold is too low, and a real one is made beside it', async () => {
    const { code, world, alarm } = await repaired((planted) => {
      working(planted, { ComparisonOperator: 'LessThanThreshold', Threshold: 5 });
    });
    expect(code).toBe(0);
    expect(alarm?.ComparisonOperator).toBe('LessThanThreshold');
    expect(world.alarms.slice(1).map(({ settings }) => settings.Threshold)).toEqual([5, 20]);
  });
});

describe('the resources of an earlier run', () => {
  it('are not made twice when somebody has confirmed the subscription to the topic', async () => {
    const scenario = accountWith((world) => {
      publishCharges(world);
      plantTopic(world, 'aws-first-steps-billing', true);
    });
    const practiceRun = await startPracticeRun({ scenario });
    expect((await runScripted(practiceRun, only)).code).toBe(0);
    expect(operations(practiceRun)).toEqual([
      'cloudwatch:PutMetricAlarm',
      'cloudwatch:PutMetricAlarm',
      ...drill,
    ]);
  });

  it('are used without asking again for an address that has not confirmed yet', async () => {
    const scenario = accountWith((world) => {
      publishCharges(world);
      plantTopic(world, 'aws-first-steps-billing', false);
    });
    const { owner: who } = await runStepByHand('billing-alarm', await startPracticeRun({ scenario }));
    expect(who.names()).not.toContain('email');
  });
});

describe('an existing topic that mails to somebody already', () => {
  const bothAlarms = ['cloudwatch:PutMetricAlarm', 'cloudwatch:PutMetricAlarm'];

  /** What becomes of the one topic there is, which the question has as its default. */
  const chosen = async (attributes: Record<string, string>) => {
    const scenario = accountWith((world) => {
      publishCharges(world);
      plantTopic(world, 'money', true);
      for (const topic of world.topics) topic.attributes = attributes;
    });
    const practiceRun = await startPracticeRun({ scenario });
    await runScripted(practiceRun, only);
    const { status } = (await checkIn(step, practiceRun)).finding;
    return { sent: operations(practiceRun), status, topics: practiceRun.practice.snapshot().topics };
  };

  it('can be chosen, and is used as it is', async () => {
    const { sent, status } = await chosen({});
    expect(sent).toEqual([...bothAlarms, ...drill]);
    expect(status).toBe('met');
  });

  it.each(['alias/aws/sns', 'arn:aws:kms:us-east-1:431209876655:alias/aws/sns'])(
    'can be chosen although %s silences it, which is repaired first',
    async (KmsMasterKeyId) => {
      const { sent, status, topics } = await chosen({ KmsMasterKeyId });
      expect(sent).toEqual(['sns:SetTopicAttributes', ...bothAlarms, ...drill]);
      expect(status).toBe('met');
      expect(topics.map(({ attributes }) => attributes)).toEqual([{}]);
    },
  );

  it('is offered only as far as the list of topics goes', async () => {
    const scenario = accountWith((world) => {
      publishCharges(world);
      for (let number = 1; number <= 30; number += 1) plantTopic(world, `money-${number}`, true);
    });
    const practiceRun = await startPracticeRun({ scenario });
    const { finding } = await checkIn(step, practiceRun);
    const { topic } = step.questions(finding.facts);
    const offered = topic?.kind === 'choice' ? topic.options.map(({ value }) => value) : [];
    expect(offered).toHaveLength(11);
    const { log } = practiceRun.practice;
    expect(log.filter(({ operation }) => operation === 'sns:GetTopicAttributes')).toHaveLength(10);
  });
});

describe('the amounts of the alarm', () => {
  const question = async () => {
    const asked = step.questions((await look(() => {})).facts)['amounts'];
    return (text: string) => asked && findObjection(asked, text);
  };

  it.each(['5', '5, 20', ' 5 ,20 ', '1.5', '0.5', '999.99', '1000', '1,2,3,4,5'])(
    'can be "%s"',
    async (text) => {
      expect((await question())(text)).toBeUndefined();
    },
  );

  it.each([
    '',
    '0',
    '0.00',
    '-5',
    '5;20',
    '5 20',
    'five',
    '1e3',
    '5,',
    '1,2,3,4,5,6',
    '10001',
    '1000.01',
    '4500',
    '٥',
    '$5',
  ])('cannot be "%s"', async (text) => {
    expect((await question())(text)).toBe('Give one to five amounts up to 1000, such as 5, 20.');
  });

  it('lead to one alarm each, however often and in whatever form they are given', async () => {
    const practiceRun = await startPracticeRun();
    const answers = { 'billing-alarm': { email: 'owner@example.com', amounts: '5, 5.00, 12.50,5' } };
    await runScripted(practiceRun, { ...only, answers });
    const { alarms } = practiceRun.practice.snapshot();
    expect(alarms.map(({ settings }) => [settings.AlarmName, settings.Threshold])).toEqual([
      ['aws-first-steps-billing-5-usd', 5],
      ['aws-first-steps-billing-12.5-usd', 12.5],
    ]);
  });
});

describe('the wait for the confirmation mail', () => {
  const inbox = (practiceRun: Awaited<ReturnType<typeof startPracticeRun>>) =>
    practiceRun.practice.desk.listMails().map(({ to }) => to);

  it('can send the mail again', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({
      email: ['maria@example.com'],
      'wait-for-mail': ['missing', 'missing'],
      'mail-missing': ['again', 'again'],
    });
    const { checkResult: after } = await runStepByHand('billing-alarm', practiceRun, who);
    expect(inbox(practiceRun)).toEqual(['maria@example.com', 'maria@example.com', 'maria@example.com']);
    expect(after.finding.status).toBe('waiting');
  });

  it.each(['maria', 'maria@example', 'a@b.c, d@e.f', 'Maria <maria@example.com>', 'a b@example.com', ''])(
    'does not start with the address "%s"',
    async (address) => {
      const email = step.questions((await look(() => {})).facts)['email'];
      expect(email && findObjection(email, address)).toBeTruthy();
    },
  );
});
