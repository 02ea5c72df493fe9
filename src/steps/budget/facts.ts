import type { Budget } from '@aws-sdk/client-budgets';
import { readUsersAndGroups, type UsersAndGroups } from '../../aws/reads/iam.ts';
import type { CheckContext } from '../../core/step.ts';
import { findAttestationHolder } from '../shared/administrators.ts';
import { digestVerifiedRecipients, findBudgetAttestation, type RecipientAttestation } from './attestation.ts';
import { countsTax, subtractsCredits, toBudgetOwner, type BudgetOwner } from './coverage.ts';
import {
  findBudgetObjection,
  hasOnlyUselessWarnings,
  selectForecastWarnings,
  selectTimelyWarnings,
} from './judgement.ts';
import { findLimitFlaw, getSpending, withLimits, type LimitedBudget } from './limits.ts';
import { readBudgetAlerts, readBudgets, type AlertWithSubscribers } from './reads.ts';
import { readTopicDelivery, type TopicDelivery } from './topics.ts';

export const ourBudgetNamePrefix = 'aws-first-steps-monthly';

export const isOurBudget = ({ BudgetName = '' }: Budget): boolean =>
  BudgetName.startsWith(ourBudgetNamePrefix);

/** What a budget would warn of at its limits, and whom. */
type BudgetWarnings = {
  /** Alerts on actual spending that are sent early enough, to somebody who may get them. */
  warnings: readonly AlertWithSubscribers[];
  /** Whether such an alert is sent by forecast, too. */
  hasForecast: boolean;
  /** Whether AWS shows that one of its topics reaches someone. */
  deliveryProven: boolean;
  /** Recipients for which AWS does not say whether warnings arrive: addresses, and topics with `unknown` delivery. */
  unconfirmedRecipients: readonly string[];
};

/** A budget for the whole account's costs, and its recipients. */
export type WholeAccountBudget = LimitedBudget &
  BudgetWarnings &
  RecipientAttestation & {
    alerts: readonly AlertWithSubscribers[];
    /** Why warnings at a share of its limit would be useless, if they would. */
    limitFlaw: string | undefined;
    /** Whether it has alerts on actual spending, none of which is sent early enough. */
    hasOnlyUselessWarnings: boolean;
    /** The topics of all its alerts, and whether what it publishes there reaches somebody. */
    topics: readonly TopicDelivery[];
    countsTax: boolean;
    subtractsCredits: boolean;
  };

export type BudgetFacts = {
  /** When this was read. */
  now: Date;
  accountId: string;
  /** The names of all budgets. */
  budgetNames: readonly string[];
  /** Budgets for the whole account's monthly costs, the most complete one first. */
  wholeAccountBudgets: readonly WholeAccountBudget[];
  /** Why the other budgets do not count, as sentences. */
  excludedBudgets: readonly string[];
  /** What the account spends a month, as far as its budgets tell. */
  spending: number;
  /** Whether AWS says that the account is on the Free plan. */
  onFreePlan: boolean;
  /** The administrator whose tags hold the attestation. */
  attestationHolder: string | undefined;
};

/** The most notifications that a budget can have (Budgets API, CreateBudget). */
export const maxNotifications = 5;

/** At most this many budgets are read in full, so that the number of calls does not grow with the account. */
const maxBudgetsRead = 10;

export const getAlertRecipients = (
  alerts: readonly AlertWithSubscribers[],
  kind: 'EMAIL' | 'SNS',
): readonly string[] => [
  ...new Set(
    alerts
      .flatMap(({ subscribers }) => subscribers)
      .filter(({ SubscriptionType }) => SubscriptionType === kind)
      .flatMap(({ Address }) => Address ?? []),
  ),
];

type ReadingContext = CheckContext & { owner: BudgetOwner; everyone: UsersAndGroups; spending: number };

/** Whom a budget warns with the limits that it has, or would have. */
export const findWarnings = (
  limited: LimitedBudget,
  { alerts, topics }: { alerts: readonly AlertWithSubscribers[]; topics: readonly TopicDelivery[] },
): BudgetWarnings => {
  const findDelivery = (address: string) => topics.find(({ topic }) => topic === address)?.state;
  const mayReach = ({ subscribers }: AlertWithSubscribers) =>
    subscribers.some(({ Address = '' }) => findDelivery(Address) !== 'reaches nobody');
  const warnings = selectTimelyWarnings(limited, alerts).filter(mayReach);
  const warnedTopics = getAlertRecipients(warnings, 'SNS');
  return {
    warnings,
    hasForecast: selectForecastWarnings(limited, alerts).some(mayReach),
    deliveryProven: warnedTopics.some((topic) => findDelivery(topic) === 'reaches somebody'),
    unconfirmedRecipients: [
      ...getAlertRecipients(warnings, 'EMAIL'),
      ...warnedTopics.filter((topic) => findDelivery(topic) === 'unknown'),
    ],
  };
};

const readWholeAccountBudget = async (
  context: ReadingContext,
  budget: Budget,
): Promise<WholeAccountBudget> => {
  const { aws, identity, owner, everyone, now, spending } = context;
  const { accountId } = identity;
  const name = budget.BudgetName ?? '';
  const limited = withLimits(budget, spending, now);
  const alerts = await readBudgetAlerts(aws, accountId, name);
  const topics = await Promise.all(
    getAlertRecipients(alerts, 'SNS').map((topic) => readTopicDelivery(aws, topic, { accountId, name })),
  );
  const warnings = findWarnings(limited, { alerts, topics });
  const said = digestVerifiedRecipients(warnings.unconfirmedRecipients);
  return {
    ...limited,
    ...warnings,
    alerts,
    topics,
    limitFlaw: findLimitFlaw(limited),
    hasOnlyUselessWarnings: hasOnlyUselessWarnings(limited, alerts),
    countsTax: countsTax(budget, owner),
    subtractsCredits: subtractsCredits(budget, owner),
    ...findBudgetAttestation(everyone, context, said, budget.LastUpdatedTime),
  };
};

/** The budget that is nearest to warning somebody comes first, and of two alike this program's own. */
export const rankBudget = (one: WholeAccountBudget): number => {
  if (one.deliveryProven) return 0;
  if (one.unconfirmedRecipients.length > 0) return one.attestation ? 1 : 2;
  return (one.limitFlaw === undefined ? 3 : 4) + (isOurBudget(one.budget) ? 0 : 0.5);
};

const formatExcludedBudget = (budget: Budget, objection: string) => `${budget.BudgetName ?? ''} ${objection}`;

/** Reads all budgets, then the notifications and subscribers of those that cover the whole account. */
export const readBudgetFacts = async (context: CheckContext): Promise<BudgetFacts> => {
  const { aws, identity, account, now } = context;
  const { accountId } = identity;
  const [budgets, everyone] = await Promise.all([readBudgets(aws, accountId), readUsersAndGroups(aws)]);
  const owner = toBudgetOwner(accountId, account);
  const judged = budgets.map((budget) => ({ budget, objection: findBudgetObjection(budget, owner, now) }));
  const whole = judged.filter(({ objection }) => objection === undefined).map(({ budget }) => budget);
  const spending = Math.max(0, ...whole.map(getSpending));
  const read = await Promise.all(
    whole
      .toSorted((a, b) => Number(isOurBudget(b)) - Number(isOurBudget(a)))
      .slice(0, maxBudgetsRead)
      .map((budget) => readWholeAccountBudget({ ...context, owner, everyone, spending }, budget)),
  );
  return {
    now,
    accountId,
    budgetNames: budgets.map(({ BudgetName }) => BudgetName ?? ''),
    wholeAccountBudgets: read.toSorted((a, b) => rankBudget(a) - rankBudget(b)),
    excludedBudgets: judged.flatMap(({ budget, objection }) =>
      objection ? formatExcludedBudget(budget, objection) : [],
    ),
    spending,
    onFreePlan: account.plan?.type === 'FREE',
    attestationHolder: findAttestationHolder(everyone)?.name,
  };
};
