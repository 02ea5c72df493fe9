import type {
  CreateBudgetCommandInput,
  CreateNotificationCommandInput,
  CreateSubscriberCommandInput,
  UpdateBudgetCommandInput,
} from '@aws-sdk/client-budgets';
import {
  parseBudgetAlert,
  parseBudgetInput,
  requireBudget,
  createInvalidBudgetError,
  requireOwnAccount,
  hasSameNotification,
} from './checks.ts';
import { sendVerificationMails } from './verification.ts';
import type { OperationTable, OperationContext } from '../../operation.ts';
import { ErrorResponse } from '../../error-response.ts';

const createDuplicateRecordError = (message: string) =>
  new ErrorResponse('DuplicateRecordException', 400, message);

const maxAlertsPerBudget = 5;

const createBudget = (context: OperationContext, input: CreateBudgetCommandInput): object => {
  const { world, now } = context;
  requireOwnAccount(context, input.AccountId);
  const budget = parseBudgetInput(input.Budget, now);
  const { budgets } = world.budgeting;
  if (budgets.some(({ name }) => name === budget.name))
    throw createDuplicateRecordError(`Error creating budget: ${budget.name} - the budget already exists.`);
  const given = input.NotificationsWithSubscribers ?? [];
  if (given.length > maxAlertsPerBudget)
    throw createInvalidBudgetError(`A budget can have ${maxAlertsPerBudget} notifications.`);
  const alerts = given.map(({ Notification, Subscribers }) => parseBudgetAlert(Notification, Subscribers));
  budgets.push({ ...budget, alerts });
  for (const alert of alerts) sendVerificationMails(world, alert, now);
  return {};
};

const updateBudget = (
  context: OperationContext,
  { AccountId, NewBudget }: UpdateBudgetCommandInput,
): object => {
  requireOwnAccount(context, AccountId);
  const old = requireBudget(context, NewBudget?.BudgetName, 'update budget');
  const { alerts, spent, unhealthy } = old;
  // An update replaces the whole budget. What AWS itself computes, and the notifications, stay.
  const updated = {
    ...parseBudgetInput(NewBudget, context.now),
    alerts,
    ...(spent !== undefined && { spent }),
    ...(unhealthy && { unhealthy }),
  };
  const { budgeting } = context.world;
  budgeting.budgets = budgeting.budgets.map((one) => (one === old ? updated : one));
  return {};
};

const createNotification = (context: OperationContext, input: CreateNotificationCommandInput): object => {
  requireOwnAccount(context, input.AccountId);
  const budget = requireBudget(context, input.BudgetName, 'create notification');
  const alert = parseBudgetAlert(input.Notification, input.Subscribers);
  if (budget.alerts.some((one) => hasSameNotification(one, input.Notification)))
    throw createDuplicateRecordError('Unable to create notification - the notification already exists.');
  if (budget.alerts.length >= maxAlertsPerBudget)
    throw new ErrorResponse(
      'CreationLimitExceededException',
      400,
      'Unable to create notification - too many.',
    );
  budget.alerts.push(alert);
  sendVerificationMails(context.world, alert, context.now);
  return {};
};

const createSubscriber = (context: OperationContext, input: CreateSubscriberCommandInput): object => {
  requireOwnAccount(context, input.AccountId);
  const budget = requireBudget(context, input.BudgetName, 'create subscriber');
  const old = budget.alerts.find((one) => hasSameNotification(one, input.Notification));
  if (!old)
    throw new ErrorResponse('NotFoundException', 400, 'Unable to create subscriber - no such notification.');
  const { Subscriber } = input;
  if (old.subscribers.some(({ Address }) => Address === Subscriber?.Address))
    throw createDuplicateRecordError('Unable to create subscriber - the subscriber already exists.');
  const alert = parseBudgetAlert(old.notification, [...old.subscribers, ...(Subscriber ? [Subscriber] : [])]);
  old.subscribers = alert.subscribers;
  sendVerificationMails(context.world, alert, context.now);
  return {};
};

export const budgetOperations = {
  CreateBudget: createBudget,
  UpdateBudget: updateBudget,
  CreateNotification: createNotification,
  CreateSubscriber: createSubscriber,
} satisfies OperationTable;
