// Shapes and errors as AWS documents them (AWS Billing and Cost Management API Reference, "AWS Budgets"), and the messages
// of "not found" and "already exists" as moto has them from AWS; the other messages are only likely.
import * as budgets from '@aws-sdk/client-budgets';
import { describe, expect, it } from 'vitest';
import { allCharges } from '../../_support/cost-types.ts';
import { practise, refusalOf } from '../../_support/practice-clients.ts';

const AccountId = '431209876655';
const Budget: budgets.Budget = {
  BudgetName: 'mine',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '10', Unit: 'USD' },
};
const actual: budgets.Notification = {
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 80,
};
const maria: budgets.Subscriber = { SubscriptionType: 'EMAIL', Address: 'maria@example.com' };
const NotificationsWithSubscribers = [{ Notification: actual, Subscribers: [maria] }];

const withBudget = async () => {
  const account = practise();
  await account.budgets.send(
    new budgets.CreateBudgetCommand({ AccountId, Budget, NotificationsWithSubscribers }),
  );
  return account;
};

/** One line of the table below: the call, and what AWS answers. */
const refuses = (
  call: (client: budgets.BudgetsClient) => Promise<unknown>,
  name: string,
  message: string | RegExp,
) => {
  it(`${name}: ${message}`, async () => {
    const refusal = await refusalOf(call((await withBudget()).budgets));
    // JSON 1.1 brings no code along but the exception's name.
    expect(refusal).toMatchObject({ name, code: undefined, status: 400 });
    expect(refusal.message).toMatch(message);
  });
};

describe('a refusal of the practice AWS Budgets', () => {
  refuses(
    (client) => client.send(new budgets.CreateBudgetCommand({ AccountId, Budget })),
    'DuplicateRecordException',
    'Error creating budget: mine - the budget already exists.',
  );
  refuses(
    (client) =>
      client.send(new budgets.DescribeNotificationsForBudgetCommand({ AccountId, BudgetName: 'other' })),
    'NotFoundException',
    "Unable to get notifications - the budget doesn't exist.",
  );
  refuses(
    (client) =>
      client.send(
        new budgets.CreateNotificationCommand({
          AccountId,
          BudgetName: 'other',
          Notification: actual,
          Subscribers: [maria],
        }),
      ),
    'NotFoundException',
    "Unable to create notification - the budget doesn't exist.",
  );
  refuses(
    (client) =>
      client.send(
        new budgets.CreateNotificationCommand({
          AccountId,
          BudgetName: 'mine',
          Notification: { ...actual, ThresholdType: 'PERCENTAGE' },
          Subscribers: [maria],
        }),
      ),
    'DuplicateRecordException',
    /already exists/,
  );
  refuses(
    (client) =>
      client.send(
        new budgets.CreateBudgetCommand({
          AccountId,
          Budget: { BudgetName: 'b', BudgetType: 'COST', TimeUnit: 'MONTHLY' },
        }),
      ),
    'InvalidParameterException',
    /please provide one of the followings: Budget Limit/,
  );
  refuses(
    (client) => client.send(new budgets.DescribeBudgetsCommand({ AccountId: '111122223333' })),
    'AccessDeniedException',
    /111122223333/,
  );
  refuses(
    (client) =>
      client.send(
        new budgets.DescribeSubscribersForNotificationCommand({
          AccountId,
          BudgetName: 'mine',
          Notification: { ...actual, Threshold: 90 },
        }),
      ),
    'NotFoundException',
    /no such notification/,
  );
  refuses(
    (client) => client.send(new budgets.DescribeBudgetsCommand({ AccountId, NextToken: 'made-up' })),
    'InvalidNextTokenException',
    'Invalid NextToken.',
  );

  it.each<[string, Partial<budgets.CreateBudgetCommandInput>]>([
    ['a name with a colon', { Budget: { ...Budget, BudgetName: 'a:b' } }],
    ['a name with a backslash', { Budget: { ...Budget, BudgetName: 'a\\b' } }],
    ['a name that is too long', { Budget: { ...Budget, BudgetName: 'a'.repeat(101) } }],
    ['no amount', { Budget: { ...Budget, BudgetName: 'b', BudgetLimit: { Amount: '0', Unit: 'USD' } } }],
    [
      'charges said in both ways',
      { Budget: { ...Budget, BudgetName: 'b', CostTypes: { IncludeTax: true }, FilterExpression: {} } },
    ],
    [
      'a notification to nobody',
      {
        Budget: { ...Budget, BudgetName: 'b' },
        NotificationsWithSubscribers: [{ Notification: actual, Subscribers: [] }],
      },
    ],
    [
      'six notifications',
      {
        Budget: { ...Budget, BudgetName: 'b' },
        NotificationsWithSubscribers: [1, 2, 3, 4, 5, 6].map((Threshold) => ({
          Notification: { ...actual, Threshold },
          Subscribers: [maria],
        })),
      },
    ],
    [
      'eleven addresses',
      {
        Budget: { ...Budget, BudgetName: 'b' },
        NotificationsWithSubscribers: [
          {
            Notification: actual,
            Subscribers: Array.from({ length: 11 }, (_, index) => ({
              SubscriptionType: 'EMAIL' as const,
              Address: `${index}@example.com`,
            })),
          },
        ],
      },
    ],
  ])('prevents a budget with %s, and leaves nothing of it', async (_what, change) => {
    const account = await withBudget();
    const call = account.budgets.send(
      new budgets.CreateBudgetCommand({ AccountId, Budget: undefined, ...change }),
    );
    expect(await refusalOf(call)).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    expect(account.practice.snapshot().budgeting.budgets).toHaveLength(1);
  });
});

describe('the practice AWS Budgets answers like AWS', () => {
  it('with every default of a budget', async () => {
    const { budgets: client } = await withBudget();
    const { Budgets } = await client.send(new budgets.DescribeBudgetsCommand({ AccountId }));
    expect(Budgets).toEqual([
      {
        ...Budget,
        BudgetLimit: { Amount: '10.0', Unit: 'USD' },
        CostFilters: {},
        CostTypes: allCharges,
        TimePeriod: {
          Start: new Date('2026-11-01T00:00:00.000Z'),
          End: new Date('2087-06-15T00:00:00.000Z'),
        },
        CalculatedSpend: { ActualSpend: { Amount: '0.0', Unit: 'USD' } },
        LastUpdatedTime: new Date('2026-11-23T12:00:10.000Z'),
      },
    ]);
  });

  it('with the state of each notification and its subscribers', async () => {
    const { budgets: client } = await withBudget();
    const of = { AccountId, BudgetName: 'mine' };
    const full = { ...actual, ThresholdType: 'PERCENTAGE', NotificationState: 'OK' };
    const { Notifications } = await client.send(new budgets.DescribeNotificationsForBudgetCommand(of));
    expect(Notifications).toEqual([full]);
    const { Subscribers } = await client.send(
      new budgets.DescribeSubscribersForNotificationCommand({ ...of, Notification: actual }),
    );
    expect(Subscribers).toEqual([maria]);
  });

  it('with the filter of a budget only when the request asks for it', async () => {
    const { budgets: client } = practise();
    const FilterExpression = { Dimensions: { Key: 'REGION' as const, Values: ['eu-west-1'] } };
    await client.send(
      new budgets.CreateBudgetCommand({
        AccountId,
        Budget: { ...Budget, FilterExpression, Metrics: ['UnblendedCost'] },
      }),
    );
    const shown = async (ShowFilterExpression: boolean) =>
      (await client.send(new budgets.DescribeBudgetsCommand({ AccountId, ShowFilterExpression })))
        .Budgets?.[0]?.FilterExpression;
    expect(await shown(false)).toBeUndefined();
    expect(await shown(true)).toEqual(FilterExpression);
  });

  it('page by page', async () => {
    const { budgets: client } = practise();
    for (let number = 0; number < 7; number += 1) {
      const BudgetName = `b${number}`;
      await client.send(new budgets.CreateBudgetCommand({ AccountId, Budget: { ...Budget, BudgetName } }));
    }
    const names: (string | undefined)[][] = [];
    for await (const page of budgets.paginateDescribeBudgets({ client, pageSize: 3 }, { AccountId }))
      names.push((page.Budgets ?? []).map(({ BudgetName }) => BudgetName));
    expect(names).toEqual([['b0', 'b1', 'b2'], ['b3', 'b4', 'b5'], ['b6']]);
  });

  it('with another limit after an update, and with the same notifications', async () => {
    const { budgets: client, practice } = await withBudget();
    const NewBudget = { ...Budget, BudgetLimit: { Amount: '12.5', Unit: 'USD' } };
    await client.send(new budgets.UpdateBudgetCommand({ AccountId, NewBudget }));
    const [kept] = practice.snapshot().budgeting.budgets;
    expect(kept?.limit.Amount).toBe('12.5');
    expect(kept?.alerts).toHaveLength(1);
  });
});

describe('the mail that verifies an address', () => {
  const mails = (desk: Awaited<ReturnType<typeof withBudget>>['desk']) =>
    desk.listMails().flatMap(({ verifies }) => verifies ?? []);

  it('is sent once, however many budgets and notifications name the address', async () => {
    const { budgets: client, desk } = await withBudget();
    await client.send(
      new budgets.CreateBudgetCommand({
        AccountId,
        Budget: { ...Budget, BudgetName: 'second' },
        NotificationsWithSubscribers,
      }),
    );
    expect(mails(desk)).toEqual(['maria@example.com']);
    expect(await desk.verifyBudgetEmails()).toEqual(['maria@example.com']);
    expect(await desk.verifyBudgetEmails()).toEqual([]);
  });

  it('is sent to a subscriber who is added', async () => {
    const { budgets: client, desk } = await withBudget();
    await client.send(
      new budgets.CreateSubscriberCommand({
        AccountId,
        BudgetName: 'mine',
        Notification: actual,
        Subscriber: { SubscriptionType: 'EMAIL', Address: 'otto@example.com' },
      }),
    );
    expect(mails(desk)).toEqual(['maria@example.com', 'otto@example.com']);
  });

  it('is invalid after twelve hours', async () => {
    const { desk, clock, practice } = await withBudget();
    clock.advance(12 * 60 * 60 * 1000);
    expect(await desk.verifyBudgetEmails()).toEqual([]);
    expect(practice.snapshot().budgeting.verified).toEqual([]);
  });
});
