import * as budgets from '@aws-sdk/client-budgets';
import type { Clause } from './contract.ts';

const ofBudgets = (
  name: string,
  call: (client: budgets.BudgetsClient, AccountId: string) => Promise<object>,
): Clause => ({ name, call: (aws, topic) => call(aws.budgets, topic.split(':')[4] ?? '') });

const BudgetName = 'month';

const at = (Threshold: number): budgets.Notification => ({
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
});

const Subscribers: budgets.Subscriber[] = [{ SubscriptionType: 'EMAIL', Address: 'maria@example.com' }];

const create = (AccountId: string) =>
  new budgets.CreateBudgetCommand({
    AccountId,
    Budget: {
      BudgetName,
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: '10', Unit: 'USD' },
    },
    NotificationsWithSubscribers: [{ Notification: at(80), Subscribers }],
  });

/** Budgets and their notifications. */
export const budgetClauses: readonly Clause[] = [
  ofBudgets('read the budgets of an account without any', (c, AccountId) =>
    c.send(new budgets.DescribeBudgetsCommand({ AccountId, ShowFilterExpression: true })),
  ),
  ofBudgets('make a budget', (c, AccountId) => c.send(create(AccountId))),
  ofBudgets('make a budget again', (c, AccountId) => c.send(create(AccountId))),
  ofBudgets('read the budgets', (c, AccountId) =>
    c.send(new budgets.DescribeBudgetsCommand({ AccountId, ShowFilterExpression: true })),
  ),
  ofBudgets('add a notification', (c, AccountId) =>
    c.send(
      new budgets.CreateNotificationCommand({ AccountId, BudgetName, Notification: at(100), Subscribers }),
    ),
  ),
  ofBudgets('add a notification to a budget that is not there', (c, AccountId) =>
    c.send(
      new budgets.CreateNotificationCommand({
        AccountId,
        BudgetName: 'nothing',
        Notification: at(100),
        Subscribers,
      }),
    ),
  ),
  ofBudgets('read the notifications of a budget', (c, AccountId) =>
    c.send(new budgets.DescribeNotificationsForBudgetCommand({ AccountId, BudgetName })),
  ),
];
