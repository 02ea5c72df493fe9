import type { Budget, Expression } from '@aws-sdk/client-budgets';
import type { AlertWithSubscribers } from './reads.ts';

/**
 * In the budget's currency. Up to this amount a first warning can make sense for anyone. Above it, only for accounts
 * that spend about that much.
 */
const maxPlausibleWarning = 1000;

/** A first warning at more than this multiple of the actual or forecast spending comes too late. */
const maxSpendMultiple = 10;

/**
 * Kinds of charges (usage, tax, credit) still cover the whole account. Services, Regions, tags and accounts are parts
 * of it.
 */
const isWholeAccountFilter = (filter: Expression): boolean => {
  if (filter.And) return filter.And.every(isWholeAccountFilter);
  const { Key, Values = [] } = (filter.Not ?? filter).Dimensions ?? {};
  return Key === 'RECORD_TYPE' && (filter.Not !== undefined || Values.includes('Usage'));
};

const isFilteredBudget = ({ CostFilters = {}, FilterExpression, BillingViewArn = '' }: Budget): boolean =>
  Object.keys(CostFilters).length > 0 ||
  (FilterExpression !== undefined && !isWholeAccountFilter(FilterExpression)) ||
  (BillingViewArn !== '' && !BillingViewArn.endsWith('/primary'));

/** Why a budget does not watch the whole account's monthly costs. Undefined if it does. */
export const findBudgetObjection = (budget: Budget, now: Date): string | undefined => {
  const { Start, End } = budget.TimePeriod ?? {};
  if (budget.BudgetType !== 'COST') return 'does not watch costs';
  if (budget.TimeUnit !== 'MONTHLY') return 'is not a monthly one';
  if (isFilteredBudget(budget)) return 'watches only a part of the account';
  if (End && End <= now) return 'has ended';
  if (Start && Start > now) return 'has not begun yet';
  return budget.HealthStatus?.Status === 'UNHEALTHY' ? 'is no longer updated by AWS' : undefined;
};

const getBudgetLimit = ({ BudgetLimit }: Budget): number => Number(BudgetLimit?.Amount ?? Number.NaN);

/** The amount at which an alert is sent, in the budget's currency. NaN if the budget has no limit. */
export const getAlertAmount = (budget: Budget, { notification }: AlertWithSubscribers): number => {
  const { Threshold = Number.NaN, ThresholdType = 'PERCENTAGE' } = notification;
  return ThresholdType === 'PERCENTAGE' ? (getBudgetLimit(budget) * Threshold) / 100 : Threshold;
};

/** The highest amount at which a first warning still makes sense, given the current spending. */
const getMaxPlausibleWarning = ({ CalculatedSpend }: Budget): number => {
  const spent = [CalculatedSpend?.ActualSpend, CalculatedSpend?.ForecastedSpend].map((one) =>
    Number(one?.Amount ?? 0),
  );
  return Math.max(maxPlausibleWarning, maxSpendMultiple * Math.max(...spent));
};

/** Whether an alert is sent when actual spending exceeds an amount. */
const isOverspendAlert = ({ notification }: AlertWithSubscribers): boolean =>
  notification.NotificationType === 'ACTUAL' && notification.ComparisonOperator === 'GREATER_THAN';

/** Alerts on actual spending that are sent early enough. Whether they reach someone is checked elsewhere. */
export const selectTimelyWarnings = (
  budget: Budget,
  alerts: readonly AlertWithSubscribers[],
): readonly AlertWithSubscribers[] => {
  const most = getMaxPlausibleWarning(budget);
  return alerts.filter((alert) => isOverspendAlert(alert) && getAlertAmount(budget, alert) <= most);
};

/** Whether a budget warns only at an amount that spending will hardly reach in time. */
export const isBudgetLimitTooHigh = (budget: Budget, alerts: readonly AlertWithSubscribers[]): boolean => {
  const upwards = alerts.filter(isOverspendAlert);
  return upwards.length > 0
    ? selectTimelyWarnings(budget, upwards).length === 0
    : getBudgetLimit(budget) > getMaxPlausibleWarning(budget);
};

/** Whether an alert is sent when the month is forecast to become too expensive. */
export const hasForecastAlert = (alerts: readonly AlertWithSubscribers[]): boolean =>
  alerts.some(
    ({ notification, subscribers }) =>
      notification.NotificationType === 'FORECASTED' &&
      notification.ComparisonOperator === 'GREATER_THAN' &&
      subscribers.length > 0,
  );
