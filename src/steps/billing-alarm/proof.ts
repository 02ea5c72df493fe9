import { createHash } from 'node:crypto';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { alarmsReaching, subscribersOf, type BillingFacts, type Route } from './facts.ts';
import { topicsOf } from './alarms.ts';

/** The tag on the topic that says since when the alarm is known to reach its owner, and what it was then. */
export const provenTag = 'aws-first-steps:proven';

/** The tag on the topic that says when the confirmation mail was asked for last. */
export const askedTag = 'aws-first-steps:asked';

const parts = ['alarm', 'topic', 'subscription'] as const;

/** What a proof is about: whatever of it changes makes the proof void. */
export type Part = (typeof parts)[number];

/** A short hash of each part; `-` where AWS would not tell it. */
type Fingerprint = Readonly<Record<Part, string>>;

/** What a fire drill left behind: that it was done, and whether it still says something. */
export type Proof =
  | { state: 'none' }
  /** The tags of the topic could not be read. */
  | { state: 'unreadable' }
  | { state: 'valid'; on: string }
  | { state: 'void'; on: string; changed: readonly Part[] };

const hash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** What of an alarm a proof holds for. Its state and its words may change. */
const provenSettings = (alarm: MetricAlarm) => [
  alarm.AlarmArn,
  [alarm.Namespace, alarm.MetricName, alarm.Dimensions, alarm.Unit],
  [alarm.Statistic, alarm.ExtendedStatistic, alarm.Period, alarm.EvaluationPeriods, alarm.DatapointsToAlarm],
  [alarm.Threshold, alarm.ComparisonOperator, alarm.TreatMissingData],
  [alarm.ActionsEnabled, alarm.AlarmActions?.toSorted()],
];

const fingerprintOf = (facts: BillingFacts, topic: string): Fingerprint => {
  const alarms = alarmsReaching(facts, isConfirmedSubscription)
    .filter((alarm) => topicsOf(alarm).includes(topic))
    .toSorted((a, b) => ((a.AlarmArn ?? '') < (b.AlarmArn ?? '') ? -1 : 1));
  const subscribers = subscribersOf(facts, topic)
    .filter(isConfirmedSubscription)
    .flatMap((one) => one.SubscriptionArn ?? []);
  const { attributes } = facts.details[topic] ?? {};
  return {
    alarm: hash(alarms.map(provenSettings)),
    topic: attributes ? hash([topic, attributes.key, attributes.policy]) : '-',
    subscription: hash(subscribers.toSorted()),
  };
};

/** What the tag is to say once the owner has typed the words: `2026-11-24 alarm:… topic:… subscription:…`. */
export const proofOn = (day: string, facts: BillingFacts, { topic }: Route): string => {
  const print = fingerprintOf(facts, topic);
  return [day, ...parts.map((part) => `${part}:${print[part]}`)].join(' ');
};

const written =
  /^(\d{4}-\d{2}-\d{2}) alarm:([0-9a-f]{12}) topic:([0-9a-f]{12}|-) subscription:([0-9a-f]{12})$/;

type Written = { on: string; print: Fingerprint };

const read = (tag: string | undefined): Written | undefined => {
  const [, on = '', alarm = '', topic = '', subscription = ''] = written.exec(tag ?? '') ?? [];
  return Number.isNaN(new Date(on).getTime()) ? undefined : { on, print: { alarm, topic, subscription } };
};

/** The day on which a topic was proven, whether or not that still holds. */
export const provenDay = (facts: BillingFacts, topic: string): string | undefined =>
  read(facts.details[topic]?.tags?.[provenTag])?.on;

/** What is proven of the way that an alarm's warning takes. */
export const proofOf = (facts: BillingFacts, { topic }: Route): Proof => {
  const { tags } = facts.details[topic] ?? {};
  if (!tags) return { state: 'unreadable' };
  const then = read(tags[provenTag]);
  if (!then) return { state: 'none' };
  const now = fingerprintOf(facts, topic);
  const changed = parts.filter(
    (part) => then.print[part] !== '-' && now[part] !== '-' && then.print[part] !== now[part],
  );
  return changed.length === 0 ? { state: 'valid', on: then.on } : { state: 'void', on: then.on, changed };
};
