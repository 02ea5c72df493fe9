import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { formatDay } from '../../lib/dates.ts';
import { getAlarmTopics } from './alarms.ts';
import { normalizePolicy } from '../../aws/policies/document.ts';
import {
  findAlarmsThrough,
  listProvableSubscriptions,
  type BillingAlarmFacts,
  type AlarmRoute,
} from './facts.ts';
import {
  hashShort,
  isHashOfSome,
  joinProofTag,
  parseProofTag,
  proofParts,
  proofTagKey,
  type ProofFingerprint,
  type ProofPart,
} from './proof-tag.ts';

/** The tag on the topic that says when the last confirmation mail was requested. */
export const mailRequestedTagKey = 'aws-first-steps:asked';

/** The proof that a fire drill left, and whether it still holds. */
export type DrillProof =
  | { state: 'none' }
  /** The tags of the topic could not be read. */
  | { state: 'unreadable' }
  /** Its day is to come: a wrong clock, or a tag that somebody wrote by hand. */
  | { state: 'from future'; on: string }
  | { state: 'valid'; on: string }
  | { state: 'void'; on: string; changed: readonly ProofPart[] };

/** The settings of an alarm that a proof covers. Its state and description may change. */
const pickProvenSettings = (alarm: MetricAlarm) => [
  alarm.AlarmArn,
  [alarm.Namespace, alarm.MetricName, alarm.Dimensions, alarm.Unit],
  [alarm.Statistic, alarm.ExtendedStatistic, alarm.Period, alarm.EvaluationPeriods, alarm.DatapointsToAlarm],
  [alarm.Threshold, alarm.ComparisonOperator, alarm.TreatMissingData],
  [alarm.ActionsEnabled, alarm.AlarmActions?.toSorted()],
];

/** The same list for alarms that publish themselves as before there were composite alarms and queries here. */
const pickProvenAlarm = ({ alarm, composites }: ReturnType<typeof findAlarmsThrough>[number]) => [
  ...pickProvenSettings(alarm),
  ...(alarm.Metrics ? [alarm.Metrics] : []),
  ...composites.map(({ AlarmArn, AlarmRule, AlarmActions }) => [
    AlarmArn,
    AlarmRule,
    AlarmActions?.toSorted(),
  ]),
];

type ProvenAlarms = ReturnType<typeof findAlarmsThrough>;

const toComparableAlarms = (alarms: ProvenAlarms): readonly (readonly unknown[])[] =>
  alarms
    .toSorted((a, b) => ((a.alarm.AlarmArn ?? '') < (b.alarm.AlarmArn ?? '') ? -1 : 1))
    .map(pickProvenAlarm);

const listProvenAlarms = (facts: BillingAlarmFacts, topic: string): readonly (readonly unknown[])[] =>
  toComparableAlarms(findAlarmsThrough(facts, topic));

/** All alarms on the bill that publish to the topic, also those that do not count. */
const listPublishingAlarms = (facts: BillingAlarmFacts, topic: string): ProvenAlarms => {
  const through = findAlarmsThrough(facts, topic);
  const others = facts.alarms.filter(
    (alarm) => getAlarmTopics(alarm).includes(topic) && !through.some((one) => one.alarm === alarm),
  );
  return [...through, ...others.map((alarm) => ({ alarm, composites: [] }))];
};

const computeProofFingerprint = (facts: BillingAlarmFacts, topic: string): ProofFingerprint => {
  const { attributes } = facts.topicDetails[topic] ?? {};
  return {
    alarm: hashShort(listProvenAlarms(facts, topic)),
    topic: attributes ? hashShort([topic, attributes.key, normalizePolicy(attributes.policy)]) : '-',
    subscription: hashShort(listProvableSubscriptions(facts, topic)),
  };
};

/** Whether the alarms that were proven are still there as they were, whatever other alarms there are by now. */
const hasProvenAlarms = (facts: BillingAlarmFacts, topic: string, proven: string): boolean => {
  const all = listProvenAlarms(facts, topic);
  if (hashShort(all) === proven) return true;
  // One that was proven and no longer counts, for its amount perhaps, takes nothing from the others.
  // The tag has one hash over all that were proven, so it is compared with every choice of those that are there.
  return isHashOfSome(toComparableAlarms(listPublishingAlarms(facts, topic)), proven);
};

/** A tag of version 0.1.0 has the hash of the policy letter by letter. */
const hashTopicOfOlderProof = (facts: BillingAlarmFacts, topic: string): string => {
  const { attributes } = facts.topicDetails[topic] ?? {};
  return attributes ? hashShort([topic, attributes.key, attributes.policy]) : '-';
};

/** The tag's value after the owner typed the words: `2026-11-24 alarm:… topic:… subscription:…`. */
export const formatProofTag = (day: string, facts: BillingAlarmFacts, { topic }: AlarmRoute): string =>
  joinProofTag(day, computeProofFingerprint(facts, topic));

/** The day on which a topic was proven, even if the proof no longer holds. */
export const getProvenDay = (facts: BillingAlarmFacts, topic: string): string | undefined =>
  parseProofTag(facts.topicDetails[topic]?.tags?.[proofTagKey])?.on;

export const judgeDrillProof = (facts: BillingAlarmFacts, { topic }: AlarmRoute): DrillProof => {
  const { tags } = facts.topicDetails[topic] ?? {};
  if (!tags) return { state: 'unreadable' };
  const then = parseProofTag(tags[proofTagKey]);
  if (!then) return { state: 'none' };
  if (then.on > formatDay(facts.now)) return { state: 'from future', on: then.on };
  const now = computeProofFingerprint(facts, topic);
  const isSame: Readonly<Record<ProofPart, boolean>> = {
    alarm: hasProvenAlarms(facts, topic, then.fingerprint.alarm),
    topic: [now.topic, hashTopicOfOlderProof(facts, topic)].includes(then.fingerprint.topic),
    subscription: now.subscription === then.fingerprint.subscription,
  };
  const changed = proofParts.filter(
    (part) => then.fingerprint[part] !== '-' && now[part] !== '-' && !isSame[part],
  );
  return changed.length === 0 ? { state: 'valid', on: then.on } : { state: 'void', on: then.on, changed };
};
