import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import type { World } from '../../../src/practice/world/world.ts';
import {
  checkIn,
  findStep,
  reasonOf,
  resumeRun,
  runScripted,
  startPracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, alertTo, plantBudget, plantTopic } from '../../_support/practice-worlds.ts';

const step = findStep('budget');
const account = '431209876655';
const topicArn = `arn:aws:sns:us-east-1:${account}:money`;
const none = 'The budget mine warns nobody of money that was spent';

type Statement = Readonly<Record<string, unknown>>;

const allowBudgets: Statement = {
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: topicArn,
};

const setPolicy = (world: World, ...statements: readonly Statement[]): void => {
  for (const { attributes } of world.topics)
    attributes['Policy'] = JSON.stringify({ Version: '2012-10-17', Statement: statements });
};

/** A budget that warns only a topic, to which somebody is subscribed by mail. */
const warningTopic = (change: (world: World) => void = () => {}) =>
  accountWith((world) => {
    const topic = plantTopic(world, 'money', true);
    setPolicy(world, allowBudgets);
    change(world);
    plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
  });

const look = async (scenario: World, denied?: string) => {
  const getError = (one: string) => (one === denied ? createAccessDeniedError(one) : undefined);
  return (await checkIn(step, await startPracticeRun({ scenario, faults: { getError } }))).finding;
};

const subscribe = (world: World, protocol: string, endpoint: string) => {
  world.subscriptions = world.subscriptions.map((one) => ({ ...one, protocol, endpoint }));
};

const filterBy = (world: World, FilterPolicy: object, FilterPolicyScope = 'MessageAttributes') => {
  world.subscriptions = world.subscriptions.map((one) => ({
    ...one,
    attributes: { FilterPolicy: JSON.stringify(FilterPolicy), FilterPolicyScope },
  }));
};

describe('the policy of a topic that a budget warns', () => {
  const condition = (Condition: object) => ({ ...allowBudgets, Condition });

  it.each<[string, readonly Statement[]]>([
    ['names AWS Budgets', [allowBudgets]],
    [
      'names it in a list',
      [{ ...allowBudgets, Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] } }],
    ],
    ['allows every action', [{ ...allowBudgets, Action: 'SNS:*' }]],
    ['is for this account', [condition({ StringEquals: { 'aws:SourceAccount': account } })]],
    [
      'is for budgets of this account',
      [condition({ ArnLike: { 'aws:SourceArn': `arn:aws:budgets::${account}:*` } })],
    ],
    ['lets everybody publish', [{ ...allowBudgets, Principal: '*' }]],
  ])('lets the budget count when it %s', async (_what, statements) => {
    const finding = await look(warningTopic((world) => setPolicy(world, ...statements)));
    expect(finding.status, reasonOf(finding)).toBe('met');
  });

  it.each<[string, readonly Statement[]]>([
    ['is for another account', [condition({ StringEquals: { 'aws:SourceAccount': '444455556666' } })]],
    ['is for another topic', [{ ...allowBudgets, Resource: 'arn:aws:sns:us-east-1:444455556666:money' }]],
    [
      'is for alarms',
      [condition({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:*:alarm:*' } })],
    ],
    ['allows to subscribe only', [{ ...allowBudgets, Action: 'SNS:Subscribe' }]],
    [
      'allows all but to publish',
      [
        {
          Effect: 'Allow',
          Principal: allowBudgets['Principal'],
          NotAction: 'SNS:Publish',
          Resource: topicArn,
        },
      ],
    ],
    ['denies it as well', [allowBudgets, { ...allowBudgets, Effect: 'Deny', Principal: '*' }]],
    ['names another service', [{ ...allowBudgets, Principal: { Service: 'cloudwatch.amazonaws.com' } }]],
    [
      'is the default policy',
      [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'SNS:Publish',
          Resource: topicArn,
          Condition: { StringEquals: { 'AWS:SourceOwner': account } },
        },
      ],
    ],
  ])('is named as what keeps warnings out when it %s', async (_what, statements) => {
    const finding = await look(warningTopic((world) => setPolicy(world, ...statements)));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: `${none}; ${topicArn}: its policy does not let AWS Budgets publish`,
    });
  });

  it('leaves the budget waiting when it has a condition that cannot be told', async () => {
    const statement = condition({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } });
    const finding = await look(warningTopic((world) => setPolicy(world, statement)));
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toContain('nobody can tell whether its policy lets AWS Budgets publish');
  });
});

describe('a filter policy on the subscription of a budget', () => {
  it.each<[string, object, string]>([
    ['about attributes', { severity: ['high'] }, 'MessageAttributes'],
    ['about the body', { budgetName: ['mine'] }, 'MessageBody'],
  ])('%s keeps the warnings out, and is named', async (_what, policy, scope) => {
    const finding = await look(warningTopic((world) => filterBy(world, policy, scope)));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: `${none}; ${topicArn}: the filter policy of the subscription of maria@example.com keeps the warnings out`,
    });
  });

  it('does not matter when it is empty', async () => {
    expect((await look(warningTopic((world) => filterBy(world, {})))).status).toBe('met');
  });

  it('of one subscriber does not matter when another one has none', async () => {
    const scenario = warningTopic((world) => {
      filterBy(world, { severity: ['high'] });
      const [first] = world.subscriptions;
      if (!first) throw new Error('nobody is subscribed');
      const { attributes: _filter, ...rest } = first;
      world.subscriptions.push({
        ...rest,
        arn: `${topicArn}:22222222-2222-3333-4444-555555555555`,
        endpoint: 'otto@example.com',
      });
    });
    expect((await look(scenario)).status).toBe('met');
  });

  it('is got round by the setup, which adds an address to the budget', async () => {
    const practiceRun = await startPracticeRun({
      scenario: warningTopic((world) => filterBy(world, { severity: ['high'] })),
    });
    const { said } = await runScripted(practiceRun, { steps: [step] });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status, reasonOf(finding, said)).toBe('attested');
  });
});

describe('a telephone that a budget warns', () => {
  const phone = (world: World) => subscribe(world, 'sms', '+4915112345678');

  it('does not count while the account is in the SMS sandbox', async () => {
    const finding = await look(warningTopic(phone));
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toContain(
      'the account is in the SMS sandbox, where only verified numbers get messages',
    );
  });

  it('counts once the account is out of it', async () => {
    const finding = await look(
      warningTopic((world) => {
        phone(world);
        world.outOfSmsSandbox = true;
      }),
    );
    expect(finding.status, reasonOf(finding)).toBe('met');
  });

  it('counts on the word of the owner that messages come', async () => {
    const practiceRun = await startPracticeRun({ scenario: warningTopic(phone) });
    await runScripted(practiceRun, { steps: [step], answers: { budget: { verified: 'yes' } } });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status).toBe('attested');
    expect(finding.summary).toContain('its warnings reach you, on your word of');
  });

  it('is nothing that a budget with mail waits for', async () => {
    const practiceRun = await startPracticeRun({ scenario: warningTopic() });
    await checkIn(step, practiceRun);
    const asked = practiceRun.practice.log.map(({ operation }) => operation);
    expect(asked).not.toContain('sns:GetSMSSandboxAccountStatus');
  });
});

describe('a read about a topic that AWS refuses', () => {
  it.each([
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
    'sns:GetSubscriptionAttributes',
    'sns:GetSMSSandboxAccountStatus',
  ])('is named, and nothing counts as done: %s', async (denied) => {
    const scenario = warningTopic((world) => {
      if (denied === 'sns:GetSMSSandboxAccountStatus') subscribe(world, 'sms', '+4915112345678');
      world.outOfSmsSandbox = true;
    });
    const finding = await look(scenario, denied);
    expect(finding.status, reasonOf(finding)).toBe('waiting');
    expect(finding.summary).toContain(`AWS did not answer ${denied}`);
  });
});

describe('a topic with more subscriptions than are read', () => {
  it('is not taken for one that reaches nobody', async () => {
    const scenario = warningTopic((world) => {
      filterBy(world, { severity: ['high'] });
      const [first] = world.subscriptions;
      if (!first) throw new Error('nobody is subscribed');
      world.subscriptions = Array.from({ length: 11 }, (_, n) => ({
        ...first,
        arn: `${topicArn}:11111111-2222-3333-4444-5555555555${10 + n}`,
      }));
    });
    const finding = await look(scenario);
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toContain('not all of which were read');
  });
});
