import type {
  CreateBudgetCommandInput,
  CreateNotificationCommandInput,
  CreateSubscriberCommandInput,
  DeleteBudgetCommandInput,
  UpdateBudgetCommandInput,
} from '@aws-sdk/client-budgets';
import {
  alertFrom,
  budgetFrom,
  budgetNamed,
  invalidBudget,
  sameAccount,
  sameNotification,
} from './checks.ts';
import { askToVerify } from './verification.ts';
import type { Operations, Visit } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';

const duplicate = (message: string) => new Refusal('DuplicateRecordException', 400, message);

/** Notifications that one budget can have. */
const mostAlerts = 5;

const createBudget = (visit: Visit, input: CreateBudgetCommandInput): object => {
  const { world, now } = visit;
  sameAccount(visit, input.AccountId);
  const budget = budgetFrom(input.Budget, now);
  const { budgets } = world.budgeting;
  if (budgets.some(({ name }) => name === budget.name))
    throw duplicate(`Error creating budget: ${budget.name} - the budget already exists.`);
  const given = input.NotificationsWithSubscribers ?? [];
  if (given.length > mostAlerts) throw invalidBudget(`A budget can have ${mostAlerts} notifications.`);
  const alerts = given.map(({ Notification, Subscribers }) => alertFrom(Notification, Subscribers));
  budgets.push({ ...budget, alerts });
  for (const alert of alerts) askToVerify(world, alert, now);
  return {};
};

const updateBudget = (visit: Visit, { AccountId, NewBudget }: UpdateBudgetCommandInput): object => {
  sameAccount(visit, AccountId);
  const old = budgetNamed(visit, NewBudget?.BudgetName, 'update budget');
  Object.assign(old, budgetFrom(NewBudget, visit.now));
  return {};
};

const deleteBudget = (visit: Visit, { AccountId, BudgetName }: DeleteBudgetCommandInput): object => {
  sameAccount(visit, AccountId);
  const old = budgetNamed(visit, BudgetName, 'delete budget');
  const { budgeting } = visit.world;
  budgeting.budgets = budgeting.budgets.filter((one) => one !== old);
  return {};
};

const createNotification = (visit: Visit, input: CreateNotificationCommandInput): object => {
  sameAccount(visit, input.AccountId);
  const budget = budgetNamed(visit, input.BudgetName, 'create notification');
  const alert = alertFrom(input.Notification, input.Subscribers);
  if (budget.alerts.some((one) => sameNotification(one, input.Notification)))
    throw duplicate('Unable to create notification - the notification already exists.');
  if (budget.alerts.length >= mostAlerts)
    throw new Refusal('CreationLimitExceededException', 400, 'Unable to create notification - too many.');
  budget.alerts.push(alert);
  askToVerify(visit.world, alert, visit.now);
  return {};
};

const createSubscriber = (visit: Visit, input: CreateSubscriberCommandInput): object => {
  sameAccount(visit, input.AccountId);
  const budget = budgetNamed(visit, input.BudgetName, 'create subscriber');
  const old = budget.alerts.find((one) => sameNotification(one, input.Notification));
  if (!old)
    throw new Refusal('NotFoundException', 400, 'Unable to create subscriber - no such notification.');
  const { Subscriber } = input;
  if (old.subscribers.some(({ Address }) => Address === Subscriber?.Address))
    throw duplicate('Unable to create subscriber - the subscriber already exists.');
  const alert = alertFrom(old.notification, [...old.subscribers, ...(Subscriber ? [Subscriber] : [])]);
  old.subscribers = alert.subscribers;
  askToVerify(visit.world, alert, visit.now);
  return {};
};

/** The operations of AWS Budgets that change something. */
export const budgetOperations = {
  CreateBudget: createBudget,
  UpdateBudget: updateBudget,
  DeleteBudget: deleteBudget,
  CreateNotification: createNotification,
  CreateSubscriber: createSubscriber,
} satisfies Operations;
