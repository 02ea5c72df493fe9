import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import { isConfirmedSubscription, isAwsManagedSnsKey } from '../../aws/reads/sns.ts';
import { sortByThreshold, findAlarmFlaw, hasSaneThreshold, getAlarmTopics } from './alarms.ts';

/** What is known of one topic; what AWS would not tell is left out. */
export type TopicDetails = {
  attributes?: { key: string; policy: string };
  tags?: Readonly<Record<string, string>>;
};

/**
 * Whether "Receive CloudWatch billing alerts" is on. `keys` are what AWS calls it in this account, to be turned on.
 * Unknown where AWS refuses to say, lists nothing, or answers otherwise than documented: then only the metric can tell.
 */
export type BillingAlertsPreference = { state: 'on' | 'off' | 'unknown'; keys: readonly string[] };

/** Everything that an alarm needs to reach somebody. */
export type BillingAlarmFacts = {
  accountId: string;
  now: Date;
  /** All alarms in us-east-1 that have to do with the bill, those that cannot see it included. */
  alarms: readonly MetricAlarm[];
  /** The names of alarms on the bill in the Region that the owner signs in at, where AWS publishes none. */
  alarmsInOtherRegion: { region: string; names: readonly string[] } | undefined;
  topics: readonly string[];
  subscriptions: readonly Subscription[];
  /** Whether AWS publishes the metric by now; without it no alarm can fire. */
  metricPublished: boolean;
  preference: BillingAlertsPreference;
  /** Whether another account pays, which then decides on the preference. */
  isMemberAccount: boolean;
  /** By ARN: the topics that alarms on the bill use, this program's own, and those that the owner can choose from. */
  topicDetails: Readonly<Record<string, TopicDetails>>;
  /** By ARN: whether only somebody who is signed in can end a subscription. */
  lockedSubscriptions: Readonly<Record<string, boolean>>;
  /** Reads that were refused and are not needed to go on. */
  refusedReads: readonly string[];
};

/** What lists alone tell: enough to say which topics are worth asking about. */
type ListedAlarmFacts = Pick<BillingAlarmFacts, 'accountId' | 'alarms' | 'topics' | 'subscriptions'>;

export const billingTopicName = 'aws-first-steps-billing';

/** A subscription by e-mail that waits for the click in the mail. */
export const isPendingSubscription = (subscription: Subscription): boolean =>
  subscription.Protocol === 'email' && subscription.SubscriptionArn === 'PendingConfirmation';

/** Whether a subscription works already, or will when the mail is confirmed. */
export const isConfirmedOrPending = (subscription: Subscription): boolean =>
  isConfirmedSubscription(subscription) || isPendingSubscription(subscription);

export const getTopicSubscriptions = (
  facts: Pick<ListedAlarmFacts, 'subscriptions'>,
  topic: string,
): readonly Subscription[] => facts.subscriptions.filter((subscription) => subscription.TopicArn === topic);

/** Alarms that watch the whole bill and warn when it is high, at whatever threshold. */
export const findCorrectAlarms = ({ alarms }: Pick<ListedAlarmFacts, 'alarms'>): readonly MetricAlarm[] =>
  alarms.filter((alarm) => findAlarmFlaw(alarm) === undefined);

/** Correct alarms at a threshold that somebody would want to hear of, the lowest first. */
export const findSaneAlarms = (facts: Pick<ListedAlarmFacts, 'alarms'>): readonly MetricAlarm[] =>
  sortByThreshold(findCorrectAlarms(facts).filter(hasSaneThreshold));

/** Whether CloudWatch's messages to a topic are lost. */
export const isTopicMuted = (facts: BillingAlarmFacts, topic: string): boolean =>
  isAwsManagedSnsKey(facts.topicDetails[topic]?.attributes?.key ?? '');

/** The topics of an alarm that are not muted and have a subscription for which `holds` is true. */
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

/** Alarms that reach a subscription for which `holds` is true, the lowest first. */
export const findAlarmsReaching = (
  facts: BillingAlarmFacts,
  holds: (subscription: Subscription) => boolean,
): readonly MetricAlarm[] =>
  findSaneAlarms(facts).filter((alarm) => findReachedTopics(facts, alarm, holds).length > 0);

/** The way from an alarm to the owner: what a fire drill tries out. */
export type AlarmRoute = { alarm: MetricAlarm; topic: string };

/** The way of the lowest alarm that reaches somebody, if one does. */
export const findAlarmRoute = (facts: BillingAlarmFacts): AlarmRoute | undefined => {
  const [alarm] = findAlarmsReaching(facts, isConfirmedSubscription);
  const [topic] = alarm ? findReachedTopics(facts, alarm, isConfirmedSubscription) : [];
  return alarm && topic !== undefined ? { alarm, topic } : undefined;
};

/** The topic to use: one that an alarm of the owner uses already, else this program's own. */
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

/** More topics than this are not a list that anybody reads. */
const maxTopicsOffered = 10;

/** The owner's topics that mail to somebody already, where no alarm says which one to use. */
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
