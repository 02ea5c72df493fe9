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

/** AWS deletes a budget and everything in it when its period ends. */
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
  ...(budget.planned && { PlannedBudgetLimits: budget.planned }),
  ...(budget.autoAdjust && { AutoAdjustData: budget.autoAdjust }),
  ...(budget.metrics && { Metrics: budget.metrics }),
  ...(budget.billingView && { BillingViewArn: budget.billingView }),
  ...(budget.unhealthy && { HealthStatus: { Status: 'UNHEALTHY', StatusReason: budget.unhealthy } }),
  TimePeriod: { Start: new Date(budget.start), End: new Date(budget.end) },
  CalculatedSpend: { ActualSpend: { Amount: budget.spent ?? '0.0', Unit: budget.limit.Unit } },
  LastUpdatedTime: new Date(budget.configuredAt),
});

/** In `ALARM` once actual spending has passed the threshold. Nothing is ever forecast here. */
const isPassed = ({ limit, spent = '0' }: PracticeBudget, { notification }: PracticeBudgetAlert): boolean => {
  const { NotificationType, ComparisonOperator, Threshold, ThresholdType } = notification;
  const amount = ThresholdType === 'PERCENTAGE' ? (Number(limit.Amount) * Threshold) / 100 : Threshold;
  return NotificationType === 'ACTUAL' && ComparisonOperator === 'GREATER_THAN' && Number(spent) > amount;
};

const toSdkNotification = (budget: PracticeBudget, alert: PracticeBudgetAlert): Notification => ({
  ...alert.notification,
  NotificationState: isPassed(budget, alert) ? 'ALARM' : 'OK',
});

const describeBudgets = (
  context: OperationContext,
  input: DescribeBudgetsCommandInput,
): OperationOutput<DescribeBudgetsCommandOutput> => {
  requireOwnAccount(context, input.AccountId);
  const { items, more } = paginateBudgetItems(listCurrentBudgets(context), input, 100);
  // For an account without budgets, AWS omits the list instead of sending an empty one.
  if (items.length === 0) return {};
  return { Budgets: items.map((one) => toSdkBudget(one, input.ShowFilterExpression ?? false)), ...more };
};

const describeNotificationsForBudget = (
  context: OperationContext,
  input: DescribeNotificationsForBudgetCommandInput,
): OperationOutput<DescribeNotificationsForBudgetCommandOutput> => {
  requireOwnAccount(context, input.AccountId);
  const budget = requireBudget(context, input.BudgetName, 'get notifications');
  const { items, more } = paginateBudgetItems(budget.alerts, input, 100);
  return { Notifications: items.map((alert) => toSdkNotification(budget, alert)), ...more };
};

const describeSubscribersForNotification = (
  context: OperationContext,
  input: DescribeSubscribersForNotificationCommandInput,
): OperationOutput<DescribeSubscribersForNotificationCommandOutput> => {
  requireOwnAccount(context, input.AccountId);
  const { alerts } = requireBudget(context, input.BudgetName, 'get subscribers');
  const alert = alerts.find((one) => hasSameNotification(one, input.Notification));
  if (!alert)
    throw new ErrorResponse('NotFoundException', 400, 'Unable to get subscribers - no such notification.');
  const { items, more } = paginateBudgetItems(alert.subscribers, input, 100);
  return { Subscribers: items, ...more };
};

export const budgetListOperations = {
  DescribeBudgets: describeBudgets,
  DescribeNotificationsForBudget: describeNotificationsForBudget,
  DescribeSubscribersForNotification: describeSubscribersForNotification,
} satisfies OperationTable;
