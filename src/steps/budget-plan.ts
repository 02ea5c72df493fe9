import {
  CreateBudgetCommand,
  CreateNotificationCommand,
  CreateSubscriberCommand,
  UpdateBudgetCommand,
  type Budget,
  type Notification,
  type Subscriber,
} from '@aws-sdk/client-budgets';
import { budgets, type Action } from '../aws/action.ts';
import type { Given } from '../interview.ts';
import { essentials } from './budget-reads.ts';
import { ourName, type BudgetFacts, type Watcher } from './budget-facts.ts';
import { repairable, warnsSomebody } from './budget-questions.ts';
import { askForWord } from './budget-word.ts';

/** A budget has at most so many notifications (Budgets API, CreateBudget). */
const mostNotifications = 5;

const at = (NotificationType: 'ACTUAL' | 'FORECASTED', Threshold: number): Notification => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
});

const wanted: readonly Notification[] = [at('ACTUAL', 80), at('ACTUAL', 100), at('FORECASTED', 100)];

/**
 * Credits and refunds are left out of the sum on every plan: with them the budget stays at zero for as long as credits
 * last, whatever runs, and warns for the first time when the money is the owner's own.
 */
const costTypes = {
  IncludeCredit: false,
  IncludeRefund: false,
  IncludeDiscount: true,
  IncludeOtherSubscription: true,
  IncludeRecurring: true,
  IncludeSubscription: true,
  IncludeSupport: true,
  IncludeTax: true,
  IncludeUpfront: true,
  UseAmortized: false,
  UseBlended: false,
};

const freeName = (names: readonly string[]): string => {
  let name = ourName;
  for (let number = 2; names.includes(name); number += 1) name = `${ourName}-${number}`;
  return name;
};

const subscriber = (Address: string): Subscriber => ({ SubscriptionType: 'EMAIL', Address });

/** AWS Free Tier, "Earn credits": setting up a budget is one of the activities. AWS decides, and the list can change. */
const earns =
  '; on the Free plan AWS offers up to 20 USD of credit for a first budget (its offer, not a promise of this program)';

const create = ({ accountId, names, freePlan }: BudgetFacts, amount: string, email: string): Action => {
  const BudgetName = freeName(names);
  return budgets(
    new CreateBudgetCommand({
      AccountId: accountId,
      Budget: {
        BudgetName,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: amount, Unit: 'USD' },
        CostTypes: costTypes,
      },
      NotificationsWithSubscribers: wanted.map((one) => ({
        Notification: one,
        Subscribers: [subscriber(email)],
      })),
    }),
    `make the budget ${BudgetName}: ${email} is warned at 80 % and 100 % of ${amount} USD a month, and when more is forecast; credits are not subtracted, so that it shows what you really use${freePlan && names.length === 0 ? earns : ''}`,
  );
};

/** What of a budget is a setting that stays, and not its amount or what AWS works out itself. */
const keptSettings = [
  'TimePeriod',
  'CostFilters',
  'CostTypes',
  'FilterExpression',
  'Metrics',
  'BillingViewArn',
] as const;

/** A budget is replaced by an update, so all of it is sent back. */
const update = ({ accountId }: BudgetFacts, { budget }: Watcher, amount: string): Action => {
  const kept = Object.fromEntries(
    keptSettings.flatMap((name) => (budget[name] === undefined ? [] : [[name, budget[name]]])),
  );
  const { BudgetName, BudgetType, TimeUnit } = budget;
  const NewBudget: Budget = {
    ...kept,
    BudgetName,
    BudgetType,
    TimeUnit,
    BudgetLimit: { Amount: amount, Unit: 'USD' },
  };
  return budgets(
    new UpdateBudgetCommand({ AccountId: accountId, NewBudget }),
    `set the budget ${BudgetName ?? ''} to ${amount} USD a month`,
  );
};

const same = (one: Notification, other: Notification) =>
  JSON.stringify(essentials(one)) === JSON.stringify(essentials({ ThresholdType: 'PERCENTAGE', ...other }));

const inWords = ({ NotificationType, Threshold }: Notification) =>
  NotificationType === 'ACTUAL' ? `at ${Threshold} % of it` : 'when AWS forecasts more than that';

/** Adds what a budget of the owner's lacks; what it has is left as it is. */
const addAlerts = (
  { accountId }: BudgetFacts,
  { budget, alerts }: Watcher,
  email: string,
): readonly Action[] => {
  const { BudgetName = '' } = budget;
  const known = (one: Notification) => alerts.some(({ notification }) => same(one, notification));
  const room = mostNotifications - alerts.length;
  const target = { AccountId: accountId, BudgetName };
  const missing = wanted.filter((one) => !known(one)).slice(0, Math.max(room, 0));
  return [
    ...wanted
      .filter(known)
      .map((Notification) =>
        budgets(
          new CreateSubscriberCommand({ ...target, Notification, Subscriber: subscriber(email) }),
          `let the budget ${BudgetName} warn ${email} ${inWords(Notification)}`,
        ),
      ),
    ...missing.map((Notification) =>
      budgets(
        new CreateNotificationCommand({ ...target, Notification, Subscribers: [subscriber(email)] }),
        `let the budget ${BudgetName} warn ${email} ${inWords(Notification)}`,
      ),
    ),
  ];
};

const changes = (facts: BudgetFacts, amount: string | undefined, email: string): readonly Action[] => {
  const old = repairable(facts);
  if (!old) return amount ? [create(facts, amount, email)] : [];
  return [...(old.absurd && amount ? [update(facts, old, amount)] : []), ...addAlerts(facts, old, email)];
};

/** What makes somebody be warned: a budget, or what the owner's lacks, and then the owner's word on the addresses. */
export const planBudget = (facts: BudgetFacts, answers: Given): readonly Action[] => {
  const [best] = facts.watchers;
  if (best && warnsSomebody(best)) {
    return best.proven || best.word ? [] : [askForWord(best.untold, facts.keeper)];
  }
  const email = answers['email']?.toString();
  if (!email) return [];
  const made = changes(facts, answers['amount']?.toString().trim(), email);
  return made.length > 0 ? [...made, askForWord([email], facts.keeper)] : [];
};
