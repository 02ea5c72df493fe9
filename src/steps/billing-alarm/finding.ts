import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Finding } from '../../core/step.ts';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { joinNames } from '../shared/name-list.ts';
import { shortenName } from './alarms.ts';
import {
  findAlarmsReaching,
  isTopicMuted,
  isConfirmedOrPending,
  findAlarmRoute,
  getTopicSubscriptions,
  type BillingAlarmFacts,
  type AlarmRoute,
} from './facts.ts';
import { judgeDrillProof, type DrillProof } from './proof.ts';
import type { ProofPart } from './proof-tag.ts';
import { findBillingAlarmProblems } from './alarm-problems.ts';

/** Nobody reads more than this in one sentence. */
const maxProblemsNamed = 4;

const msPerDay = 24 * 60 * 60 * 1000;

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const describeThresholds = (alarms: readonly MetricAlarm[]): readonly string[] => {
  const amounts = [...new Set(alarms.map((alarm) => alarm.Threshold ?? 0))];
  return amounts.length > 0
    ? [`Alarm at ${joinNames(amounts.map(String), 'and', amounts.length)} USD a month`]
    : [];
};

const formatDaysAgo = (on: string, now: Date): string => {
  const days = Math.floor((now.getTime() - Date.parse(on)) / msPerDay);
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
};

const proofPartPhrases: Readonly<Record<ProofPart, string>> = {
  alarm: 'the alarms have',
  topic: 'the topic has',
  subscription: 'the subscriptions have',
};

const describeChangedParts = (changed: readonly ProofPart[]): string =>
  `${changed.map((part) => proofPartPhrases[part]).join(' changed, and ')} changed since`;

/** Uncertainties about the alarm's route, although no problem is known. */
const describeKeyDoubts = (facts: BillingAlarmFacts, { topic }: AlarmRoute): readonly string[] => {
  const key = facts.topicDetails[topic]?.attributes?.key ?? '';
  return key && !isTopicMuted(facts, topic)
    ? [
        `the topic is encrypted with the key ${shortenName(key)}, and only a fire drill tells whether CloudWatch can use it`,
      ]
    : [];
};

const describeMissingProof = (
  facts: BillingAlarmFacts,
  route: AlarmRoute,
  proof: DrillProof,
): readonly string[] => {
  if (proof.state === 'none')
    return ['not proven yet that it reaches you', ...describeKeyDoubts(facts, route)];
  if (proof.state === 'from future')
    return [`its proof of ${proof.on} does not count, since that day is to come`];
  if (proof.state === 'unreadable') return ['not known whether it is proven that it reaches you'];
  return proof.state === 'void'
    ? [
        `it was proven on ${proof.on} that it reaches you, but ${describeChangedParts(proof.changed)}`,
        ...describeKeyDoubts(facts, route),
      ]
    : [];
};

/** AWS says 15 minutes. Owners of accounts without charges report longer waits. */
const figuresDelayText = 'after 15 minutes, or a day in an account without charges';

const describeMissingFigures = ({
  metricPublished,
  preference,
  isMemberAccount,
}: BillingAlarmFacts): readonly string[] => {
  if (metricPublished || preference.state === 'off') return [];
  if (preference.state === 'on')
    return [
      `billing alerts are on, but AWS publishes no figures yet (they come ${figuresDelayText}), so it cannot fire`,
    ];
  return [
    `AWS publishes no billing figures yet, so it cannot fire${isMemberAccount ? '; the account that pays for this one must turn on billing alerts' : ''}`,
  ];
};

const describeOpenSubscription = (facts: BillingAlarmFacts, { topic }: AlarmRoute): readonly string[] =>
  getTopicSubscriptions(facts, topic).some(
    (one) => facts.lockedSubscriptions[one.SubscriptionArn ?? ''] === false,
  )
    ? ['its link was clicked, so anyone who has one of its mails can end it, a mail scanner too']
    : [];

const describeRefusedReads = ({ refusedReads }: BillingAlarmFacts): readonly string[] =>
  refusedReads.length > 0 ? [`AWS would not tell everything (refused: ${refusedReads.join(', ')})`] : [];

/** Reads that tell whether a proof still holds, and whether anything silences what was proven. */
const readsOfProof: ReadonlySet<string> = new Set([
  'cloudwatch:ListAlarmMuteRules',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
]);

const joinClauses = (...texts: readonly string[]): string => capitalize(texts.join('; '));

/** Reports all problems, in order of importance. */
const judgeAlarmProblems = (facts: BillingAlarmFacts): Finding<BillingAlarmFacts> | undefined => {
  const problems = findBillingAlarmProblems(facts);
  if (problems.length === 0) return undefined;
  const named = problems.slice(0, maxProblemsNamed).map(({ description }) => description);
  const more = problems.length - named.length;
  const summary = joinClauses(
    ...describeThresholds(findAlarmsReaching(facts, isConfirmedOrPending)),
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...describeMissingFigures(facts),
    ...describeRefusedReads(facts),
  );
  const remedy = [...new Set(problems.map((problem) => problem.remedy))].join(' ');
  return { status: problems.some((one) => one.repairable) ? 'unmet' : 'waiting', summary, facts, remedy };
};

const getAlarmRemedy = (facts: BillingAlarmFacts, proven: boolean): string =>
  [
    ...(facts.metricPublished || facts.preference.state === 'on'
      ? []
      : ['Turn on "Receive CloudWatch billing alerts" and look again tomorrow.']),
    ...(proven ? [] : ['Run the setup: you type the words of a mail that comes through the alarm.']),
    ...(facts.metricPublished || !proven ? [] : ['Look again tomorrow.']),
  ].join(' ');

/** Refused reads without which nobody knows whether a proof still holds. */
const listUnreadParts = ({ refusedReads }: BillingAlarmFacts): readonly string[] =>
  refusedReads.filter((operation) => readsOfProof.has(operation));

/** Whether a fire drill has proven that the alarm reaches its owner, and everything is still as it was then. */
export const isProofInForce = (facts: BillingAlarmFacts, route: AlarmRoute): boolean =>
  facts.metricPublished &&
  judgeDrillProof(facts, route).state === 'valid' &&
  listUnreadParts(facts).length === 0;

/** Only a fire drill makes the step met. Everything else can look right and reach nobody. */
export const judgeBillingAlarm = (facts: BillingAlarmFacts): Finding<BillingAlarmFacts> => {
  const wrong = judgeAlarmProblems(facts);
  const route = findAlarmRoute(facts);
  if (wrong || !route) {
    return wrong ?? { status: 'unmet', summary: 'The alarm reaches nobody', facts, remedy: 'Run the setup.' };
  }
  const proof = judgeDrillProof(facts, route);
  const amounts = describeThresholds(findAlarmsReaching(facts, isConfirmedSubscription));
  const rest = [...describeOpenSubscription(facts, route), ...describeRefusedReads(facts)];
  if (proof.state === 'valid' && facts.metricPublished) {
    const proven = `proven on ${proof.on}, ${formatDaysAgo(proof.on, facts.now)}`;
    if (isProofInForce(facts, route))
      return { status: 'met', summary: joinClauses(...amounts, proven, ...rest), facts };
    return {
      status: 'unknown',
      summary: joinClauses(...amounts, proven, 'not known whether it still reaches you', ...rest),
      facts,
      remedy: `Look again as somebody who may call ${listUnreadParts(facts).join(', ')}.`,
    };
  }
  const missing = [...describeMissingFigures(facts), ...describeMissingProof(facts, route, proof)];
  const proven =
    proof.state === 'valid' ? [`proven on ${proof.on}, ${formatDaysAgo(proof.on, facts.now)}`] : [];
  return {
    status: 'waiting',
    summary: joinClauses(...amounts, ...missing, ...proven, ...rest),
    facts,
    remedy: getAlarmRemedy(facts, proof.state === 'valid'),
  };
};
