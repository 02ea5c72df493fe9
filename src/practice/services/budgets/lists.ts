import type {
  Budget as BudgetAnswer,
  DescribeBudgetsCommandInput,
  DescribeBudgetsCommandOutput,
  DescribeNotificationsForBudgetCommandInput,
  DescribeNotificationsForBudgetCommandOutput,
  DescribeSubscribersForNotificationCommandInput,
  DescribeSubscribersForNotificationCommandOutput,
  Notification,
} from '@aws-sdk/client-budgets';
import { requireBudget, requireOwnAccount, hasSameNotification } from './checks.ts';
import {
  paginate,
  type OperationOutput,
  type OperationTable,
  type OperationContext,
} from '../../operation.ts';
import { ErrorResponse } from '../../error-response.ts';
import type { PracticeBudget, PracticeBudgetAlert } from '../../world/budgets.ts';

const createBudgetsNextTokenError = () =>
  new ErrorResponse('InvalidNextTokenException', 400, 'Invalid NextToken.');

const paginateBudgetItems = <T>(
  all: readonly T[],
  input: { NextToken?: string | undefined; MaxResults?: number | undefined },
  size: number,
) => {
  const { items, next } = paginate(
    all,
    input.NextToken,
    input.MaxResults ?? size,
    createBudgetsNextTokenError,
  );
  return { items, more: next ? { NextToken: next } : {} };
};

/** AWS deletes a budget with all that belongs to it when its time is over. */
const listCurrentBudgets = ({ world, now }: OperationContext): readonly PracticeBudget[] =>
  world.budgeting.budgets.filter(({ end }) => Date.parse(end) > now.getTime());

const toSdkBudget = (budget: PracticeBudget, withExpression: boolean): BudgetAnswer => ({
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

const toSdkNotification = ({ notification }: PracticeBudgetAlert): Notification => ({
  ...notification,
  NotificationState: 'OK',
});

const describeBudgets = (
  visit: OperationContext,
  input: DescribeBudgetsCommandInput,
): OperationOutput<DescribeBudgetsCommandOutput> => {
  requireOwnAccount(visit, input.AccountId);
  const { items, more } = paginateBudgetItems(listCurrentBudgets(visit), input, 100);
  // An account without budgets is answered without the list, not with an empty one.
  if (items.length === 0) return {};
  return { Budgets: items.map((one) => toSdkBudget(one, input.ShowFilterExpression ?? false)), ...more };
};

const describeNotificationsForBudget = (
  visit: OperationContext,
  input: DescribeNotificationsForBudgetCommandInput,
): OperationOutput<DescribeNotificationsForBudgetCommandOutput> => {
  requireOwnAccount(visit, input.AccountId);
  const { alerts } = requireBudget(visit, input.BudgetName, 'get notifications');
  const { items, more } = paginateBudgetItems(alerts, input, 100);
  return { Notifications: items.map(toSdkNotification), ...more };
};

const describeSubscribersForNotification = (
  visit: OperationContext,
  input: DescribeSubscribersForNotificationCommandInput,
): OperationOutput<DescribeSubscribersForNotificationCommandOutput> => {
  requireOwnAccount(visit, input.AccountId);
  const { alerts } = requireBudget(visit, input.BudgetName, 'get subscribers');
  const alert = alerts.find((one) => hasSameNotification(one, input.Notification));
  if (!alert)
    throw new ErrorResponse('NotFoundException', 400, 'Unable to get subscribers - no such notification.');
  const { items, more } = paginateBudgetItems(alert.subscribers, input, 100);
  return { Subscribers: items, ...more };
};

/** The operations of AWS Budgets that only look. */
export const budgetListOperations = {
  DescribeBudgets: describeBudgets,
  DescribeNotificationsForBudget: describeNotificationsForBudget,
  DescribeSubscribersForNotification: describeSubscribersForNotification,
} satisfies OperationTable;
