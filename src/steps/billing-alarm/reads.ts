import {
  DescribeAlarmsForMetricCommand,
  GetAlarmMuteRuleCommand,
  ListMetricsCommand,
  paginateDescribeAlarms,
  paginateListAlarmMuteRules,
  type AlarmMuteRuleSummary,
  type CompositeAlarm,
  type PutAlarmMuteRuleInput,
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
import {
  isConfirmedSubscription,
  readSubscriptions as readAllSubscriptions,
  readTopicArns,
} from '../../aws/reads/sns.ts';
import {
  estimatedChargesMetric,
  findAlarmFlaw,
  getAlarmTopics,
  isBillingAlarm,
  sortByThreshold,
} from './alarms.ts';
import {
  findCompositesOf,
  findMailingTopics,
  billingTopicName,
  type BillingAlarmFacts,
  type MuteRule,
  type SubscriptionSettings,
  type TopicDetails,
} from './facts.ts';
import { readBillingAlertsPreference } from './preference.ts';

/** The IAM actions that a check of the alarm needs. */
export const billingAlarmReadPermissions = [
  'billing:GetBillingPreferences',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:DescribeAlarmsForMetric',
  'cloudwatch:GetAlarmMuteRule',
  'cloudwatch:ListAlarmMuteRules',
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

type AlarmLists = {
  alarms: readonly MetricAlarm[];
  alarmCount: number;
  compositeAlarms: readonly CompositeAlarm[];
};

/** Without `AlarmTypes`, CloudWatch returns no composite alarms. */
const readBillingAlarms = async (aws: AwsClients): Promise<AlarmLists> => {
  const pages = await readAllPages(
    paginateDescribeAlarms,
    aws.cloudwatch,
    { MaxRecords: 100, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    (page) => [page],
  );
  return {
    alarms: pages.flatMap((page) => page.MetricAlarms?.filter(isBillingAlarm) ?? []),
    alarmCount: pages.reduce((count, page) => count + (page.MetricAlarms?.length ?? 0), 0),
    compositeAlarms: pages.flatMap((page) => page.CompositeAlarms ?? []),
  };
};

const getRuleName = ({ AlarmMuteRuleArn = '' }: AlarmMuteRuleSummary): string =>
  AlarmMuteRuleArn.split(':').at(-1) ?? '';

/** The rules that are on, or will be at set times. */
const listMuteRules = (aws: AwsClients, AlarmName?: string): Promise<readonly string[]> =>
  readAllPages(
    paginateListAlarmMuteRules,
    aws.cloudwatch,
    {
      ...(AlarmName !== undefined && { AlarmName }),
      Statuses: ['ACTIVE', 'SCHEDULED'],
      MaxRecords: 100,
    },
    (page) => page.AlarmMuteRuleSummaries?.filter(({ Status }) => Status !== 'EXPIRED').map(getRuleName),
  );

/** Nothing for a rule that is not known whole: put back, it would lose what is missing. */
const readMuteRule = async (aws: AwsClients, name: string): Promise<PutAlarmMuteRuleInput | undefined> => {
  const { Name, Description, Rule, MuteTargets, StartDate, ExpireDate } = await aws.cloudwatch.send(
    new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }),
  );
  if (!Rule || !MuteTargets) return undefined;
  return {
    Name: Name ?? name,
    Rule,
    MuteTargets,
    ...(Description !== undefined && { Description }),
    ...(StartDate && { StartDate }),
    ...(ExpireDate && { ExpireDate }),
  };
};

/** The list does not say which alarms a rule is about, so where there are rules, CloudWatch is asked for each alarm. */
const readMuteRules = async (
  aws: AwsClients,
  attempt: OptionalRead,
  lists: Pick<AlarmLists, 'alarms' | 'compositeAlarms'>,
  rules: readonly string[],
): Promise<Record<string, MuteRule>> => {
  if (rules.length === 0) return {};
  // The lowest alarms come first: the finding rests on the lowest that is heard.
  const names = [
    ...sortByThreshold(lists.alarms.filter((alarm) => findAlarmFlaw(alarm) === undefined)).slice(
      0,
      maxDetailReads,
    ),
    ...lists.compositeAlarms.slice(0, maxDetailReads),
  ].flatMap(({ AlarmName }) => AlarmName ?? []);
  const found = await Promise.all(
    names.map(async (name) => {
      const [rule] = (await attempt('cloudwatch:ListAlarmMuteRules', () => listMuteRules(aws, name))) ?? [];
      return rule === undefined ? [] : [[name, rule] as const];
    }),
  );
  const settings = new Map(
    await Promise.all(
      [...new Set(found.flat().map(([, rule]) => rule))].map(
        async (rule) =>
          [rule, await attempt('cloudwatch:GetAlarmMuteRule', () => readMuteRule(aws, rule))] as const,
      ),
    ),
  );
  return Object.fromEntries(
    found.flat().map(([name, rule]) => [name, { name: rule, settings: settings.get(rule) }]),
  );
};

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

const settingNames = ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'DeliveryPolicy'] as const;

/** AWS returns the scope of a filter also where there is none, and an empty filter lets everything through. */
const pickSettings = (attributes: Readonly<Record<string, string>>): SubscriptionSettings => {
  const { FilterPolicy } = attributes;
  const hasFilter = FilterPolicy !== undefined && FilterPolicy !== '' && FilterPolicy !== '{}';
  return Object.fromEntries(
    settingNames
      .filter((name) => attributes[name] && (hasFilter || !name.startsWith('Filter')))
      .map((name) => [name, attributes[name]]),
  );
};

type SubscriptionReads = Pick<BillingAlarmFacts, 'lockedSubscriptions' | 'subscriptionSettings'>;

const readSubscriptions = async (
  aws: AwsClients,
  attempt: OptionalRead,
  confirmed: readonly Subscription[],
): Promise<SubscriptionReads> => {
  const read = await Promise.all(
    confirmed.slice(0, maxDetailReads).map(async ({ SubscriptionArn = '', Protocol }) => {
      const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
      const found = await attempt('sns:GetSubscriptionAttributes', () => aws.sns.send(command));
      return { arn: SubscriptionArn, isMail: Protocol === 'email', attributes: found?.Attributes };
    }),
  );
  return {
    lockedSubscriptions: Object.fromEntries(
      read.flatMap(({ arn, isMail, attributes }) => {
        const wasAuthenticated = attributes?.['ConfirmationWasAuthenticated'];
        return isMail && wasAuthenticated !== undefined ? [[arn, wasAuthenticated === 'true'] as const] : [];
      }),
    ),
    subscriptionSettings: Object.fromEntries(
      read.map(({ arn, attributes = {} }) => [arn, pickSettings(attributes)] as const),
    ),
  };
};

/** Reads all facts, in parallel unless one depends on another. */
export const readBillingAlarmFacts = async (
  aws: AwsClients,
  { accountId, isMemberAccount }: Pick<BillingAlarmFacts, 'accountId' | 'isMemberAccount'>,
  now: Date,
): Promise<BillingAlarmFacts> => {
  const unread = new Set<string>();
  const attempt = createOptionalRead(unread);
  const [lists, rules, elsewhere, allTopics, allSubscriptions, published, preference] = await Promise.all([
    readBillingAlarms(aws),
    attempt('cloudwatch:ListAlarmMuteRules', () => listMuteRules(aws)),
    readAlarmsInOtherRegion(aws, attempt),
    readTopicArns(aws),
    readAllSubscriptions(aws),
    isMetricPublished(aws),
    readBillingAlertsPreference(aws),
  ]);
  const own = `arn:aws:sns:us-east-1:${accountId}:${billingTopicName}`;
  const { alarms, compositeAlarms } = lists;
  const listed = { accountId, alarms, topics: allTopics, subscriptions: allSubscriptions };
  const related = findCompositesOf(alarms, compositeAlarms);
  const compositeTopics = related.flatMap(getAlarmTopics);
  const topicArns = [
    ...new Set([own, ...findMailingTopics(listed), ...alarms.flatMap(getAlarmTopics), ...compositeTopics]),
  ]
    .filter((topic) => allTopics.includes(topic))
    .slice(0, maxDetailReads);
  const confirmed = allSubscriptions.filter(
    (one) => isConfirmedSubscription(one) && topicArns.includes(one.TopicArn ?? ''),
  );
  const [details, subscribed, muteRules] = await Promise.all([
    Promise.all(
      topicArns.map(async (topic) => [topic, await readTopicDetails(aws, attempt, topic)] as const),
    ),
    readSubscriptions(aws, attempt, confirmed),
    readMuteRules(aws, attempt, { alarms, compositeAlarms: related }, rules ?? []),
  ]);
  return {
    ...listed,
    alarmCount: lists.alarmCount,
    now,
    alarmsInOtherRegion: elsewhere,
    metricPublished: published,
    preference,
    isMemberAccount,
    topicDetails: Object.fromEntries(details),
    compositeAlarms: related,
    muteRules,
    ...subscribed,
    refusedReads: [...unread],
  };
};
