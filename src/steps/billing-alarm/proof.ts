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

/** The tag on the topic that says since when the alarm is known to reach its owner, and what it was then. */
export const proofTagKey = 'aws-first-steps:proven';

/** The tag on the topic that says when the confirmation mail was asked for last. */
export const mailRequestedTagKey = 'aws-first-steps:asked';

const proofParts = ['alarm', 'topic', 'subscription'] as const;

/** What a proof is about: whatever of it changes makes the proof void. */
export type ProofPart = (typeof proofParts)[number];

/** A short hash of each part; `-` where AWS would not tell it. */
type ProofFingerprint = Readonly<Record<ProofPart, string>>;

/** What a fire drill left behind: that it was done, and whether it still says something. */
export type DrillProof =
  | { state: 'none' }
  /** The tags of the topic could not be read. */
  | { state: 'unreadable' }
  | { state: 'valid'; on: string }
  | { state: 'void'; on: string; changed: readonly ProofPart[] };

const hashShort = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** What of an alarm a proof holds for. Its state and its words may change. */
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

/** What the tag is to say once the owner has typed the words: `2026-11-24 alarm:… topic:… subscription:…`. */
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

/** The day on which a topic was proven, whether or not that still holds. */
export const getProvenDay = (facts: BillingAlarmFacts, topic: string): string | undefined =>
  parseProofTag(facts.topicDetails[topic]?.tags?.[proofTagKey])?.on;

/** What is proven of the way that an alarm's warning takes. */
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
