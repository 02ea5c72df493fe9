import {
  CreateNotificationCommand,
  CreateSubscriberCommand,
  UpdateBudgetCommand,
  type Budget,
  type Notification,
} from '@aws-sdk/client-budgets';
import { budgets, type Action } from '../../core/action.ts';
import type { GivenAnswers } from '../../run/interview.ts';
import { essentials } from './reads.ts';
import { mostNotifications, type BudgetFacts, type Watcher } from './facts.ts';
import { createBudget, subscriber, wanted } from './new.ts';
import { repairable, warnsSomebody } from './questions.ts';
import { askForWord } from './attestation.ts';

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

const gets = (watcher: Watcher, wantedOne: Notification, email: string): boolean =>
  watcher.alerts.some(
    ({ notification, subscribers }) =>
      same(wantedOne, notification) && subscribers.some(({ Address }) => Address === email),
  );

/** Adds what a budget lacks to warn an address of money that was spent; a forecast that it has is left as it is. */
const addAlerts = ({ accountId }: BudgetFacts, watcher: Watcher, email: string): readonly Action[] => {
  const { BudgetName = '' } = watcher.budget;
  const target = { AccountId: accountId, BudgetName };
  const known = (one: Notification) => watcher.alerts.some(({ notification }) => same(one, notification));
  const mute = wanted.filter(
    (one) => one.NotificationType === 'ACTUAL' && known(one) && !gets(watcher, one, email),
  );
  const missing = wanted
    .filter((one) => !known(one))
    .slice(0, Math.max(mostNotifications - watcher.alerts.length, 0));
  const why = (one: Notification) => `let the budget ${BudgetName} warn ${email} ${inWords(one)}`;
  return [
    ...mute.map((Notification) =>
      budgets(
        new CreateSubscriberCommand({ ...target, Notification, Subscriber: subscriber(email) }),
        why(Notification),
      ),
    ),
    ...missing.map((Notification) =>
      budgets(
        new CreateNotificationCommand({ ...target, Notification, Subscribers: [subscriber(email)] }),
        why(Notification),
      ),
    ),
  ];
};

/** A budget with a limit that makes sense, or with a new one where it is ours, and with what it lacks. */
const repair = (facts: BudgetFacts, old: Watcher, { amount, email }: Wishes): readonly Action[] => {
  if (old.absurd && !amount) return [];
  const limit = old.absurd && amount ? [update(facts, old, amount)] : [];
  // Whoever was to be warned at the old limit is warned at the new one, so nobody has to be added.
  if (old.absurd && old.addresses.length > 0) return [...limit, askForWord(old.addresses, facts.keeper)];
  return email ? [...limit, ...addAlerts(facts, old, email), askForWord([email], facts.keeper)] : [];
};

type Wishes = { amount: string | undefined; email: string | undefined };

/** What makes somebody be warned: a budget, or what the owner's lacks, and then the owner's word on the addresses. */
export const planBudget = (facts: BudgetFacts, answers: GivenAnswers): readonly Action[] => {
  const [best] = facts.watchers;
  const amount = answers['amount']?.toString().trim();
  const email = answers['email']?.toString();
  if (best && warnsSomebody(best)) {
    // Nobody is asked for an address any more: it is that of a run that was broken off between two of its alerts.
    const rest = email ? addAlerts(facts, best, email) : [];
    return best.proven || best.word ? rest : [...rest, askForWord(best.untold, facts.keeper)];
  }
  const old = repairable(facts);
  if (old) return repair(facts, old, { amount, email });
  return amount && email ? [createBudget(facts, amount, email), askForWord([email], facts.keeper)] : [];
};
