import {
  paginateDescribeBudgets,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
  type Budget,
  type Notification,
  type Subscriber,
} from '@aws-sdk/client-budgets';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import { readAllPages } from '../../aws/reads/pages.ts';

export type AlertWithSubscribers = { notification: Notification; subscribers: readonly Subscriber[] };

/** Someone may delete a budget between two reads. Then the result is empty. */
const readUnlessGone = async <T>(reading: Promise<readonly T[]>): Promise<readonly T[]> =>
  (await undefinedIf(isGone, reading)) ?? [];

/**
 * All budgets of the account, with their filters. AWS omits the newer kind of filter unless the request asks for it.
 */
export const readBudgets = (aws: AwsClients, AccountId: string): Promise<readonly Budget[]> =>
  readAllPages(
    paginateDescribeBudgets,
    aws.budgets,
    { AccountId, ShowFilterExpression: true },
    (page) => page.Budgets,
  );

const readNotifications = (aws: AwsClients, AccountId: string, BudgetName: string) =>
  readAllPages(
    paginateDescribeNotificationsForBudget,
    aws.budgets,
    { AccountId, BudgetName },
    (page) => page.Notifications,
  );

/** What identifies a notification within its budget. Its state is not part of that. */
export const toNotificationKey = (notification: Notification): Notification => ({
  NotificationType: notification.NotificationType,
  ComparisonOperator: notification.ComparisonOperator,
  Threshold: notification.Threshold,
  ...(notification.ThresholdType && { ThresholdType: notification.ThresholdType }),
});

const readAlertSubscribers = (
  aws: AwsClients,
  AccountId: string,
  BudgetName: string,
  notification: Notification,
) =>
  readAllPages(
    paginateDescribeSubscribersForNotification,
    aws.budgets,
    { AccountId, BudgetName, Notification: toNotificationKey(notification) },
    (page) => page.Subscribers,
  );

/** Reads the notifications of one budget, and the subscribers of each in parallel. */
export const readBudgetAlerts = async (
  aws: AwsClients,
  accountId: string,
  budgetName: string,
): Promise<readonly AlertWithSubscribers[]> =>
  Promise.all(
    (await readUnlessGone(readNotifications(aws, accountId, budgetName))).map(async (notification) => ({
      notification,
      subscribers: await readUnlessGone(readAlertSubscribers(aws, accountId, budgetName, notification)),
    })),
  );
