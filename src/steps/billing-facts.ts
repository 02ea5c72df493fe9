import {
  DescribeAlarmsForMetricCommand,
  ListMetricsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import type { Account } from '../aws/account.ts';
import { whoAmI } from '../aws/identity.ts';
import { subscriptions, topics } from '../aws/reads.ts';

/**
 * The whole account's charges of this month, in USD. AWS publishes it in us-east-1 only, and only after "Receive
 * CloudWatch billing alerts" was turned on (CloudWatch User Guide, "Monitor estimated charges").
 */
export const estimatedCharges = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

/** Everything that an alarm needs to reach somebody. */
export type BillingFacts = {
  accountId: string;
  /** Alarms on the account's estimated charges, whoever made them. */
  alarms: readonly MetricAlarm[];
  topics: readonly string[];
  subscriptions: readonly Subscription[];
  /** Whether AWS publishes the metric by now; without it no alarm can fire. */
  published: boolean;
};

const topicName = 'aws-first-steps-billing';

/** Whether AWS publishes the account's charges as a metric. New accounts wait for it from minutes to a day. */
export const isPublished = async (aws: Account): Promise<boolean> => {
  const { Metrics } = await aws.cloudwatch.send(new ListMetricsCommand(estimatedCharges));
  return (Metrics ?? []).length > 0;
};

/** Reads all of it, side by side; each kind is one call a page, however much there is. */
export const billingFacts = async (aws: Account): Promise<BillingFacts> => {
  const [identity, alarms, allTopics, allSubscriptions, published] = await Promise.all([
    whoAmI(aws),
    aws.cloudwatch.send(new DescribeAlarmsForMetricCommand(estimatedCharges)),
    topics(aws),
    subscriptions(aws),
    isPublished(aws),
  ]);
  return {
    accountId: identity.accountId,
    alarms: alarms.MetricAlarms ?? [],
    topics: allTopics,
    subscriptions: allSubscriptions,
    published,
  };
};

/** A subscription that somebody has confirmed has an ARN; before that AWS writes `PendingConfirmation` there. */
export const isConfirmed = (subscription: Subscription): boolean =>
  subscription.SubscriptionArn?.startsWith('arn:') ?? false;

/** A subscription by e-mail that waits for the click in the mail. */
export const isPending = (subscription: Subscription): boolean =>
  subscription.Protocol === 'email' && subscription.SubscriptionArn === 'PendingConfirmation';

/** The subscriptions of one topic. */
export const subscribersOf = (facts: BillingFacts, topic: string): readonly Subscription[] =>
  facts.subscriptions.filter((subscription) => subscription.TopicArn === topic);

const topicsOf = (alarm: MetricAlarm): readonly string[] =>
  (alarm.AlarmActions ?? []).filter((action) => action.startsWith('arn:aws:sns:us-east-1:'));

/** Whether an alarm is about charges that are too high. Another one is for something else, and stays as it is. */
export const comparesUpwards = (alarm: MetricAlarm): boolean =>
  alarm.ComparisonOperator?.startsWith('GreaterThan') ?? false;

/** The topics that an alarm really reaches: it may act, it compares upwards, and the topic exists. */
const reached = (facts: BillingFacts, alarm: MetricAlarm): readonly string[] =>
  alarm.ActionsEnabled && comparesUpwards(alarm)
    ? topicsOf(alarm).filter((topic) => facts.topics.includes(topic))
    : [];

/** Alarms with at least one reached topic of which `holds` is true of some subscription. */
export const alarmsReaching = (
  facts: BillingFacts,
  holds: (subscription: Subscription) => boolean,
): readonly MetricAlarm[] =>
  facts.alarms.filter((alarm) =>
    reached(facts, alarm).some((topic) => subscribersOf(facts, topic).some(holds)),
  );

/** The topic to work with: one that an alarm of the owner's uses already, else ours. */
export const topicFor = (facts: BillingFacts): string => {
  const own = `arn:aws:sns:us-east-1:${facts.accountId}:${topicName}`;
  const used = facts.alarms
    .filter(comparesUpwards)
    .flatMap(topicsOf)
    .filter((topic) => topic.split(':')[4] === facts.accountId);
  const rank = (topic: string) => {
    const subscribers = subscribersOf(facts, topic);
    return subscribers.some(isConfirmed)
      ? 0
      : subscribers.some(isPending)
        ? 1
        : facts.topics.includes(topic)
          ? 2
          : 3;
  };
  return used.toSorted((a, b) => rank(a) - rank(b))[0] ?? own;
};

/** Whether an alarm would publish to this topic. */
export const publishesTo = (alarm: MetricAlarm, topic: string): boolean => topicsOf(alarm).includes(topic);
