// What the Budgets API Reference says of the limits of a budget; the words of refusals are only likely.
import * as budgets from '@aws-sdk/client-budgets';
import { GetSMSSandboxAccountStatusCommand, GetSubscriptionAttributesCommand } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { practise, refusalOf } from '../../_support/practice-clients.ts';
import { accountWith, alertTo, plantBudget, plantTopic } from '../../_support/practice-worlds.ts';

const AccountId = '431209876655';
const usd = (Amount: string) => ({ Amount, Unit: 'USD' });
const mine = { BudgetName: 'mine', BudgetType: 'COST', TimeUnit: 'MONTHLY' } as const;

const inMonth = (month: string) => String(Date.parse(`${month}-01T00:00:00.000Z`) / 1000);

const describeMine = async (client: budgets.BudgetsClient) =>
  (await client.send(new budgets.DescribeBudgetsCommand({ AccountId, ShowFilterExpression: true })))
    .Budgets?.[0];

const planned = { '2026-11': usd('20'), '2026-12': usd('30') };
const PlannedBudgetLimits = Object.fromEntries(
  Object.entries(planned).map(([month, spend]) => [inMonth(month), spend]),
);

describe('the limit of a budget of the practice account', () => {
  const create = async (change: Partial<budgets.Budget>) => {
    const { budgets: client } = practise();
    await client.send(new budgets.CreateBudgetCommand({ AccountId, Budget: { ...mine, ...change } }));
    return client;
  };

  it('is that of the current month when it is planned', async () => {
    expect(await describeMine(await create({ PlannedBudgetLimits }))).toMatchObject({
      BudgetLimit: usd('20.0'),
      PlannedBudgetLimits: { [inMonth('2026-11')]: usd('20.0'), [inMonth('2026-12')]: usd('30.0') },
    });
  });

  it('is 0 when it is adjusted to what was spent before, in an account without history', async () => {
    const AutoAdjustData = {
      AutoAdjustType: 'HISTORICAL' as const,
      HistoricalOptions: { BudgetAdjustmentPeriod: 6 },
    };
    expect(await describeMine(await create({ AutoAdjustData }))).toMatchObject({
      BudgetLimit: usd('0.0'),
      AutoAdjustData: { HistoricalOptions: { LookBackAvailablePeriods: 0 } },
    });
  });

  it('is one, and replaces the plan when it is updated', async () => {
    const client = await create({ PlannedBudgetLimits });
    const NewBudget = { ...mine, BudgetLimit: usd('10') };
    await client.send(new budgets.UpdateBudgetCommand({ AccountId, NewBudget }));
    const found = await describeMine(client);
    expect(found?.BudgetLimit).toEqual(usd('10.0'));
    expect(found).not.toHaveProperty('PlannedBudgetLimits');
  });

  it.each<[string, Partial<budgets.Budget>]>([
    ['two kinds at once', { BudgetLimit: usd('10'), PlannedBudgetLimits }],
    ['none', {}],
    ['a plan without the current month', { PlannedBudgetLimits: { [inMonth('2026-12')]: usd('30') } }],
    ['nothing as an amount', { BudgetLimit: usd('0') }],
    [
      'older and newer settings together',
      { BudgetLimit: usd('10'), Metrics: ['UnblendedCost'], CostTypes: { IncludeTax: true } },
    ],
  ])('is refused: %s', async (_what, change) => {
    expect(await refusalOf(create(change))).toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('a budget of the practice account', () => {
  it('says what is passed, and what AWS no longer updates', async () => {
    const { budgets: client } = practise({
      scenario: accountWith((world) =>
        plantBudget(world, 'mine', {
          spent: '20.0',
          unhealthy: 'FILTER_INVALID',
          metrics: ['UnblendedCost'],
          billingView: `arn:aws:billing::${AccountId}:billingview/primary`,
          alerts: [
            alertTo(['maria@example.com'], { Threshold: 30 }),
            alertTo(['maria@example.com'], { Threshold: 40 }),
          ],
        }),
      ),
    });
    expect(await describeMine(client)).toMatchObject({
      HealthStatus: { Status: 'UNHEALTHY', StatusReason: 'FILTER_INVALID' },
      Metrics: ['UnblendedCost'],
      BillingViewArn: `arn:aws:billing::${AccountId}:billingview/primary`,
    });
    const { Notifications = [] } = await client.send(
      new budgets.DescribeNotificationsForBudgetCommand({ AccountId, BudgetName: 'mine' }),
    );
    expect(Notifications.map(({ NotificationState }) => NotificationState)).toEqual(['ALARM', 'OK']);
  });
});

describe('a subscription of the practice account', () => {
  it('has the filter policy that its owner has set, in an account that begins in the SMS sandbox', async () => {
    const attributes = { FilterPolicy: '{"severity":["high"]}', FilterPolicyScope: 'MessageAttributes' };
    const scenario = accountWith((world) => {
      plantTopic(world, 'money', true);
      for (const one of world.subscriptions) one.attributes = attributes;
    });
    const { sns } = practise({ scenario });
    const [subscription] = scenario.subscriptions;
    const { Attributes } = await sns.send(
      new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription?.arn }),
    );
    expect(Attributes).toMatchObject(attributes);
    expect((await sns.send(new GetSMSSandboxAccountStatusCommand({}))).IsInSandbox).toBe(true);
  });
});
