import { createHash } from 'node:crypto';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import {
  findAlarmsReaching,
  getTopicSubscriptions,
  type BillingAlarmFacts,
  type AlarmRoute,
} from './facts.ts';
import { getAlarmTopics } from './alarms.ts';

/** The tag on the topic that says since when the alarm is known to reach its owner, and with which settings. */
export const proofTagKey = 'aws-first-steps:proven';

/** The tag on the topic that says when the last confirmation mail was requested. */
export const mailRequestedTagKey = 'aws-first-steps:asked';

const proofParts = ['alarm', 'topic', 'subscription'] as const;

/** The parts that a proof covers. A change to any of them makes it void. */
export type ProofPart = (typeof proofParts)[number];

/** A short hash of each part, or `-` if AWS refused to return it. */
type ProofFingerprint = Readonly<Record<ProofPart, string>>;

/** The proof that a fire drill left, and whether it still holds. */
export type DrillProof =
  | { state: 'none' }
  /** The tags of the topic could not be read. */
  | { state: 'unreadable' }
  | { state: 'valid'; on: string }
  | { state: 'void'; on: string; changed: readonly ProofPart[] };

const hashShort = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** The settings of an alarm that a proof covers. Its state and description may change. */
const pickProvenSettings = (alarm: MetricAlarm) => [
  alarm.AlarmArn,
  [alarm.Namespace, alarm.MetricName, alarm.Dimensions, alarm.Unit],
  [alarm.Statistic, alarm.ExtendedStatistic, alarm.Period, alarm.EvaluationPeriods, alarm.DatapointsToAlarm],
  [alarm.Threshold, alarm.ComparisonOperator, alarm.TreatMissingData],
  [alarm.ActionsEnabled, alarm.AlarmActions?.toSorted()],
];

const computeProofFingerprint = (facts: BillingAlarmFacts, topic: string): ProofFingerprint => {
  const alarms = findAlarmsReaching(facts, isConfirmedSubscription)
    .filter((alarm) => getAlarmTopics(alarm).includes(topic))
    .toSorted((a, b) => ((a.AlarmArn ?? '') < (b.AlarmArn ?? '') ? -1 : 1));
  const subscribers = getTopicSubscriptions(facts, topic)
    .filter(isConfirmedSubscription)
    .flatMap((one) => one.SubscriptionArn ?? []);
  const { attributes } = facts.topicDetails[topic] ?? {};
  return {
    alarm: hashShort(alarms.map(pickProvenSettings)),
    topic: attributes ? hashShort([topic, attributes.key, attributes.policy]) : '-',
    subscription: hashShort(subscribers.toSorted()),
  };
};

/** The tag's value after the owner typed the words: `2026-11-24 alarm:… topic:… subscription:…`. */
export const formatProofTag = (day: string, facts: BillingAlarmFacts, { topic }: AlarmRoute): string => {
  const print = computeProofFingerprint(facts, topic);
  return [day, ...proofParts.map((part) => `${part}:${print[part]}`)].join(' ');
};

const proofTagPattern =
  /^(\d{4}-\d{2}-\d{2}) alarm:([0-9a-f]{12}) topic:([0-9a-f]{12}|-) subscription:([0-9a-f]{12})$/;

type StoredProof = { on: string; fingerprint: ProofFingerprint };

const parseProofTag = (tag: string | undefined): StoredProof | undefined => {
  const [, on = '', alarm = '', topic = '', subscription = ''] = proofTagPattern.exec(tag ?? '') ?? [];
  return Number.isNaN(new Date(on).getTime())
    ? undefined
    : { on, fingerprint: { alarm, topic, subscription } };
};

/** The day on which a topic was proven, even if the proof no longer holds. */
export const getProvenDay = (facts: BillingAlarmFacts, topic: string): string | undefined =>
  parseProofTag(facts.topicDetails[topic]?.tags?.[proofTagKey])?.on;

export const judgeDrillProof = (facts: BillingAlarmFacts, { topic }: AlarmRoute): DrillProof => {
  const { tags } = facts.topicDetails[topic] ?? {};
  if (!tags) return { state: 'unreadable' };
  const then = parseProofTag(tags[proofTagKey]);
  if (!then) return { state: 'none' };
  const now = computeProofFingerprint(facts, topic);
  const changed = proofParts.filter(
    (part) => then.fingerprint[part] !== '-' && now[part] !== '-' && then.fingerprint[part] !== now[part],
  );
  return changed.length === 0 ? { state: 'valid', on: then.on } : { state: 'void', on: then.on, changed };
};
