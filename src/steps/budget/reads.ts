import {
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  type Budget,
  type Notification,
  type Subscriber,
} from '@aws-sdk/client-budgets';
import type { AwsClients } from '../../aws/clients.ts';
import { getErrorCode } from '../../aws/consistency.ts';
import { fetchAllPages } from '../../aws/reads/iam.ts';

export type AlertWithSubscribers = { notification: Notification; subscribers: readonly Subscriber[] };

/** Somebody may delete a budget between two reads: then there is nothing of it. */
const readUnlessGone = async <T>(reading: Promise<readonly T[]>): Promise<readonly T[]> => {
  try {
    return await reading;
  } catch (error) {
    if (getErrorCode(error) === 'NotFound') return [];
    throw error;
  }
};

/** All budgets of the account, with their filters: without asking for them, AWS leaves the newer kind out. */
export const readBudgets = async (aws: AwsClients, AccountId: string): Promise<readonly Budget[]> => {
  const pages = await fetchAllPages(
    (NextToken) =>
      aws.budgets.send(
        new DescribeBudgetsCommand({
          AccountId,
          ShowFilterExpression: true,
          ...(NextToken && { NextToken }),
        }),
      ),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Budgets ?? []);
};

const readNotifications = async (aws: AwsClients, AccountId: string, BudgetName: string) => {
  const pages = await fetchAllPages(
    (NextToken) =>
      aws.budgets.send(
        new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName, ...(NextToken && { NextToken }) }),
      ),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Notifications ?? []);
};

/** What tells a notification from the others of its budget; its state is not part of it. */
export const toNotificationKey = (notification: Notification): Notification => ({
  NotificationType: notification.NotificationType,
  ComparisonOperator: notification.ComparisonOperator,
  Threshold: notification.Threshold,
  ...(notification.ThresholdType && { ThresholdType: notification.ThresholdType }),
});

const readAlertSubscribers = async (
  aws: AwsClients,
  AccountId: string,
  BudgetName: string,
  notification: Notification,
) => {
  const Notification = toNotificationKey(notification);
  const pages = await fetchAllPages(
    (NextToken) =>
      aws.budgets.send(
        new DescribeSubscribersForNotificationCommand({
          AccountId,
          BudgetName,
          Notification,
          ...(NextToken && { NextToken }),
        }),
      ),
    (page) => page.NextToken,
  );
  return pages.flatMap((page) => page.Subscribers ?? []);
};

/** The notifications of one budget, each with its subscribers, read side by side. */
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
