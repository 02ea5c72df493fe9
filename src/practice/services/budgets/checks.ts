import type { Budget as BudgetInput, Notification, Subscriber } from '@aws-sdk/client-budgets';
import * as v from 'valibot';
import type { Visit } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { budget, type Budget, type BudgetAlert } from '../../world/budgets.ts';

/** AWS Budgets does not take what it was given. */
export const invalidBudget = (message: string) => new Refusal('InvalidParameterException', 400, message);

/** Budgets are asked for with the number of an account; another one than the caller's is refused. */
export const sameAccount = ({ world }: Visit, accountId: string | undefined): void => {
  if (accountId === world.account.id) return;
  throw new Refusal('AccessDeniedException', 400, `Account ${accountId ?? ''} is not yours to look into.`);
};

/** The budget of that name, or the refusal of an operation that needs it. */
export const budgetNamed = ({ world }: Visit, name: string | undefined, doing: string): Budget => {
  const found = world.budgeting.budgets.find((one) => one.name === name);
  if (!found)
    throw new Refusal(
      'NotFoundException',
      400,
      `Unable to ${doing}${doing.endsWith('budget') ? `: ${name ?? ''}` : ''} - the budget doesn't exist.`,
    );
  return found;
};

const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

const alertShape = budget.entries.alerts.item;

const refuseSubscribers = (subscribers: readonly Subscriber[]): void => {
  const emails = subscribers.filter(({ SubscriptionType }) => SubscriptionType === 'EMAIL');
  if (subscribers.length === 0) throw invalidBudget('A notification needs at least one subscriber.');
  if (emails.length > 10 || subscribers.length - emails.length > 1)
    throw invalidBudget('A notification can have 10 email subscribers and one SNS subscriber.');
  for (const { Address = '' } of emails)
    if (!email.test(Address)) throw invalidBudget(`Invalid email address: ${Address}`);
};

/** A notification and its subscribers as they are kept, or the refusal of them. */
export const alertFrom = (
  notification: Notification | undefined,
  subscribers: readonly Subscriber[] = [],
): BudgetAlert => {
  refuseSubscribers(subscribers);
  const { success, output } = v.safeParse(alertShape, {
    notification: { ThresholdType: 'PERCENTAGE', ...notification },
    subscribers,
  });
  if (!success) throw invalidBudget('The notification is not valid.');
  if (output.notification.Threshold < 0) throw invalidBudget('Threshold must not be negative.');
  return output;
};

/** Whether two notifications are the same one: what they say, and not how they stand. */
export const sameNotification = ({ notification }: BudgetAlert, other: Notification | undefined): boolean =>
  notification.NotificationType === other?.NotificationType &&
  notification.ComparisonOperator === other.ComparisonOperator &&
  notification.Threshold === other.Threshold &&
  notification.ThresholdType === (other.ThresholdType ?? 'PERCENTAGE');

const allCosts = {
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
const amountIn = (text: string): string => {
  const amount = Number(text);
  if (!(amount > 0)) throw invalidBudget('The budget limit must be more than 0.');
  return Number.isInteger(amount) ? amount.toFixed(1) : String(amount);
};

const firstOfMonth = (now: Date) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));

/** Where AWS ends a budget that has no end. */
const endOfTime = '2087-06-15T00:00:00.000Z';

/** What CreateBudget or UpdateBudget was given as it is kept, with the defaults of AWS, or the refusal of it. */
export const budgetFrom = (input: BudgetInput | undefined, now: Date): Omit<Budget, 'alerts'> => {
  const { BudgetName: name = '', BudgetLimit: limit, TimePeriod: period, FilterExpression } = input ?? {};
  if (!/^[^:\\]{1,100}$/.test(name) || name.includes('/action/'))
    throw invalidBudget('The budget name is not valid.');
  if (!limit)
    throw invalidBudget(
      'Unable to create/update budget - please provide one of the followings: Budget Limit/ Planned Budget Limit/ Auto Adjust Data',
    );
  if (FilterExpression && input?.CostTypes)
    throw invalidBudget('CostTypes and FilterExpression cannot be given together.');
  const { success, output } = v.safeParse(v.omit(budget, ['alerts']), {
    name,
    type: input?.BudgetType,
    timeUnit: input?.TimeUnit,
    limit: { Amount: amountIn(limit.Amount ?? ''), Unit: limit.Unit },
    filters: input?.CostFilters ?? {},
    ...(FilterExpression && { expression: FilterExpression }),
    ...(input?.BudgetType === 'COST' &&
      !FilterExpression && { costTypes: { ...allCosts, ...input.CostTypes } }),
    start: (period?.Start ?? firstOfMonth(now)).toISOString(),
    end: period?.End?.toISOString() ?? endOfTime,
    configuredAt: now.toISOString(),
  });
  if (!success) throw invalidBudget('The budget is not valid.');
  return output;
};
