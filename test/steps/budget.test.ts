import { describe, expect, it } from 'vitest';
import { findObjection } from '../../src/core/question.ts';
import { digestVerifiedRecipients } from '../../src/steps/budget/attestation.ts';
import type { PracticeBudget } from '../../src/practice/world/budgets.ts';
import type { World } from '../../src/practice/world/world.ts';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import { ErrorResponse } from '../../src/practice/error-response.ts';
import { allCharges } from '../_support/cost-types.ts';
import { owner } from '../_support/scripted-owner.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
} from '../_support/practice-run.ts';
import {
  accountWith,
  alertTo,
  plantAdministrator,
  plantBudget,
  plantTopic,
  runStepByHand,
  topicIn,
} from '../_support/practice-worlds.ts';

const step = findStep('budget');
const only = { steps: [step] };
const maria = 'maria@example.com';

const look = async (plant: (world: World) => void) =>
  (await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }))).finding;

const operations = (practiceRun: Awaited<ReturnType<typeof startPracticeRun>>) =>
  listChanges(practiceRun).map(({ operation }) => operation);

/** What the step does with what it finds, everything answered by default or by `answers`. */
const taken = async (plant: (world: World) => void, answers?: Record<string, string>) => {
  const practiceRun = await startPracticeRun({ scenario: accountWith(plant) });
  const { code, said } = await runScripted(practiceRun, {
    ...only,
    ...(answers && { answers: { budget: answers } }),
  });
  const { status, summary } = (await checkIn(step, await resumeRun(practiceRun))).finding;
  const { budgets } = practiceRun.practice.snapshot().budgeting;
  return {
    code,
    said,
    sent: operations(practiceRun),
    status,
    summary,
    budgets,
    log: practiceRun.practice.log,
  };
};

/** Lets AWS Budgets publish to a topic, as AWS tells owners to. */
const letBudgetsIn = (world: World): void => {
  for (const { attributes } of world.topics) {
    attributes['Policy'] = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' }, Action: 'SNS:Publish' },
      ],
    });
  }
};

describe('an existing budget', () => {
  it('waits for the attestation that its address is verified, which AWS does not report', async () => {
    const finding = await look((world) => plantBudget(world, 'mine'));
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toBe(
      `Warns at 40 USD a month; no warning by forecast; AWS does not say whether ${maria} was verified`,
    );
  });

  it('counts on that attestation, and nothing in it is changed', async () => {
    const { status, sent, budgets } = await taken((world) => {
      plantAdministrator(world, 'anna');
      plantBudget(world, 'mine');
    });
    expect(status).toBe('attested');
    expect(sent).toEqual(['iam:TagUser']);
    expect(budgets).toHaveLength(1);
  });

  it('counts without an attestation when a topic with a confirmed subscriber gets its warnings', async () => {
    const finding = await look((world) => {
      const topic = plantTopic(world, 'money', true);
      letBudgetsIn(world);
      plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
    });
    expect(finding).toMatchObject({
      status: 'met',
      summary: 'Warns at 40 USD a month; no warning by forecast',
    });
  });

  it('is reported with its number of warnings, and that one comes by forecast', async () => {
    const { summary } = await look((world) =>
      plantBudget(world, 'mine', {
        alerts: [
          alertTo([maria], { Threshold: 100 }),
          alertTo([maria], { Threshold: 12.5, ThresholdType: 'ABSOLUTE_VALUE' }),
          alertTo([maria], { NotificationType: 'FORECASTED', Threshold: 100 }),
        ],
      }),
    );
    expect(summary).toMatch(/^Warns at 12\.5 and 50 USD a month, and ahead of time by forecast;/);
  });

  it('counts when it is the zero-spend budget of the console', async () => {
    const { status, summary } = await look((world) =>
      plantBudget(world, 'My Zero-Spend Budget', {
        limit: { Amount: '1.0', Unit: 'USD' },
        alerts: [alertTo([maria], { Threshold: 0.01, ThresholdType: 'ABSOLUTE_VALUE' })],
      }),
    );
    expect(status).toBe('waiting');
    expect(summary).toMatch(/^Warns at 0\.01 USD a month/);
  });

  it('counts when it leaves out only kinds of charges, as the console does to exclude credits', async () => {
    const credits = { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } };
    const finding = await look((world) => plantBudget(world, 'mine', { expression: { Not: credits } }));
    expect(finding.status).toBe('waiting');
  });

  it('is reported as silent while credits pay, when it subtracts them', async () => {
    const { summary } = await look((world) => plantBudget(world, 'mine', { costTypes: allCharges }));
    expect(summary).toContain('silent while credits pay, since it subtracts them');
  });
});

describe('an insufficient budget', () => {
  const service = { Dimensions: { Key: 'SERVICE', Values: ['Amazon Simple Storage Service'] } };

  it.each<[string, Partial<PracticeBudget>]>([
    ['does not watch costs', { type: 'USAGE' }],
    ['does not watch costs', { type: 'SAVINGS_PLANS_COVERAGE' }],
    ['is not a monthly one', { timeUnit: 'ANNUALLY' }],
    ['watches only a part of the account', { filters: { Service: ['Amazon S3'] } }],
    ['watches only a part of the account', { expression: service }],
    ['watches only a part of the account', { expression: { Not: service } }],
    [
      'watches only a part of the account',
      { expression: { And: [{ Dimensions: { Key: 'RECORD_TYPE', Values: ['Usage'] } }, service] } },
    ],
    [
      'watches only a part of the account',
      { expression: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax'] } } },
    ],
    ['has not begun yet: it starts on 2027-01-01', { start: '2027-01-01T00:00:00.000Z' }],
  ])('is named with what is wrong: it %s', async (words, change) => {
    const finding = await look((world) => plantBudget(world, 'mine', change));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: `No budget over the whole account: mine ${words}`,
    });
  });

  it('that has ended is treated as absent', async () => {
    const { summary } = await look((world) =>
      plantBudget(world, 'mine', { end: '2026-11-01T00:00:00.000Z' }),
    );
    expect(summary).toBe('No budget: nobody is warned before the money is spent');
  });

  it.each<[string, PracticeBudget['alerts']]>([
    ['warns nobody of money that was spent', []],
    ['warns nobody of money that was spent', [alertTo([])]],
    ['warns nobody of money that was spent', [alertTo([maria], { NotificationType: 'FORECASTED' })]],
    [
      'warns far above what is spent: only at 500000 USD a month',
      [alertTo([maria], { Threshold: 1_000_000 })],
    ],
    [
      'warns far above what is spent: only at 50000 USD a month',
      [alertTo([maria], { Threshold: 50_000, ThresholdType: 'ABSOLUTE_VALUE' })],
    ],
    ['warns nobody of money that was spent', [alertTo([maria], { ComparisonOperator: 'LESS_THAN' })]],
    ['warns nobody of money that was spent', [alertTo([maria], { ComparisonOperator: 'EQUAL_TO' })]],
  ])('is named with what is wrong: it %s (%#)', async (words, alerts) => {
    const finding = await look((world) => plantBudget(world, 'mine', { alerts }));
    expect(finding).toMatchObject({ status: 'unmet', summary: `The budget mine ${words}` });
  });

  it('is not one whose warning is high but near what is spent', async () => {
    const large = { limit: { Amount: '20000.0', Unit: 'USD' }, spent: '9000.0' };
    const { status } = await look((world) => plantBudget(world, 'mine', large));
    expect(status).toBe('waiting');
  });

  const topicsWith = (world: World, attributes: Record<string, string>): void => {
    world.topics = world.topics.map((one) => ({ ...one, attributes: { ...attributes } }));
  };

  const encryptTopics = (KmsMasterKeyId: string) => (world: World) =>
    topicsWith(world, { ...world.topics[0]?.attributes, KmsMasterKeyId });

  it.each<[string, (world: World) => void]>([
    [
      'nobody has confirmed a subscription to it',
      (world) => {
        world.subscriptions = world.subscriptions.map((one) => ({ ...one, confirmed: false }));
      },
    ],
    ['its policy does not let AWS Budgets publish', (world) => topicsWith(world, {})],
    [
      "it is encrypted with AWS's own key (alias/aws/sns), which AWS Budgets may not use",
      encryptTopics('alias/aws/sns'),
    ],
    [
      "it is encrypted with AWS's own key (alias/aws/sns), which AWS Budgets may not use",
      encryptTopics('arn:aws:kms:us-east-1:431209876655:alias/aws/sns'),
    ],
    [
      'it was deleted',
      (world) => {
        world.topics = [];
      },
    ],
  ])('warns only a topic that fails, and why is said: %s (%#)', async (because, spoil) => {
    const { status, summary } = await look((world) => {
      const topic = plantTopic(world, 'money', true);
      letBudgetsIn(world);
      spoil(world);
      plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
    });
    expect(status).toBe('unmet');
    expect(summary).toBe(
      `The budget mine warns nobody of money that was spent; arn:aws:sns:us-east-1:431209876655:money: ${because}`,
    );
  });

  /** A budget that warns a topic to which somebody is subscribed by mail, but for what `change` makes of it. */
  const warningTopic = (change: (world: World) => void) => (world: World) => {
    const topic = plantTopic(world, 'money', true);
    letBudgetsIn(world);
    change(world);
    plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
  };

  const subscribedBy = (protocol: string, endpoint: string) => (world: World) => {
    world.subscriptions = world.subscriptions.map((one) => ({ ...one, protocol, endpoint }));
  };

  const untold: readonly [string, (world: World) => void][] = [
    ['a topic under a key of the owner, whose policy is not read', warningTopic(encryptTopics('alias/mine'))],
    [
      'a topic that ends in a queue, which nobody may read',
      warningTopic(subscribedBy('sqs', 'arn:aws:sqs:us-east-1:431209876655:bills')),
    ],
    [
      'a topic that ends in a function',
      warningTopic(subscribedBy('lambda', 'arn:aws:lambda:us-east-1:431209876655:function:bills')),
    ],
    [
      'a topic in a Region that is not looked into',
      (world) => {
        const topic = topicIn(world, 'money').replace('us-east-1', 'eu-west-1');
        plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
      },
    ],
  ];

  it.each(untold)('is not one with %s, which needs the attestation of the owner', async (_what, plant) => {
    const { status, summary, remedy } = await look(plant);
    expect(status).toBe('waiting');
    expect(summary).toMatch(/AWS does not say whether anybody gets what is sent to arn:aws:sns:[a-z-]+-1:/);
    expect(remedy).toContain('whether its warnings reach you');
  });

  it.each(untold)('counts on that attestation with %s, and no mail is asked about', async (_what, plant) => {
    const practiceRun = await startPracticeRun({ scenario: accountWith(plant) });
    const who = owner({ verified: ['yes'] });
    const { checkResult: after } = await runStepByHand('budget', practiceRun, who);
    expect(after.finding).toMatchObject({
      status: 'attested',
      summary: expect.stringContaining('its warnings reach you, on your word of 2026-11-23'),
    });
    expect(who.asked.map(({ question }) => question.message)).toContain('Do the warnings reach you?');
    const errand = who.told.find((note) => note.kind === 'manual-task');
    expect(JSON.stringify(errand)).not.toContain('12 hours');
  });

  it.each(['email', 'email-json'])('is not one with a topic that sends %s to somebody', async (protocol) => {
    const { status } = await look(warningTopic(subscribedBy(protocol, maria)));
    expect(status).toBe('met');
  });
});

describe('an incomplete budget of the owner', () => {
  it('gets the missing warnings when it watches the whole account and warns nobody', async () => {
    const { sent, budgets, status } = await taken((world) => plantBudget(world, 'mine', { alerts: [] }));
    expect(sent).toEqual(Array(3).fill('budgets:CreateNotification'));
    expect(budgets.map(({ name }) => name)).toEqual(['mine']);
    expect(budgets[0]?.alerts.map(({ notification }) => notification.NotificationType)).toEqual([
      'ACTUAL',
      'ACTUAL',
      'FORECASTED',
    ]);
    expect(status).toBe('attested');
  });

  it('gets a warning of money that was spent when it only forecasts', async () => {
    const forecast = alertTo([maria], { NotificationType: 'FORECASTED', Threshold: 100 });
    const { sent, budgets } = await taken((world) => plantBudget(world, 'mine', { alerts: [forecast] }));
    expect(sent).toEqual(Array(2).fill('budgets:CreateNotification'));
    expect(budgets[0]?.alerts[0]).toEqual(forecast);
  });

  it('gets a subscriber who reads when it only warns a silent topic', async () => {
    const { sent, budgets } = await taken((world) => {
      const topic = plantTopic(world, 'money', false);
      plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
    });
    expect(sent[0]).toBe('budgets:CreateSubscriber');
    expect(budgets[0]?.alerts[0]?.subscribers).toHaveLength(2);
  });

  it('gets another budget beside it when it has no room or its limit is absurd', async () => {
    const full = [1, 2, 3, 4, 5].map((Threshold) =>
      alertTo([maria], { NotificationType: 'FORECASTED', Threshold }),
    );
    const absurd = { limit: { Amount: '900000.0', Unit: 'USD' } };
    const { sent, budgets, status } = await taken((world) => {
      plantBudget(world, 'full', { alerts: full });
      plantBudget(world, 'absurd', absurd);
    });
    expect(sent).toEqual(['budgets:CreateBudget']);
    expect(budgets.map(({ name }) => name)).toEqual(['full', 'absurd', 'aws-first-steps-monthly']);
    expect(status).toBe('attested');
  });

  it('gets another limit when this program made it and somebody set it far too high; its subscribers stay', async () => {
    const { sent, budgets, status, summary } = await taken(
      (world) =>
        plantBudget(world, 'aws-first-steps-monthly', { limit: { Amount: '900000.0', Unit: 'USD' } }),
      { amount: '25', verified: 'yes' },
    );
    expect(sent).toEqual(['budgets:UpdateBudget']);
    expect(budgets[0]?.alerts).toEqual([alertTo([maria])]);
    expect(status).toBe('attested');
    expect(summary).toMatch(/^Warns at 20 USD a month/);
  });

  it('leads to another name when a budget over a part of the account has the usual one', async () => {
    const { budgets } = await taken((world) =>
      plantBudget(world, 'aws-first-steps-monthly', { filters: { Service: ['Amazon S3'] } }),
    );
    expect(budgets.map(({ name }) => name)).toEqual(['aws-first-steps-monthly', 'aws-first-steps-monthly-2']);
  });
});

describe('the budget that this program makes', () => {
  it('is made in one call, for the account at hand, and counts usage before credits', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    await runScripted(practiceRun, { ...only, answers: { budget: { amount: '12.50', email: maria } } });
    const alert = (NotificationType: string, Threshold: number) => ({
      Notification: {
        NotificationType,
        ComparisonOperator: 'GREATER_THAN',
        Threshold,
        ThresholdType: 'PERCENTAGE',
      },
      Subscribers: [{ SubscriptionType: 'EMAIL', Address: maria }],
    });
    expect(listChanges(practiceRun)).toMatchObject([
      {
        operation: 'budgets:CreateBudget',
        input: {
          AccountId: '431209876655',
          Budget: {
            BudgetName: 'aws-first-steps-monthly',
            BudgetType: 'COST',
            TimeUnit: 'MONTHLY',
            BudgetLimit: { Amount: '12.50', Unit: 'USD' },
            CostTypes: { IncludeCredit: false, IncludeRefund: false, IncludeTax: true },
          },
          NotificationsWithSubscribers: [alert('ACTUAL', 80), alert('ACTUAL', 100), alert('FORECASTED', 100)],
        },
      },
    ]);
    const regions = practiceRun.practice.log.filter(({ operation }) => operation.startsWith('budgets:'));
    expect(new Set(regions.map(({ region }) => region))).toEqual(new Set(['us-east-1']));
  });

  it.each([
    ['clean', true],
    ['paid', false],
    ['older', false],
  ] as const)(
    'in an account that is %s mentions the credit that AWS offers for it: %s',
    async (scenario, offers) => {
      const { said } = await runScripted(await startPracticeRun({ scenario }), only);
      expect(said).toContain('Credits are not subtracted');
      expect(said.includes('AWS may credit you up to 20 USD')).toBe(offers);
    },
  );

  it.each(['member', 'management', 'project'] as const)(
    'is made in an account that is %s',
    async (scenario) => {
      const practiceRun = await startPracticeRun({ scenario });
      await runStepByHand(
        'budget',
        practiceRun,
        owner({ amount: ['10'], email: [maria], verified: ['yes'] }),
      );
      expect((await checkIn(step, practiceRun)).finding.status).toBe('attested');
    },
  );

  it('has one amount', async () => {
    const { amount } = step.questions((await look(() => {})).facts);
    const refused = (text: string) => amount && findObjection(amount, text);
    for (const text of ['10', ' 12.50 ', '0.5', '1000', '1000.00'])
      expect(refused(text), text).toBeUndefined();
    for (const text of ['', '0', '-5', '5, 20', '1e3', '$5', '1000.01', '4500', '1000000', '٥'])
      expect(refused(text), text).toBe('Give one amount up to 1000, such as 10 or 12.50.');
  });
});

describe('the attestation that an address is verified', () => {
  it('is asked for with the sender of the mail and how long it is valid', async () => {
    const { owner: who } = await runStepByHand(
      'budget',
      await startPracticeRun({ scenario: accountWith((world) => plantBudget(world, 'mine')) }),
    );
    const errand = who.told.find((note) => note.kind === 'manual-task');
    expect(JSON.stringify(errand)).toMatch(/maria@example\.com.*signed in.*12 hours.*@aws\.com/);
    expect(who.names()).toEqual(['verified']);
  });

  it('is not given by pressing Enter alone', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantBudget(world, 'mine')),
    });
    expect((await runStepByHand('budget', practiceRun)).checkResult.finding.status).toBe('waiting');
  });

  it('is not kept when it is "not yet", and is asked for again the next time', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantBudget(world, 'mine')),
    });
    const who = owner({ verified: ['later'] });
    expect((await runStepByHand('budget', practiceRun, who)).checkResult.finding.status).toBe('waiting');
    const again = await runStepByHand('budget', practiceRun, owner({ verified: ['yes'] }));
    expect(again.owner.names()).toEqual(['verified']);
    expect(again.checkResult.finding.summary).toContain('on your word of 2026-11-23');
  });

  const withTag = (value: string, ...to: readonly string[]) =>
    look((world) => {
      plantAdministrator(world, 'anna');
      for (const user of world.users) user.tags = [{ Key: 'aws-first-steps:budget', Value: value }];
      plantBudget(world, 'mine', { alerts: [alertTo(to)] });
    });

  it('is found by its tag from another machine, in whatever order AWS lists the addresses', async () => {
    const word = `${digestVerifiedRecipients([maria, 'Otto@example.com'])} 2026-11-01`;
    const { status, summary } = await withTag(word, 'otto@example.com', maria);
    expect(status).toBe('attested');
    expect(summary).toContain('on your word of 2026-11-01');
  });

  it.each([
    ['another address has been added', [maria, 'otto@example.com']],
    ['the address is another one', ['otto@example.com']],
  ])('is void when %s', async (_what, to) => {
    expect((await withTag(`${digestVerifiedRecipients([maria])} 2026-11-01`, ...to)).status).toBe('waiting');
  });

  it.each([
    'verified 2026-11-01',
    digestVerifiedRecipients([maria]),
    `${digestVerifiedRecipients([maria])} 2026-13-01`,
    '',
  ])('is not a tag that says "%s"', async (value) => {
    expect((await withTag(value, maria)).status).toBe('waiting');
  });

  it('contains no address where it is stored', () => {
    expect(digestVerifiedRecipients([maria])).toMatch(/^verified-[0-9a-f]{16}$/);
  });
});

describe('a refusal of AWS Budgets', () => {
  const refusedWith = async (operation: string, error: Error) => {
    const faults = { getError: (one: string) => (one === operation ? error : undefined) };
    const practiceRun = await startPracticeRun({ scenario: 'clean', faults });
    const { code, said } = await runScripted(practiceRun, only);
    return { code, said };
  };

  it('is explained with what helps when a new account may not have budgets yet', async () => {
    const message =
      'Account 431209876655 is a linked account. To enable budgets for your account, ask the payer account to enable budgets first.';
    const { code, said } = await refusedWith(
      'budgets:CreateBudget',
      new ErrorResponse('AccessDeniedException', 400, message),
    );
    expect(code).not.toBe(0);
    expect(said).toContain('AWS does not allow budgets in this account yet.');
    expect(said).toContain('try again tomorrow');
  });

  // IAM access to billing opens pages of the console, and not the API of AWS Budgets (AWS Billing User Guide, the page
  // control-access-billing).
  it('is a missing permission, and nothing that IAM access to billing would change', async () => {
    const { code, said } = await refusedWith(
      'budgets:DescribeBudgets',
      createAccessDeniedError('budgets:ViewBudget'),
    );
    expect(code).not.toBe(0);
    expect(said).toContain('You are not allowed to call budgets:ViewBudget.');
    expect(said).toContain('ask an administrator for that permission');
    expect(said).not.toMatch(/billing-access|IAM access/);
  });

  it('is explained with what helps when there are too many budgets', async () => {
    const { said } = await refusedWith(
      'budgets:CreateBudget',
      new ErrorResponse('CreationLimitExceededException', 400, 'You have reached the limit of budgets.'),
    );
    expect(said).toContain('The account has reached a limit: You have reached the limit of budgets.');
  });

  it('leaves the step unknown, in words, when something other than AWS answers a read', async () => {
    const faults = {
      getError: (one: string) =>
        one === 'budgets:DescribeSubscribersForNotification'
          ? new ErrorResponse('UnknownError', 500, '<!DOCTYPE html>')
          : undefined,
    };
    const scenario = accountWith((world) => plantBudget(world, 'mine'));
    const { finding } = await checkIn(step, await startPracticeRun({ scenario, faults }));
    expect(finding.status).toBe('unknown');
    expect(finding.summary).not.toContain('mistake in aws-first-steps');
    expect(finding.remedy).toBeTruthy();
  });

  it.each(['GetTopicAttributes', 'ListSubscriptionsByTopic'])(
    'does not stop the step when it concerns only the topic (%s) or the plan of the account',
    async (refused) => {
      const faults = {
        getError: (one: string) =>
          [`sns:${refused}`, 'freetier:GetAccountPlanState'].includes(one)
            ? createAccessDeniedError(one)
            : undefined,
      };
      const scenario = accountWith((world) => {
        const topic = plantTopic(world, 'money', true);
        letBudgetsIn(world);
        plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
      });
      const { finding } = await checkIn(step, await startPracticeRun({ scenario, faults }));
      expect(finding.status).toBe('waiting');
    },
  );

  it('ends the check when it means that the credentials are no longer accepted', async () => {
    const faults = {
      getError: (one: string) =>
        one === 'sns:ListSubscriptionsByTopic'
          ? new ErrorResponse('ExpiredToken', 403, 'The security token included in the request is expired')
          : undefined,
    };
    const scenario = accountWith((world) => {
      plantBudget(world, 'mine', { alerts: [alertTo([plantTopic(world, 'money', true)])] });
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario, faults }));
    expect(finding.status).toBe('unknown');
  });

  it('leads to another check when somebody has made a budget with that name meanwhile', async () => {
    const scenario = accountWith(() => {});
    const practiceRun = await startPracticeRun({
      scenario,
      faults: {
        getError: (one, nth) =>
          one === 'budgets:CreateBudget' && nth === 1
            ? new ErrorResponse('DuplicateRecordException', 400, 'the budget already exists.')
            : undefined,
      },
    });
    await runScripted(practiceRun, only);
    expect((await checkIn(step, practiceRun)).finding.status).toBe('attested');
  });
});
