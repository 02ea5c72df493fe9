import type { Notification } from '@aws-sdk/client-budgets';
import { toNotificationKey } from './reads.ts';

const defineNotification = (NotificationType: 'ACTUAL' | 'FORECASTED', Threshold: number): Notification => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
});

/** What a budget should warn about: actual spending, and a month that is forecast to become too expensive. */
export const wantedNotifications: readonly Notification[] = [
  defineNotification('ACTUAL', 80),
  defineNotification('ACTUAL', 100),
  defineNotification('FORECASTED', 100),
];

export const isSameNotification = (one: Notification, other: Notification): boolean =>
  JSON.stringify(toNotificationKey(one)) ===
  JSON.stringify(toNotificationKey({ ThresholdType: 'PERCENTAGE', ...other }));
