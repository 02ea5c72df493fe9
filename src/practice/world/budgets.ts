import * as v from 'valibot';
import { timestampSchema } from './monitoring.ts';

const notificationSchema = v.object({
  NotificationType: v.picklist(['ACTUAL', 'FORECASTED']),
  ComparisonOperator: v.picklist(['GREATER_THAN', 'LESS_THAN', 'EQUAL_TO']),
  Threshold: v.number(),
  ThresholdType: v.picklist(['PERCENTAGE', 'ABSOLUTE_VALUE']),
});

const subscriberSchema = v.object({ SubscriptionType: v.picklist(['EMAIL', 'SNS']), Address: v.string() });

const spendSchema = v.object({ Amount: v.string(), Unit: v.string() });

/** How AWS adjusts the limit by itself. */
const autoAdjustSchema = v.object({
  AutoAdjustType: v.picklist(['HISTORICAL', 'FORECAST']),
  HistoricalOptions: v.exactOptional(
    v.object({ BudgetAdjustmentPeriod: v.number(), LookBackAvailablePeriods: v.exactOptional(v.number()) }),
  ),
});

const metrics = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'UnblendedCost',
] as const;

/** The kinds of charges that a budget counts. */
const costTypesSchema = v.object({
  IncludeCredit: v.boolean(),
  IncludeDiscount: v.boolean(),
  IncludeOtherSubscription: v.boolean(),
  IncludeRecurring: v.boolean(),
  IncludeRefund: v.boolean(),
  IncludeSubscription: v.boolean(),
  IncludeSupport: v.boolean(),
  IncludeTax: v.boolean(),
  IncludeUpfront: v.boolean(),
  UseAmortized: v.boolean(),
  UseBlended: v.boolean(),
});

export const budgetSchema = v.object({
  name: v.string(),
  type: v.picklist([
    'COST',
    'USAGE',
    'RI_COVERAGE',
    'RI_UTILIZATION',
    'SAVINGS_PLANS_COVERAGE',
    'SAVINGS_PLANS_UTILIZATION',
  ]),
  timeUnit: v.picklist(['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'CUSTOM']),
  limit: spendSchema,
  /** Limits of months to come, by the first second of the month. */
  planned: v.exactOptional(v.record(v.string(), spendSchema)),
  autoAdjust: v.exactOptional(autoAdjustSchema),
  filters: v.record(v.string(), v.array(v.string())),
  /** Stored as given. Returned only to requests that ask for it. */
  expression: v.exactOptional(v.record(v.string(), v.unknown())),
  costTypes: v.exactOptional(costTypesSchema),
  metrics: v.exactOptional(
    v.array(v.picklist([...metrics, 'Hours', 'NormalizedUsageAmount', 'UsageQuantity'])),
  ),
  billingView: v.exactOptional(v.string()),
  /** Why AWS no longer updates the budget. Missing if it does. */
  unhealthy: v.exactOptional(
    v.picklist([
      'BILLING_VIEW_NO_ACCESS',
      'BILLING_VIEW_UNHEALTHY',
      'FILTER_INVALID',
      'MULTI_YEAR_HISTORICAL_DATA_DISABLED',
    ]),
  ),
  start: timestampSchema,
  end: timestampSchema,
  spent: v.exactOptional(v.string()),
  configuredAt: timestampSchema,
  alerts: v.array(v.object({ notification: notificationSchema, subscribers: v.array(subscriberSchema) })),
});

/** What AWS Budgets stores for an account: the budgets, and the verified addresses. */
export const budgetingSchema = v.object({
  budgets: v.array(budgetSchema),
  verified: v.array(v.string()),
});

export type PracticeBudget = v.InferOutput<typeof budgetSchema>;
/** A notification of a budget with its subscribers. */
export type PracticeBudgetAlert = PracticeBudget['alerts'][number];
