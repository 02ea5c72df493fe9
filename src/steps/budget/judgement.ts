import type { Budget, Expression } from '@aws-sdk/client-budgets';
import type { AlertWithSubscribers } from './reads.ts';

/** Up to here a first warning can make sense for anybody; above it only where about that much is spent. */
const maxPlausibleWarning = 1000;

/** A first warning so many times above what is spent warns of nothing in time. */
const maxSpendMultiple = 10;

/** Kinds of charges (usage, tax, credit) are no part of an account; services, Regions, tags and accounts are. */
const isWholeAccountFilter = (filter: Expression): boolean => {
  if (filter.And) return filter.And.every(isWholeAccountFilter);
  const { Key, Values = [] } = (filter.Not ?? filter).Dimensions ?? {};
  return Key === 'RECORD_TYPE' && (filter.Not !== undefined || Values.includes('Usage'));
};

const isFilteredBudget = ({ CostFilters = {}, FilterExpression, BillingViewArn = '' }: Budget): boolean =>
  Object.keys(CostFilters).length > 0 ||
  (FilterExpression !== undefined && !isWholeAccountFilter(FilterExpression)) ||
  (BillingViewArn !== '' && !BillingViewArn.endsWith('/primary'));

/** Why a budget does not watch what the whole account costs in a month, or nothing if it does. */
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

/** The amount at which an alert is sent, in the budget's currency; not a number where the budget has no limit. */
export const getAlertAmount = (budget: Budget, { notification }: AlertWithSubscribers): number => {
  const { Threshold = Number.NaN, ThresholdType = 'PERCENTAGE' } = notification;
  return ThresholdType === 'PERCENTAGE' ? (getBudgetLimit(budget) * Threshold) / 100 : Threshold;
};

/** The most at which a first warning still makes sense, going by what is spent. */
const getMaxPlausibleWarning = ({ CalculatedSpend }: Budget): number => {
  const spent = [CalculatedSpend?.ActualSpend, CalculatedSpend?.ForecastedSpend].map((one) =>
    Number(one?.Amount ?? 0),
  );
  return Math.max(maxPlausibleWarning, maxSpendMultiple * Math.max(...spent));
};

/** Whether an alert is sent when more than some amount has been spent. */
const isOverspendAlert = ({ notification }: AlertWithSubscribers): boolean =>
  notification.NotificationType === 'ACTUAL' && notification.ComparisonOperator === 'GREATER_THAN';

/** Alerts that are sent, early enough, when money has been spent; whether somebody gets them is another matter. */
export const selectTimelyWarnings = (
  budget: Budget,
  alerts: readonly AlertWithSubscribers[],
): readonly AlertWithSubscribers[] => {
  const most = getMaxPlausibleWarning(budget);
  return alerts.filter((alert) => isOverspendAlert(alert) && getAlertAmount(budget, alert) <= most);
};

/** Whether a budget warns only at an amount that it will hardly come to in time. */
export const isBudgetLimitTooHigh = (budget: Budget, alerts: readonly AlertWithSubscribers[]): boolean => {
  const upwards = alerts.filter(isOverspendAlert);
  return upwards.length > 0
    ? selectTimelyWarnings(budget, upwards).length === 0
    : getBudgetLimit(budget) > getMaxPlausibleWarning(budget);
};

/** Whether somebody is warned when a month is forecast to become too expensive. */
export const hasForecastAlert = (alerts: readonly AlertWithSubscribers[]): boolean =>
  alerts.some(
    ({ notification, subscribers }) =>
      notification.NotificationType === 'FORECASTED' &&
      notification.ComparisonOperator === 'GREATER_THAN' &&
      subscribers.length > 0,
  );
