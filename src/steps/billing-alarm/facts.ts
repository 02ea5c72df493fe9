import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import { isConfirmedSubscription, isAwsManagedSnsKey } from '../../aws/reads/sns.ts';
import { byThreshold, flawOf, isSane, topicsOf } from './alarms.ts';
import type { Preference } from './preference.ts';

/** What is known of one topic; what AWS would not tell is left out. */
export type TopicDetails = {
  attributes?: { key: string; policy: string };
  tags?: Readonly<Record<string, string>>;
};

/** Everything that an alarm needs to reach somebody. */
export type BillingFacts = {
  accountId: string;
  now: Date;
  /** All alarms in us-east-1 that have to do with the bill, those that cannot see it included. */
  alarms: readonly MetricAlarm[];
  /** The names of alarms on the bill in the Region that the owner signs in at, where AWS publishes none. */
  elsewhere: { region: string; names: readonly string[] } | undefined;
  topics: readonly string[];
  subscriptions: readonly Subscription[];
  /** Whether AWS publishes the metric by now; without it no alarm can fire. */
  published: boolean;
  preference: Preference;
  /** Whether another account pays, which then decides on the preference. */
  member: boolean;
  /** By ARN: the topics that alarms on the bill use, ours, and those that the owner can choose from. */
  details: Readonly<Record<string, TopicDetails>>;
  /** By ARN: whether only somebody who is signed in can end a subscription. */
  locked: Readonly<Record<string, boolean>>;
  /** Reads that were refused and are not needed to go on. */
  unread: readonly string[];
};

/** What lists alone tell: enough to say which topics are worth asking about. */
type Listed = Pick<BillingFacts, 'accountId' | 'alarms' | 'topics' | 'subscriptions'>;

/** The name of the topic that this program makes. */
export const topicName = 'aws-first-steps-billing';

/** A subscription by e-mail that waits for the click in the mail. */
export const isPending = (subscription: Subscription): boolean =>
  subscription.Protocol === 'email' && subscription.SubscriptionArn === 'PendingConfirmation';

/** Whether a subscription works already, or will when the mail is confirmed. */
export const isThere = (subscription: Subscription): boolean =>
  isConfirmedSubscription(subscription) || isPending(subscription);

/** The subscriptions of one topic. */
export const subscribersOf = (facts: Pick<Listed, 'subscriptions'>, topic: string): readonly Subscription[] =>
  facts.subscriptions.filter((subscription) => subscription.TopicArn === topic);

/** Alarms that watch the whole bill and warn when it is high, at whatever threshold. */
export const rightAlarms = ({ alarms }: Pick<Listed, 'alarms'>): readonly MetricAlarm[] =>
  alarms.filter((alarm) => flawOf(alarm) === undefined);

/** Right alarms at a threshold that somebody would want to be told of, the lowest first. */
export const saneAlarms = (facts: Pick<Listed, 'alarms'>): readonly MetricAlarm[] =>
  byThreshold(rightAlarms(facts).filter(isSane));

/** Whether CloudWatch's messages to a topic are lost. */
export const isMute = (facts: BillingFacts, topic: string): boolean =>
  isAwsManagedSnsKey(facts.details[topic]?.attributes?.key ?? '');

/** The topics of an alarm at which somebody is of whom `holds` is true, and which are not silent. */
const reached = (
  facts: BillingFacts,
  alarm: MetricAlarm,
  holds: (subscription: Subscription) => boolean,
): readonly string[] =>
  alarm.ActionsEnabled
    ? topicsOf(alarm).filter(
        (topic) =>
          facts.topics.includes(topic) && !isMute(facts, topic) && subscribersOf(facts, topic).some(holds),
      )
    : [];

/** Alarms that reach somebody of whom `holds` is true, the lowest first. */
export const alarmsReaching = (
  facts: BillingFacts,
  holds: (subscription: Subscription) => boolean,
): readonly MetricAlarm[] => saneAlarms(facts).filter((alarm) => reached(facts, alarm, holds).length > 0);

/** The way from an alarm to the owner: what a fire drill tries out. */
export type Route = { alarm: MetricAlarm; topic: string };

/** The way of the lowest alarm that reaches somebody, if one does. */
export const routeOf = (facts: BillingFacts): Route | undefined => {
  const [alarm] = alarmsReaching(facts, isConfirmedSubscription);
  const [topic] = alarm ? reached(facts, alarm, isConfirmedSubscription) : [];
  return alarm && topic !== undefined ? { alarm, topic } : undefined;
};

/** The topic to work with: one that an alarm of the owner's uses already, else ours. */
export const topicFor = (facts: Listed): string => {
  const own = `arn:aws:sns:us-east-1:${facts.accountId}:${topicName}`;
  const used = saneAlarms(facts)
    .flatMap(topicsOf)
    .filter((topic) => topic.split(':')[4] === facts.accountId);
  const rank = (topic: string) => {
    const subscribers = subscribersOf(facts, topic);
    if (subscribers.some(isConfirmedSubscription)) return 0;
    if (subscribers.some(isPending)) return 1;
    return facts.topics.includes(topic) ? 2 : 3;
  };
  return used.toSorted((a, b) => rank(a) - rank(b))[0] ?? own;
};

/** More topics than this are not a list that anybody reads. */
const mostTopics = 10;

/** The owner's topics that mail to somebody already, where no alarm says which one to use. */
export const mailingTopics = (facts: Listed): readonly string[] =>
  saneAlarms(facts).length > 0 || facts.topics.includes(topicFor(facts))
    ? []
    : facts.topics
        .filter((topic) =>
          subscribersOf(facts, topic).some((one) => isConfirmedSubscription(one) && one.Protocol === 'email'),
        )
        .slice(0, mostTopics);
