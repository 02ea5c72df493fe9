import type { Budget, HealthStatusReason } from '@aws-sdk/client-budgets';
import { formatDay } from '../../lib/dates.ts';
import { findAmountFlaw } from '../shared/plausible-amount.ts';
import { findCoverageObjection, type BudgetOwner } from './coverage.ts';
import { getCurrentLimit, type LimitedBudget } from './limits.ts';
import type { AlertWithSubscribers } from './reads.ts';

/** Why AWS no longer updates a budget (Budgets API, HealthStatus). */
const unhealthyReasons: Readonly<Record<HealthStatusReason, string>> = {
  BILLING_VIEW_NO_ACCESS: 'this account may not see its billing view',
  BILLING_VIEW_UNHEALTHY: 'its billing view is not healthy',
  FILTER_INVALID: 'its filter names an account that this one may not see',
  MULTI_YEAR_HISTORICAL_DATA_DISABLED: 'it needs multi-year data, which Cost Management preferences turn on',
};

const describeHealth = ({ HealthStatus: health }: Budget): string | undefined => {
  if (health?.Status !== 'UNHEALTHY') return undefined;
  const reason = health.StatusReason && unhealthyReasons[health.StatusReason];
  return `is no longer updated by AWS${reason ? `: ${reason}` : ''}`;
};

/** Metrics of money. The others count hours and amounts, whatever the type of the budget says. */
const costMetrics = ['UnblendedCost', 'BlendedCost', 'AmortizedCost', 'NetUnblendedCost', 'NetAmortizedCost'];

/** Why a budget does not watch the whole account's monthly costs. Undefined if it does. */
export const findBudgetObjection = (budget: Budget, owner: BudgetOwner, now: Date): string | undefined => {
  const { Start, End } = budget.TimePeriod ?? {};
  if (budget.BudgetType !== 'COST') return 'does not watch costs';
  if (!(budget.Metrics ?? []).every((metric) => costMetrics.includes(metric))) return 'does not watch costs';
  if (budget.TimeUnit !== 'MONTHLY') return 'is not a monthly one';
  if (End && End <= now) return 'has ended';
  if (Start && Start > now) return `has not begun yet: it starts on ${formatDay(Start)}`;
  return describeHealth(budget) ?? findCoverageObjection(budget, owner);
};

const toAlertAmount = ({ notification }: AlertWithSubscribers, limit: number): number => {
  const { Threshold = Number.NaN, ThresholdType = 'PERCENTAGE' } = notification;
  return ThresholdType === 'PERCENTAGE' ? (limit * Threshold) / 100 : Threshold;
};

/** The amount at which an alert is sent this month, in the budget's currency. NaN if the budget has no limit. */
export const getAlertAmount = (limited: LimitedBudget, alert: AlertWithSubscribers): number =>
  toAlertAmount(alert, getCurrentLimit(limited));

/** Whether an alert comes neither too late nor at the first cent, this month and in the months that are planned. */
const isTimely = ({ limits, spending }: LimitedBudget, alert: AlertWithSubscribers): boolean =>
  limits.every(({ amount }) => findAmountFlaw(toAlertAmount(alert, amount), spending) === undefined);

/** Whether an alert is sent when spending, actual or forecast, exceeds an amount. */
const warnsAbove = ({ notification }: AlertWithSubscribers, type: 'ACTUAL' | 'FORECASTED'): boolean =>
  notification.NotificationType === type && notification.ComparisonOperator === 'GREATER_THAN';

/** Alerts on actual spending that are sent early enough. Whether they reach someone is checked elsewhere. */
export const selectTimelyWarnings = (
  limited: LimitedBudget,
  alerts: readonly AlertWithSubscribers[],
): readonly AlertWithSubscribers[] =>
  alerts.filter((alert) => warnsAbove(alert, 'ACTUAL') && isTimely(limited, alert));

/** Whether there are alerts on actual spending, all of which come too late or at the first cent. */
export const hasOnlyUselessWarnings = (
  limited: LimitedBudget,
  alerts: readonly AlertWithSubscribers[],
): boolean =>
  alerts.some((alert) => warnsAbove(alert, 'ACTUAL')) && selectTimelyWarnings(limited, alerts).length === 0;

/** Alerts that are sent early enough when the month is forecast to become too expensive. */
export const selectForecastWarnings = (
  limited: LimitedBudget,
  alerts: readonly AlertWithSubscribers[],
): readonly AlertWithSubscribers[] =>
  alerts.filter((alert) => warnsAbove(alert, 'FORECASTED') && isTimely(limited, alert));
