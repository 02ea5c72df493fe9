import type {
  Budget as BudgetAnswer,
  DescribeBudgetCommandInput,
  DescribeBudgetCommandOutput,
  DescribeBudgetNotificationsForAccountCommandInput,
  DescribeBudgetNotificationsForAccountCommandOutput,
  DescribeBudgetsCommandInput,
  DescribeBudgetsCommandOutput,
  DescribeNotificationsForBudgetCommandInput,
  DescribeNotificationsForBudgetCommandOutput,
  DescribeSubscribersForNotificationCommandInput,
  DescribeSubscribersForNotificationCommandOutput,
  Notification,
} from '@aws-sdk/client-budgets';
import { budgetNamed, sameAccount, sameNotification } from './checks.ts';
import { pageOf, type Answer, type Operations, type Visit } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import type { Budget, BudgetAlert } from '../../world/budgets.ts';

const invalidToken = () => new Refusal('InvalidNextTokenException', 400, 'Invalid NextToken.');

const page = <T>(
  all: readonly T[],
  input: { NextToken?: string | undefined; MaxResults?: number | undefined },
  size: number,
) => {
  const { items, next } = pageOf(all, input.NextToken, input.MaxResults ?? size, invalidToken);
  return { items, more: next ? { NextToken: next } : {} };
};

/** AWS deletes a budget with all that belongs to it when its time is over. */
const living = ({ world, now }: Visit): readonly Budget[] =>
  world.budgeting.budgets.filter(({ end }) => Date.parse(end) > now.getTime());

const shown = (budget: Budget, withExpression: boolean): BudgetAnswer => ({
  BudgetName: budget.name,
  BudgetType: budget.type,
  TimeUnit: budget.timeUnit,
  BudgetLimit: budget.limit,
  CostFilters: budget.filters,
  ...(budget.costTypes && { CostTypes: budget.costTypes }),
  ...(withExpression && budget.expression && { FilterExpression: budget.expression }),
  TimePeriod: { Start: new Date(budget.start), End: new Date(budget.end) },
  CalculatedSpend: { ActualSpend: { Amount: budget.spent ?? '0.0', Unit: budget.limit.Unit } },
  LastUpdatedTime: new Date(budget.configuredAt),
});

const described = ({ notification }: BudgetAlert): Notification => ({
  ...notification,
  NotificationState: 'OK',
});

const describeBudgets = (
  visit: Visit,
  input: DescribeBudgetsCommandInput,
): Answer<DescribeBudgetsCommandOutput> => {
  sameAccount(visit, input.AccountId);
  const { items, more } = page(living(visit), input, 100);
  // An account without budgets is answered without the list, not with an empty one.
  if (items.length === 0) return {};
  return { Budgets: items.map((one) => shown(one, input.ShowFilterExpression ?? false)), ...more };
};

const describeBudget = (
  visit: Visit,
  { AccountId, BudgetName, ShowFilterExpression = false }: DescribeBudgetCommandInput,
): Answer<DescribeBudgetCommandOutput> => {
  sameAccount(visit, AccountId);
  return { Budget: shown(budgetNamed(visit, BudgetName, 'get budget'), ShowFilterExpression) };
};

const describeNotifications = (
  visit: Visit,
  input: DescribeNotificationsForBudgetCommandInput,
): Answer<DescribeNotificationsForBudgetCommandOutput> => {
  sameAccount(visit, input.AccountId);
  const { alerts } = budgetNamed(visit, input.BudgetName, 'get notifications');
  const { items, more } = page(alerts, input, 100);
  return { Notifications: items.map(described), ...more };
};

const describeForAccount = (
  visit: Visit,
  input: DescribeBudgetNotificationsForAccountCommandInput,
): Answer<DescribeBudgetNotificationsForAccountCommandOutput> => {
  sameAccount(visit, input.AccountId);
  const { items, more } = page(living(visit), input, 50);
  const all = items.map(({ name, alerts }) => ({ BudgetName: name, Notifications: alerts.map(described) }));
  return { BudgetNotificationsForAccount: all, ...more };
};

const describeSubscribers = (
  visit: Visit,
  input: DescribeSubscribersForNotificationCommandInput,
): Answer<DescribeSubscribersForNotificationCommandOutput> => {
  sameAccount(visit, input.AccountId);
  const { alerts } = budgetNamed(visit, input.BudgetName, 'get subscribers');
  const alert = alerts.find((one) => sameNotification(one, input.Notification));
  if (!alert)
    throw new Refusal('NotFoundException', 400, 'Unable to get subscribers - no such notification.');
  const { items, more } = page(alert.subscribers, input, 100);
  return { Subscribers: items, ...more };
};

/** The operations of AWS Budgets that only look. */
export const budgetListOperations = {
  DescribeBudget: describeBudget,
  DescribeBudgets: describeBudgets,
  DescribeBudgetNotificationsForAccount: describeForAccount,
  DescribeNotificationsForBudget: describeNotifications,
  DescribeSubscribersForNotification: describeSubscribers,
} satisfies Operations;
