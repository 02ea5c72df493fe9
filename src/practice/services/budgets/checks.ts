import type {
  AutoAdjustData,
  Budget as BudgetInput,
  Notification,
  Spend,
  Subscriber,
} from '@aws-sdk/client-budgets';
import * as v from 'valibot';
import type { OperationContext } from '../../operation.ts';
import { ErrorResponse } from '../../error-response.ts';
import { budgetSchema, type PracticeBudget, type PracticeBudgetAlert } from '../../world/budgets.ts';

export const createInvalidBudgetError = (message: string) =>
  new ErrorResponse('InvalidParameterException', 400, message);

/** Requests to AWS Budgets contain an account ID. Any other than the caller's is rejected. */
export const requireOwnAccount = ({ world }: OperationContext, accountId: string | undefined): void => {
  if (accountId === world.account.id) return;
  throw new ErrorResponse(
    'AccessDeniedException',
    400,
    `Account ${accountId ?? ''} is not yours to look into.`,
  );
};

/** The budget with that name, or the error of an operation that needs it. */
export const requireBudget = (
  { world }: OperationContext,
  name: string | undefined,
  doing: string,
): PracticeBudget => {
  const found = world.budgeting.budgets.find((one) => one.name === name);
  if (!found)
    throw new ErrorResponse(
      'NotFoundException',
      400,
      `Unable to ${doing}${doing.endsWith('budget') ? `: ${name ?? ''}` : ''} - the budget doesn't exist.`,
    );
  return found;
};

const subscriberEmailPattern = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

const budgetAlertSchema = budgetSchema.entries.alerts.item;

const validateSubscribers = (subscribers: readonly Subscriber[]): void => {
  const emails = subscribers.filter(({ SubscriptionType }) => SubscriptionType === 'EMAIL');
  if (subscribers.length === 0)
    throw createInvalidBudgetError('A notification needs at least one subscriber.');
  if (emails.length > 10 || subscribers.length - emails.length > 1)
    throw createInvalidBudgetError('A notification can have 10 email subscribers and one SNS subscriber.');
  for (const { Address = '' } of emails)
    if (!subscriberEmailPattern.test(Address))
      throw createInvalidBudgetError(`Invalid email address: ${Address}`);
};

/** Parses a notification and its subscribers for storage, or throws AWS's error. */
export const parseBudgetAlert = (
  notification: Notification | undefined,
  subscribers: readonly Subscriber[] = [],
): PracticeBudgetAlert => {
  validateSubscribers(subscribers);
  const { success, output } = v.safeParse(budgetAlertSchema, {
    notification: { ThresholdType: 'PERCENTAGE', ...notification },
    subscribers,
  });
  if (!success) throw createInvalidBudgetError('The notification is not valid.');
  if (output.notification.Threshold < 0) throw createInvalidBudgetError('Threshold must not be negative.');
  return output;
};

/** Whether two notifications are the same, regardless of their current state. */
export const hasSameNotification = (
  { notification }: PracticeBudgetAlert,
  other: Notification | undefined,
): boolean =>
  notification.NotificationType === other?.NotificationType &&
  notification.ComparisonOperator === other.ComparisonOperator &&
  notification.Threshold === other.Threshold &&
  notification.ThresholdType === (other.ThresholdType ?? 'PERCENTAGE');

const defaultCostTypes = {
  IncludeCredit: true,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeRefund: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

/** AWS writes an amount with at least one decimal. */
const formatBudgetAmount = (amount: number): string =>
  Number.isInteger(amount) ? amount.toFixed(1) : String(amount);

const parseLimit = ({ Amount, Unit }: Spend): { Amount: string; Unit: string | undefined } => {
  const amount = Number(Amount);
  if (!(amount > 0)) throw createInvalidBudgetError('The budget limit must be more than 0.');
  return { Amount: formatBudgetAmount(amount), Unit };
};

const getFirstOfMonth = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));

/** The end that AWS gives to a budget without one. */
const defaultBudgetEnd = '2087-06-15T00:00:00.000Z';

/** The limit of a planned budget is that of the current month. */
const parsePlannedLimits = (planned: Record<string, Spend>, now: Date) => {
  const months = Object.entries(planned).map(
    ([second, spend]) => [Number(second), parseLimit(spend)] as const,
  );
  const current = months
    .filter(([second]) => second * 1000 <= now.getTime())
    .toSorted(([a], [b]) => b - a)[0];
  if (!current) throw createInvalidBudgetError('Planned limits must start from the current month.');
  return {
    limit: current[1],
    planned: Object.fromEntries(months.map(([second, spend]) => [String(second), spend])),
  };
};

/** An account that has spent nothing has no months to adjust a limit by. */
const parseAutoAdjustment = ({ AutoAdjustType, HistoricalOptions: options }: AutoAdjustData) => ({
  limit: { Amount: '0.0', Unit: 'USD' },
  autoAdjust: {
    AutoAdjustType,
    ...(options && {
      HistoricalOptions: {
        BudgetAdjustmentPeriod: options.BudgetAdjustmentPeriod,
        LookBackAvailablePeriods: 0,
      },
    }),
  },
});

const parseLimits = (input: BudgetInput | undefined, now: Date) => {
  const { BudgetLimit, PlannedBudgetLimits, AutoAdjustData } = input ?? {};
  if ([BudgetLimit, PlannedBudgetLimits, AutoAdjustData].filter((one) => one !== undefined).length !== 1)
    throw createInvalidBudgetError(
      'Unable to create/update budget - please provide one of the followings: Budget Limit/ Planned Budget Limit/ Auto Adjust Data',
    );
  if (PlannedBudgetLimits) return parsePlannedLimits(PlannedBudgetLimits, now);
  if (AutoAdjustData) return parseAutoAdjustment(AutoAdjustData);
  return { limit: parseLimit(BudgetLimit ?? { Amount: undefined, Unit: undefined }) };
};

const hasNewerSettings = ({ FilterExpression, Metrics }: BudgetInput): boolean =>
  FilterExpression !== undefined || Metrics !== undefined;

/** Parses the input of CreateBudget or UpdateBudget for storage, with AWS's defaults, or throws AWS's error. */
export const parseBudgetInput = (
  input: BudgetInput | undefined,
  now: Date,
): Omit<PracticeBudget, 'alerts'> => {
  const {
    BudgetName: name = '',
    TimePeriod: period,
    FilterExpression,
    Metrics,
    BillingViewArn,
  } = input ?? {};
  if (!/^[^:\\]{1,100}$/.test(name) || name.includes('/action/'))
    throw createInvalidBudgetError('The budget name is not valid.');
  const newer = input !== undefined && hasNewerSettings(input);
  if (newer && (input.CostTypes || input.CostFilters))
    throw createInvalidBudgetError(
      'CostTypes and CostFilters cannot be given together with FilterExpression and Metrics.',
    );
  const { success, output } = v.safeParse(v.omit(budgetSchema, ['alerts']), {
    name,
    type: input?.BudgetType,
    timeUnit: input?.TimeUnit,
    ...parseLimits(input, now),
    filters: input?.CostFilters ?? {},
    ...(FilterExpression && { expression: FilterExpression }),
    ...(Metrics && { metrics: Metrics }),
    ...(BillingViewArn && { billingView: BillingViewArn }),
    ...(input?.BudgetType === 'COST' && !newer && { costTypes: { ...defaultCostTypes, ...input.CostTypes } }),
    start: (period?.Start ?? getFirstOfMonth(now)).toISOString(),
    end: period?.End?.toISOString() ?? defaultBudgetEnd,
    configuredAt: now.toISOString(),
  });
  if (!success) throw createInvalidBudgetError('The budget is not valid.');
  return output;
};
