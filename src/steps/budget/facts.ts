import type { Budget } from '@aws-sdk/client-budgets';
import { readAccountPlan } from '../../aws/account-kind.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { readIdentity } from '../../aws/identity.ts';
import { readUsersAndGroups } from '../../aws/reads/iam.ts';
import type { Attestation, Attestations } from '../../core/attestation.ts';
import { keeperOfWords } from '../shared/administrators.ts';
import { hasForecast, isAbsurd, objectionTo, warningsOf } from './judgement.ts';
import { alertsOf, budgetsIn, type Alert } from './reads.ts';
import { topicState, type TopicState } from './topics.ts';
import { saidOf, wordGiven } from './attestation.ts';

/** The name of the budget that this program makes. */
export const ourName = 'aws-first-steps-monthly';

/** Whether this program made a budget, by its name. */
export const isOurBudget = ({ BudgetName = '' }: Budget): boolean => BudgetName.startsWith(ourName);

/** A budget that could warn, and whom it does. */
export type Watcher = {
  budget: Budget;
  alerts: readonly Alert[];
  /** Alerts that are sent, early enough, when money has been spent. */
  warnings: readonly Alert[];
  forecast: boolean;
  absurd: boolean;
  /** Whom it would warn by mail if its limit made sense. */
  addresses: readonly string[];
  /** A topic of which AWS says that somebody gets what a budget publishes to it. */
  proven: boolean;
  /** Where warnings go of which AWS does not say whether they arrive: addresses, and topics that are `untold`. */
  untold: readonly string[];
  /** The owner's word that they do. */
  word: Attestation | undefined;
};

/** Everything that a budget needs to warn somebody. */
export type BudgetFacts = {
  accountId: string;
  /** The names of all budgets. */
  names: readonly string[];
  /** Budgets over what the whole account costs in a month; the one that does most first. */
  watchers: readonly Watcher[];
  /** Why the other budgets do not count, in words. */
  others: readonly string[];
  /** Whether the account is on the Free plan, as far as AWS tells. */
  freePlan: boolean;
  /** The administrator whose tags carry the owner's word. */
  keeper: string | undefined;
};

/** A budget has at most so many notifications (Budgets API, CreateBudget). */
export const mostNotifications = 5;

/** How many budgets are looked into, so that the number of calls does not grow with the account. */
const lookedInto = 10;

const subscriptionsOf = (alerts: readonly Alert[], kind: 'EMAIL' | 'SNS'): readonly string[] => [
  ...new Set(
    alerts
      .flatMap(({ subscribers }) => subscribers)
      .filter(({ SubscriptionType }) => SubscriptionType === kind)
      .flatMap(({ Address }) => Address ?? []),
  ),
];

const smallest = { Amount: '1', Unit: 'USD' };

const watcherFor = async (
  aws: AwsClients,
  accountId: string,
  budget: Budget,
  wordOn: (said: string) => Attestation | undefined,
): Promise<Watcher> => {
  const alerts = await alertsOf(aws, accountId, budget.BudgetName ?? '');
  const warnings = warningsOf(budget, alerts);
  const topics = await Promise.all(
    subscriptionsOf(warnings, 'SNS').map(async (topic): Promise<[string, TopicState]> => [
      topic,
      await topicState(aws, topic),
    ]),
  );
  const untold = [
    ...subscriptionsOf(warnings, 'EMAIL'),
    ...topics.filter(([, state]) => state === 'untold').map(([topic]) => topic),
  ];
  return {
    budget,
    alerts,
    warnings,
    forecast: hasForecast(alerts),
    absurd: isAbsurd(budget, alerts),
    addresses: subscriptionsOf(warningsOf({ ...budget, BudgetLimit: smallest }, alerts), 'EMAIL'),
    proven: topics.some(([, state]) => state === 'reaches somebody'),
    untold,
    word: untold.length > 0 ? wordOn(saidOf(untold)) : undefined,
  };
};

const rank = ({ proven, word, untold, absurd, budget }: Watcher): number => {
  if (proven) return 0;
  if (word) return 1;
  if (untold.length > 0) return 2;
  return (absurd ? 4 : 3) + (isOurBudget(budget) ? 0 : 0.5);
};

const quoted = (budget: Budget, objection: string) => `${budget.BudgetName ?? ''} ${objection}`;

/** Reads all budgets, then the notifications and subscribers of those that watch the whole account. */
export const budgetFacts = async (aws: AwsClients, words: Attestations, now: Date): Promise<BudgetFacts> => {
  const { accountId } = await readIdentity(aws);
  const [budgets, everyone, plan] = await Promise.all([
    budgetsIn(aws, accountId),
    readUsersAndGroups(aws),
    readAccountPlan(aws),
  ]);
  const judged = budgets.map((budget) => ({ budget, objection: objectionTo(budget, now) }));
  const whole = judged.filter(({ objection }) => objection === undefined).map(({ budget }) => budget);
  const watchers = await Promise.all(
    whole
      .toSorted((a, b) => Number(isOurBudget(b)) - Number(isOurBudget(a)))
      .slice(0, lookedInto)
      .map((budget) => watcherFor(aws, accountId, budget, (said) => wordGiven(everyone, words, said))),
  );
  return {
    accountId,
    names: budgets.map(({ BudgetName }) => BudgetName ?? ''),
    watchers: watchers.toSorted((a, b) => rank(a) - rank(b)),
    others: judged.flatMap(({ budget, objection }) => (objection ? quoted(budget, objection) : [])),
    freePlan: plan?.type === 'FREE',
    keeper: keeperOfWords(everyone)?.name,
  };
};
