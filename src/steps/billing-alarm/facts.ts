import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import { isConfirmedSubscription, isAwsManagedSnsKey } from '../../aws/reads/sns.ts';
import { sortByThreshold, findAlarmFlaw, hasSaneThreshold, getAlarmTopics } from './alarms.ts';

/** Facts about one topic. What AWS refuses to return is left out. */
export type TopicDetails = {
  attributes?: { key: string; policy: string };
  tags?: Readonly<Record<string, string>>;
};

/**
 * Whether "Receive CloudWatch billing alerts" is on. `keys` are AWS's names for it in this account, needed to turn it
 * on. The state is unknown if AWS refuses, lists nothing, or answers in an undocumented way. Then only the metric can
 * tell.
 */
export type BillingAlertsPreference = { state: 'on' | 'off' | 'unknown'; keys: readonly string[] };

/** Everything that an alarm needs to reach someone. */
export type BillingAlarmFacts = {
  accountId: string;
  now: Date;
  /** All alarms in us-east-1 that concern the bill, including those that cannot see it. */
  alarms: readonly MetricAlarm[];
  /** The names of alarms on the bill in the sign-in Region, where AWS publishes no charges. */
  alarmsInOtherRegion: { region: string; names: readonly string[] } | undefined;
  topics: readonly string[];
  subscriptions: readonly Subscription[];
  /** Whether AWS already publishes the metric. Without it, no alarm can fire. */
  metricPublished: boolean;
  preference: BillingAlertsPreference;
  /** Whether another account pays, and therefore decides on the preference. */
  isMemberAccount: boolean;
  /**
   * By ARN: the topics of alarms on the bill, this program's own topic, and the topics that the owner can choose from.
   */
  topicDetails: Readonly<Record<string, TopicDetails>>;
  /** By ARN: whether only someone who is signed in can end a subscription. */
  lockedSubscriptions: Readonly<Record<string, boolean>>;
  /** Refused reads that the check can do without. */
  refusedReads: readonly string[];
};

/** The facts that lists provide. They are enough to decide which topics to read in detail. */
type ListedAlarmFacts = Pick<BillingAlarmFacts, 'accountId' | 'alarms' | 'topics' | 'subscriptions'>;

export const billingTopicName = 'aws-first-steps-billing';

/** An email subscription that waits for the click in the mail. */
export const isPendingSubscription = (subscription: Subscription): boolean =>
  subscription.Protocol === 'email' && subscription.SubscriptionArn === 'PendingConfirmation';

/** Whether a subscription works, or will once its mail is confirmed. */
export const isConfirmedOrPending = (subscription: Subscription): boolean =>
  isConfirmedSubscription(subscription) || isPendingSubscription(subscription);

export const getTopicSubscriptions = (
  facts: Pick<ListedAlarmFacts, 'subscriptions'>,
  topic: string,
): readonly Subscription[] => facts.subscriptions.filter((subscription) => subscription.TopicArn === topic);

/** Alarms that watch the whole bill and warn when it is high, at any threshold. */
export const findCorrectAlarms = ({ alarms }: Pick<ListedAlarmFacts, 'alarms'>): readonly MetricAlarm[] =>
  alarms.filter((alarm) => findAlarmFlaw(alarm) === undefined);

/** Correct alarms at a useful threshold, the lowest first. */
export const findSaneAlarms = (facts: Pick<ListedAlarmFacts, 'alarms'>): readonly MetricAlarm[] =>
  sortByThreshold(findCorrectAlarms(facts).filter(hasSaneThreshold));

/** Whether CloudWatch's messages to a topic are lost. */
export const isTopicMuted = (facts: BillingAlarmFacts, topic: string): boolean =>
  isAwsManagedSnsKey(facts.topicDetails[topic]?.attributes?.key ?? '');

/** The topics of an alarm that are not muted and have a subscription that satisfies `holds`. */
const findReachedTopics = (
  facts: BillingAlarmFacts,
  alarm: MetricAlarm,
  holds: (subscription: Subscription) => boolean,
): readonly string[] =>
  alarm.ActionsEnabled
    ? getAlarmTopics(alarm).filter(
        (topic) =>
          facts.topics.includes(topic) &&
          !isTopicMuted(facts, topic) &&
          getTopicSubscriptions(facts, topic).some(holds),
      )
    : [];

/** Alarms that reach a subscription that satisfies `holds`, the lowest first. */
export const findAlarmsReaching = (
  facts: BillingAlarmFacts,
  holds: (subscription: Subscription) => boolean,
): readonly MetricAlarm[] =>
  findSaneAlarms(facts).filter((alarm) => findReachedTopics(facts, alarm, holds).length > 0);

/** The route from an alarm to the owner, which a fire drill tests. */
export type AlarmRoute = { alarm: MetricAlarm; topic: string };

/** The route of the lowest alarm that reaches someone. */
export const findAlarmRoute = (facts: BillingAlarmFacts): AlarmRoute | undefined => {
  const [alarm] = findAlarmsReaching(facts, isConfirmedSubscription);
  const [topic] = alarm ? findReachedTopics(facts, alarm, isConfirmedSubscription) : [];
  return alarm && topic !== undefined ? { alarm, topic } : undefined;
};

/** The topic to use: one that an alarm of the owner already uses, or else this program's own. */
export const chooseTopic = (facts: ListedAlarmFacts): string => {
  const own = `arn:aws:sns:us-east-1:${facts.accountId}:${billingTopicName}`;
  const used = findSaneAlarms(facts)
    .flatMap(getAlarmTopics)
    .filter((topic) => topic.split(':')[4] === facts.accountId);
  const rank = (topic: string) => {
    const subscribers = getTopicSubscriptions(facts, topic);
    if (subscribers.some(isConfirmedSubscription)) return 0;
    if (subscribers.some(isPendingSubscription)) return 1;
    return facts.topics.includes(topic) ? 2 : 3;
  };
  return used.toSorted((a, b) => rank(a) - rank(b))[0] ?? own;
};

/** Nobody reads a list of more topics than this. */
const maxTopicsOffered = 10;

/** The owner's topics that already mail to someone, if no alarm shows which one to use. */
export const findMailingTopics = (facts: ListedAlarmFacts): readonly string[] =>
  findSaneAlarms(facts).length > 0 || facts.topics.includes(chooseTopic(facts))
    ? []
    : facts.topics
        .filter((topic) =>
          getTopicSubscriptions(facts, topic).some(
            (one) => isConfirmedSubscription(one) && one.Protocol === 'email',
          ),
        )
        .slice(0, maxTopicsOffered);
