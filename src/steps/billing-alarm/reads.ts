import {
  DescribeAlarmsForMetricCommand,
  ListMetricsCommand,
  paginateDescribeAlarms,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { AwsClients } from '../../aws/clients.ts';
import { globalRegion } from '../../aws/services.ts';
import { isGone } from '../../aws/errors/codes.ts';
import { isTolerable } from '../../aws/errors/explain.ts';
import { readAllPages } from '../../aws/reads/pages.ts';
import { isConfirmedSubscription, readSubscriptions, readTopicArns } from '../../aws/reads/sns.ts';
import { estimatedChargesMetric, isBillingAlarm, getAlarmTopics } from './alarms.ts';
import { findMailingTopics, billingTopicName, type BillingAlarmFacts, type TopicDetails } from './facts.ts';
import { readBillingAlertsPreference } from './preference.ts';

/** The IAM actions that a check of the alarm needs. */
export const billingAlarmReadPermissions = [
  'billing:GetBillingPreferences',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmsForMetric',
  'cloudwatch:ListMetrics',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptions',
  'sns:ListSubscriptionsByTopic',
  'sns:ListTagsForResource',
  'sns:ListTopics',
];

/**
 * A bill rarely has more alarms than this. In an account with hundreds of alarms, the check does not read all their
 * topics.
 */
const maxDetailReads = 10;

/** Whether AWS publishes the account's charges as a metric. New accounts wait for it from minutes to a day. */
export const isMetricPublished = async (aws: AwsClients): Promise<boolean> => {
  const { Metrics } = await aws.cloudwatch.send(new ListMetricsCommand(estimatedChargesMetric));
  return (Metrics ?? []).length > 0;
};

/** For reads that the check can do without: a refusal is recorded, and other reads continue. */
type OptionalRead = <T>(operation: string, work: () => Promise<T>) => Promise<T | undefined>;

const createOptionalRead =
  (unread: Set<string>): OptionalRead =>
  async (operation, work) => {
    try {
      return await work();
    } catch (error) {
      if (!isTolerable(error)) throw error;
      // It was deleted after it was listed, so there is nothing to read.
      if (!isGone(error)) unread.add(operation);
      return undefined;
    }
  };

const readBillingAlarms = (aws: AwsClients): Promise<readonly MetricAlarm[]> =>
  readAllPages(paginateDescribeAlarms, aws.cloudwatch, { MaxRecords: 100 }, (page) =>
    page.MetricAlarms?.filter(isBillingAlarm),
  );

const readAlarmsInOtherRegion = async (
  aws: AwsClients,
  attempt: OptionalRead,
): Promise<BillingAlarmFacts['alarmsInOtherRegion']> => {
  const region = aws.signInRegion;
  if (region === globalRegion) return undefined;
  const found = await attempt('cloudwatch:DescribeAlarmsForMetric', () =>
    aws.inRegion(region).cloudwatch.send(new DescribeAlarmsForMetricCommand(estimatedChargesMetric)),
  );
  return { region, names: (found?.MetricAlarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? []) };
};

const readTopicDetails = async (
  aws: AwsClients,
  attempt: OptionalRead,
  arn: string,
): Promise<TopicDetails> => {
  const [found, tagged] = await Promise.all([
    attempt('sns:GetTopicAttributes', () => aws.sns.send(new GetTopicAttributesCommand({ TopicArn: arn }))),
    attempt('sns:ListTagsForResource', () =>
      aws.sns.send(new ListTagsForResourceCommand({ ResourceArn: arn })),
    ),
  ]);
  const { KmsMasterKeyId: key = '', Policy: policy = '' } = found?.Attributes ?? {};
  const tags = (tagged?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
  return {
    ...(found && { attributes: { key, policy } }),
    ...(tagged && { tags: Object.fromEntries(tags) }),
  };
};

const readSubscriptionLocks = async (
  aws: AwsClients,
  attempt: OptionalRead,
  confirmed: readonly Subscription[],
): Promise<Record<string, boolean>> => {
  const known = await Promise.all(
    confirmed.slice(0, maxDetailReads).map(async ({ SubscriptionArn = '' }) => {
      const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
      const found = await attempt('sns:GetSubscriptionAttributes', () => aws.sns.send(command));
      const wasAuthenticated = found?.Attributes?.['ConfirmationWasAuthenticated'];
      return wasAuthenticated === undefined ? [] : [[SubscriptionArn, wasAuthenticated === 'true'] as const];
    }),
  );
  return Object.fromEntries(known.flat());
};

/** Reads all facts, in parallel unless one depends on another. */
export const readBillingAlarmFacts = async (
  aws: AwsClients,
  { accountId, isMemberAccount }: Pick<BillingAlarmFacts, 'accountId' | 'isMemberAccount'>,
  now: Date,
): Promise<BillingAlarmFacts> => {
  const unread = new Set<string>();
  const attempt = createOptionalRead(unread);
  const [alarms, elsewhere, allTopics, allSubscriptions, published, preference] = await Promise.all([
    readBillingAlarms(aws),
    readAlarmsInOtherRegion(aws, attempt),
    readTopicArns(aws),
    readSubscriptions(aws),
    isMetricPublished(aws),
    readBillingAlertsPreference(aws),
  ]);
  const own = `arn:aws:sns:us-east-1:${accountId}:${billingTopicName}`;
  const listed = { accountId, alarms, topics: allTopics, subscriptions: allSubscriptions };
  const topicArns = [...new Set([own, ...findMailingTopics(listed), ...alarms.flatMap(getAlarmTopics)])]
    .filter((topic) => allTopics.includes(topic))
    .slice(0, maxDetailReads);
  const confirmed = allSubscriptions.filter(
    (one) =>
      one.Protocol === 'email' && isConfirmedSubscription(one) && topicArns.includes(one.TopicArn ?? ''),
  );
  const [details, locked] = await Promise.all([
    Promise.all(
      topicArns.map(async (topic) => [topic, await readTopicDetails(aws, attempt, topic)] as const),
    ),
    readSubscriptionLocks(aws, attempt, confirmed),
  ]);
  return {
    ...listed,
    now,
    alarmsInOtherRegion: elsewhere,
    metricPublished: published,
    preference,
    isMemberAccount,
    topicDetails: Object.fromEntries(details),
    lockedSubscriptions: locked,
    refusedReads: [...unread],
  };
};
