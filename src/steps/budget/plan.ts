import {
  CreateNotificationCommand,
  CreateSubscriberCommand,
  UpdateBudgetCommand,
  type Budget,
  type Notification,
} from '@aws-sdk/client-budgets';
import { call, type Action } from '../../core/action.ts';
import { createMonthlyBudget, createEmailSubscriber } from './create-budget.ts';
import {
  findWarnings,
  getAlertRecipients,
  maxNotifications,
  type BudgetFacts,
  type WholeAccountBudget,
} from './facts.ts';
import { withLimit } from './limits.ts';
import { isSameNotification, wantedNotifications } from './notifications.ts';
import { findRepairableBudget, hasWarningRecipient, warnsOnceLimitIsRight } from './questions.ts';
import { askForBudgetAttestation } from './attestation.ts';

/**
 * Settings that an update must keep: the amount and the values that AWS computes are not included. `CostTypes` and
 * `CostFilters` cannot be sent together with their newer forms (Budgets API, Budget).
 */
const selectKeptSettings = (budget: Budget): Partial<Budget> => {
  const names = ['TimePeriod', 'BillingViewArn'] as const;
  const older = ['CostFilters', 'CostTypes'] as const;
  const newer = ['FilterExpression', 'Metrics'] as const;
  return Object.fromEntries(
    [...names, ...(budget.CostTypes ? older : newer)].flatMap((name) =>
      budget[name] === undefined ? [] : [[name, budget[name]]],
    ),
  );
};

const describeReplacedLimit = ({ AutoAdjustData, PlannedBudgetLimits }: Budget): string => {
  if (AutoAdjustData) return ', and no longer let AWS adjust it';
  return PlannedBudgetLimits ? ', in place of the limits that are planned' : '';
};

/** An update replaces the whole budget, so all settings are sent back. */
const updateBudgetLimit = (
  { accountId }: BudgetFacts,
  { budget }: WholeAccountBudget,
  amount: string,
): Action => {
  const { BudgetName, BudgetType, TimeUnit } = budget;
  const NewBudget: Budget = {
    ...selectKeptSettings(budget),
    BudgetName,
    BudgetType,
    TimeUnit,
    BudgetLimit: { Amount: amount, Unit: 'USD' },
  };
  return call(
    'budgets',
    new UpdateBudgetCommand({ AccountId: accountId, NewBudget }),
    `set the budget ${BudgetName ?? ''} to ${amount} USD a month${describeReplacedLimit(budget)}`,
  );
};

const describeNotification = ({ NotificationType, Threshold }: Notification) =>
  NotificationType === 'ACTUAL' ? `at ${Threshold}% of it` : 'when AWS forecasts more than that';

const hasAlertSubscriber = (watcher: WholeAccountBudget, wantedOne: Notification, email: string): boolean =>
  watcher.alerts.some(
    ({ notification, subscribers }) =>
      isSameNotification(wantedOne, notification) && subscribers.some(({ Address }) => Address === email),
  );

/**
 * Adds the alerts that a budget lacks to warn an address of actual spending. An existing forecast alert stays as it is.
 */
const addMissingAlerts = (
  { accountId }: BudgetFacts,
  watcher: WholeAccountBudget,
  email: string,
): readonly Action[] => {
  const { BudgetName = '' } = watcher.budget;
  const target = { AccountId: accountId, BudgetName };
  const known = (one: Notification) =>
    watcher.alerts.some(({ notification }) => isSameNotification(one, notification));
  const unsubscribed = wantedNotifications.filter(
    (one) => one.NotificationType === 'ACTUAL' && known(one) && !hasAlertSubscriber(watcher, one, email),
  );
  const missing = wantedNotifications
    .filter((one) => !known(one))
    .slice(0, Math.max(maxNotifications - watcher.alerts.length, 0));
  const why = (one: Notification) =>
    `let the budget ${BudgetName} warn ${email} ${describeNotification(one)}`;
  return [
    ...unsubscribed.map((Notification) =>
      call(
        'budgets',
        new CreateSubscriberCommand({ ...target, Notification, Subscriber: createEmailSubscriber(email) }),
        why(Notification),
      ),
    ),
    ...missing.map((Notification) =>
      call(
        'budgets',
        new CreateNotificationCommand({
          ...target,
          Notification,
          Subscribers: [createEmailSubscriber(email)],
        }),
        why(Notification),
      ),
    ),
  ];
};

/** Whether this plan makes AWS send the first mail to an address, so that nobody can have answered it before. */
const isNewAddress = ({ wholeAccountBudgets }: BudgetFacts, email: string): boolean =>
  !wholeAccountBudgets.some(({ alerts }) => getAlertRecipients(alerts, 'EMAIL').includes(email));

/** Gives a budget of this program a sensible limit, and adds to any budget what it lacks. */
const repairBudget = (
  facts: BudgetFacts,
  old: WholeAccountBudget,
  { amount, email }: BudgetAnswers,
): readonly Action[] => {
  const { attestationHolder } = facts;
  const newLimit = old.limitFlaw === undefined ? undefined : amount;
  if (old.limitFlaw !== undefined && !newLimit) return [];
  const limit = newLimit ? [updateBudgetLimit(facts, old, newLimit)] : [];
  const repaired = newLimit ? withLimit(old, Number(newLimit)) : old;
  const { unconfirmedRecipients } = findWarnings(repaired, old);
  if (email && !warnsOnceLimitIsRight(old))
    return [
      ...limit,
      ...addMissingAlerts(facts, old, email),
      askForBudgetAttestation([...new Set([...unconfirmedRecipients, email])], attestationHolder, {
        mailedNow: isNewAddress(facts, email),
      }),
    ];
  return unconfirmedRecipients.length > 0
    ? [...limit, askForBudgetAttestation(unconfirmedRecipients, attestationHolder)]
    : [];
};

type BudgetAnswers = { amount: string | undefined; email: string | undefined };

/**
 * Provides a budget that warns someone, or completes an existing one. Then asks the owner to attest that warnings
 * arrive.
 */
export const planBudget = (facts: BudgetFacts, answers: BudgetAnswers): readonly Action[] => {
  const [best] = facts.wholeAccountBudgets;
  const { email } = answers;
  const amount = answers.amount?.trim();
  if (best && hasWarningRecipient(best)) {
    // The address is no longer asked for. It comes from a run that was interrupted between two alerts.
    const rest = email ? addMissingAlerts(facts, best, email) : [];
    return best.deliveryProven || best.attestation
      ? rest
      : [...rest, askForBudgetAttestation(best.unconfirmedRecipients, facts.attestationHolder)];
  }
  const old = findRepairableBudget(facts);
  if (old) return repairBudget(facts, old, { amount, email });
  return amount && email
    ? [
        createMonthlyBudget(facts, amount, email),
        askForBudgetAttestation([email], facts.attestationHolder, { mailedNow: isNewAddress(facts, email) }),
      ]
    : [];
};
