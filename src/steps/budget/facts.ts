import type { Budget } from '@aws-sdk/client-budgets';
import type { AwsClients } from '../../aws/clients.ts';
import { readUsersAndGroups } from '../../aws/reads/iam.ts';
import type { Attestation } from '../../core/attestation.ts';
import type { CheckContext } from '../../core/step.ts';
import { findAttestationHolder } from '../shared/administrators.ts';
import {
  hasForecastAlert,
  isBudgetLimitTooHigh,
  findBudgetObjection,
  selectTimelyWarnings,
} from './judgement.ts';
import { readBudgetAlerts, readBudgets, type AlertWithSubscribers } from './reads.ts';
import { readTopicDelivery, type TopicDelivery } from './topics.ts';
import { digestVerifiedRecipients, findBudgetAttestation } from './attestation.ts';

export const ourBudgetNamePrefix = 'aws-first-steps-monthly';

export const isOurBudget = ({ BudgetName = '' }: Budget): boolean =>
  BudgetName.startsWith(ourBudgetNamePrefix);

/** A budget for the whole account's costs, and its recipients. */
export type WholeAccountBudget = {
  budget: Budget;
  alerts: readonly AlertWithSubscribers[];
  /** Alerts on actual spending that are sent early enough. */
  warnings: readonly AlertWithSubscribers[];
  hasForecast: boolean;
  limitTooHigh: boolean;
  /** The email addresses that it warns, or would warn if its limit made sense. */
  addresses: readonly string[];
  /** Whether AWS shows that one of its topics reaches someone. */
  deliveryProven: boolean;
  /** Recipients for which AWS does not say whether warnings arrive: addresses, and topics with `unknown` delivery. */
  unconfirmedRecipients: readonly string[];
  /** The owner's statement that the warnings arrive. */
  attestation: Attestation | undefined;
};

export type BudgetFacts = {
  accountId: string;
  /** The names of all budgets. */
  budgetNames: readonly string[];
  /** Budgets for the whole account's monthly costs, the most complete one first. */
  wholeAccountBudgets: readonly WholeAccountBudget[];
  /** Why the other budgets do not count, as sentences. */
  excludedBudgets: readonly string[];
  /** Whether AWS says that the account is on the Free plan. */
  onFreePlan: boolean;
  /** The administrator whose tags hold the attestation. */
  attestationHolder: string | undefined;
};

/** The most notifications that a budget can have (Budgets API, CreateBudget). */
export const maxNotifications = 5;

/** At most this many budgets are read in full, so that the number of calls does not grow with the account. */
const maxBudgetsRead = 10;

const getAlertRecipients = (
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

const smallestLimit = { Amount: '1', Unit: 'USD' };

const readWholeAccountBudget = async (
  aws: AwsClients,
  accountId: string,
  budget: Budget,
  findAttestation: (said: string) => Attestation | undefined,
): Promise<WholeAccountBudget> => {
  const alerts = await readBudgetAlerts(aws, accountId, budget.BudgetName ?? '');
  const warnings = selectTimelyWarnings(budget, alerts);
  const topics = await Promise.all(
    getAlertRecipients(warnings, 'SNS').map(async (topic): Promise<[string, TopicDelivery]> => [
      topic,
      await readTopicDelivery(aws, topic),
    ]),
  );
  const unconfirmed = [
    ...getAlertRecipients(warnings, 'EMAIL'),
    ...topics.filter(([, state]) => state === 'unknown').map(([topic]) => topic),
  ];
  return {
    budget,
    alerts,
    warnings,
    hasForecast: hasForecastAlert(alerts),
    limitTooHigh: isBudgetLimitTooHigh(budget, alerts),
    addresses: getAlertRecipients(
      selectTimelyWarnings({ ...budget, BudgetLimit: smallestLimit }, alerts),
      'EMAIL',
    ),
    deliveryProven: topics.some(([, state]) => state === 'reaches somebody'),
    unconfirmedRecipients: unconfirmed,
    attestation: unconfirmed.length > 0 ? findAttestation(digestVerifiedRecipients(unconfirmed)) : undefined,
  };
};

const rankBudget = ({
  deliveryProven,
  attestation,
  unconfirmedRecipients,
  limitTooHigh,
  budget,
}: WholeAccountBudget): number => {
  if (deliveryProven) return 0;
  if (attestation) return 1;
  if (unconfirmedRecipients.length > 0) return 2;
  return (limitTooHigh ? 4 : 3) + (isOurBudget(budget) ? 0 : 0.5);
};

const formatExcludedBudget = (budget: Budget, objection: string) => `${budget.BudgetName ?? ''} ${objection}`;

/** Reads all budgets, then the notifications and subscribers of those that cover the whole account. */
export const readBudgetFacts = async ({
  aws,
  identity,
  account,
  attestations,
  now,
}: CheckContext): Promise<BudgetFacts> => {
  const { accountId } = identity;
  const [budgets, everyone] = await Promise.all([readBudgets(aws, accountId), readUsersAndGroups(aws)]);
  const judged = budgets.map((budget) => ({ budget, objection: findBudgetObjection(budget, now) }));
  const whole = judged.filter(({ objection }) => objection === undefined).map(({ budget }) => budget);
  const watchers = await Promise.all(
    whole
      .toSorted((a, b) => Number(isOurBudget(b)) - Number(isOurBudget(a)))
      .slice(0, maxBudgetsRead)
      .map((budget) =>
        readWholeAccountBudget(aws, accountId, budget, (said) =>
          findBudgetAttestation(everyone, attestations, said),
        ),
      ),
  );
  return {
    accountId,
    budgetNames: budgets.map(({ BudgetName }) => BudgetName ?? ''),
    wholeAccountBudgets: watchers.toSorted((a, b) => rankBudget(a) - rankBudget(b)),
    excludedBudgets: judged.flatMap(({ budget, objection }) =>
      objection ? formatExcludedBudget(budget, objection) : [],
    ),
    onFreePlan: account.plan?.type === 'FREE',
    attestationHolder: findAttestationHolder(everyone)?.name,
  };
};
