import * as v from 'valibot';
import { timestampSchema } from './monitoring.ts';

const notificationSchema = v.object({
  NotificationType: v.picklist(['ACTUAL', 'FORECASTED']),
  ComparisonOperator: v.picklist(['GREATER_THAN', 'LESS_THAN', 'EQUAL_TO']),
  Threshold: v.number(),
  ThresholdType: v.picklist(['PERCENTAGE', 'ABSOLUTE_VALUE']),
});

const subscriberSchema = v.object({ SubscriptionType: v.picklist(['EMAIL', 'SNS']), Address: v.string() });

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
  limit: v.object({ Amount: v.string(), Unit: v.string() }),
  filters: v.record(v.string(), v.array(v.string())),
  /** Stored as given. Returned only to requests that ask for it. */
  expression: v.exactOptional(v.record(v.string(), v.unknown())),
  costTypes: v.exactOptional(costTypesSchema),
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
