import type { CompositeAlarm, MetricAlarm, PutAlarmMuteRuleInput } from '@aws-sdk/client-cloudwatch';
import type { Subscription } from '@aws-sdk/client-sns';
import { isConfirmedSubscription, isAwsManagedSnsKey } from '../../aws/reads/sns.ts';
import { judgeServiceAccess } from '../../aws/policies/service-access.ts';
import { judgeSubscriptionFilter, type ServiceMessage } from '../../aws/policies/subscription-filter.ts';
import type { Certainty } from '../../aws/policies/patterns.ts';
import {
  sortByThreshold,
  findAlarmFlaw,
  hasSaneThreshold,
  getAlarmTopics,
  listAlarmsOfRule,
} from './alarms.ts';
import { hashShort, isHashOfSome, parseProofTag, proofTagKey } from './proof-tag.ts';

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
  /** How many alarms of any kind there are in us-east-1. Those in other Regions are not counted. */
  alarmCount: number;
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
  /** Alarms that follow other alarms, and publish in their place. */
  compositeAlarms: readonly CompositeAlarm[];
  /** By alarm name: the mute rule that silences the alarm now or at set times. */
  muteRules: Readonly<Record<string, MuteRule>>;
  /** By ARN: what decides whether a subscription gets a message. */
  subscriptionSettings: Readonly<Record<string, SubscriptionSettings>>;
  /** By ARN: whether only someone who is signed in can end a subscription. */
  lockedSubscriptions: Readonly<Record<string, boolean>>;
  /** Refused reads that the check can do without. */
  refusedReads: readonly string[];
};

/** A mute rule and what it says, to put it back without some of its alarms. Missing if AWS refused to say. */
export type MuteRule = { name: string; settings: PutAlarmMuteRuleInput | undefined };

/** The attributes of a subscription that can lose a message. Those that are not set are missing. */
export type SubscriptionSettings = Partial<
  Record<'FilterPolicy' | 'FilterPolicyScope' | 'RedrivePolicy' | 'DeliveryPolicy', string>
>;

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

const getAlarmArn = (facts: BillingAlarmFacts, topic: string): string =>
  [...facts.alarms, ...facts.compositeAlarms].find((alarm) => getAlarmTopics(alarm).includes(topic))
    ?.AlarmArn ?? `arn:aws:cloudwatch:us-east-1:${facts.accountId}:alarm:billing`;

/** Whether a policy lets an alarm publish to the topic; any alarm that does, if none is given. */
export const judgeTopicPolicy = (
  facts: BillingAlarmFacts,
  topic: string,
  policy: string,
  sourceArn = getAlarmArn(facts, topic),
): Certainty =>
  judgeServiceAccess(policy, {
    service: 'cloudwatch.amazonaws.com',
    action: 'sns:Publish',
    resource: topic,
    sourceAccount: facts.accountId,
    sourceArn,
  });

/** Whether the policy of a topic keeps an alarm from publishing. What cannot be told is left to the drill. */
export const isTopicClosed = (facts: BillingAlarmFacts, topic: string, alarmArn?: string): boolean => {
  const policy = facts.topicDetails[topic]?.attributes?.policy;
  return Boolean(policy) && judgeTopicPolicy(facts, topic, policy ?? '', alarmArn) === 'no';
};

/** What is known of the message of an alarm before it comes; of other keys it is not known what they say. */
const createAlarmMessage = (
  { accountId }: BillingAlarmFacts,
  alarm: MetricAlarm | CompositeAlarm | undefined,
): ServiceMessage => ({
  body: {
    AWSAccountId: accountId,
    NewStateValue: 'ALARM',
    Region: 'US East (N. Virginia)',
    ...(alarm && { AlarmName: alarm.AlarmName, AlarmArn: alarm.AlarmArn }),
    // A composite alarm has a rule in place of a metric.
    ...(alarm && 'AlarmRule' in alarm
      ? {}
      : { Trigger: { Namespace: 'AWS/Billing', MetricName: 'EstimatedCharges' } }),
  },
});

/** Whether the filter policy of a subscription keeps out every alarm that publishes to its topic, or would. */
const isFilteredOut = (
  facts: BillingAlarmFacts,
  { SubscriptionArn = '', TopicArn = '' }: Subscription,
): boolean => {
  const publishing = [...findSaneAlarms(facts), ...facts.compositeAlarms].filter((alarm) =>
    getAlarmTopics(alarm).includes(TopicArn),
  );
  return (publishing.length > 0 ? publishing : [undefined])
    .map((alarm) => createAlarmMessage(facts, alarm))
    .every(
      (message) =>
        judgeSubscriptionFilter(facts.subscriptionSettings[SubscriptionArn] ?? {}, message) === 'no',
    );
};

/** Protocols that end in a machine, which reads no mail. */
export const machineProtocols: ReadonlySet<string | undefined> = new Set(['sqs', 'lambda', 'firehose']);

/** A subscription without any of the settings that can lose a message is its ARN alone, as in older proofs. */
const pickProvable = (facts: BillingAlarmFacts, arn: string): unknown => {
  const settings = facts.subscriptionSettings[arn] ?? {};
  return Object.keys(settings).length > 0
    ? [arn, Object.entries(settings).toSorted(([a], [b]) => a.localeCompare(b))]
    : arn;
};

/** What a proof covers of the subscriptions of a topic. */
export const listProvableSubscriptions = (facts: BillingAlarmFacts, topic: string): readonly unknown[] =>
  getTopicSubscriptions(facts, topic)
    .filter(isConfirmedSubscription)
    .flatMap((one) => one.SubscriptionArn ?? [])
    .toSorted()
    .map((arn) => pickProvable(facts, arn));

/** Whether a drill was proven through a subscription as it is, and through others that are all still there. */
const isProvenThrough = (
  facts: BillingAlarmFacts,
  { TopicArn = '', SubscriptionArn = '' }: Subscription,
): boolean => {
  const proven = parseProofTag(facts.topicDetails[TopicArn]?.tags?.[proofTagKey])?.fingerprint.subscription;
  if (proven === undefined) return false;
  const all = listProvableSubscriptions(facts, TopicArn);
  const own = hashShort(pickProvable(facts, SubscriptionArn));
  const others = all.filter((one) => hashShort(one) !== own);
  return hashShort(all) === proven || (isHashOfSome(all, proven) && !isHashOfSome(others, proven));
};

/** Whether a message ends in a machine. Somebody may still read it there: then a drill was proven through it. */
export const endsInMachine = (facts: BillingAlarmFacts, subscription: Subscription): boolean =>
  machineProtocols.has(subscription.Protocol) && !isProvenThrough(facts, subscription);

/** Whether somebody may get what is published through a subscription. */
export const canBeHeard = (facts: BillingAlarmFacts, subscription: Subscription): boolean =>
  !isFilteredOut(facts, subscription) && !endsInMachine(facts, subscription);

/** An alarm that publishes for a billing alarm: itself, or a composite alarm that follows it. */
type Publisher = { name: string; arn: string | undefined; topics: readonly string[] };

const alarmTermPattern = /^\(*\s*ALARM\s*\(\s*"?(?<alarm>[^"()]+?)"?\s*\)\s*\)*$/i;

type NamedAlarm = Pick<MetricAlarm, 'AlarmName' | 'AlarmArn'>;

const isNamedBy = ({ AlarmName, AlarmArn }: NamedAlarm, term: string): boolean =>
  term === AlarmName || term === AlarmArn;

/**
 * Whether a composite alarm goes into ALARM as soon as the alarm does, itself or through other composite alarms. Only rules
 * of ALARM(...) and OR are judged.
 */
const followsAlarm = (
  composite: CompositeAlarm,
  alarm: MetricAlarm,
  others: readonly CompositeAlarm[],
): boolean => {
  const terms = (composite.AlarmRule ?? '')
    .split(/\bOR\b/i)
    .map((term) => alarmTermPattern.exec(term.trim())?.groups?.['alarm']);
  if (!terms.every((term) => term !== undefined)) return false;
  // CloudWatch lets nobody make a circle, but nothing may hang on that.
  const rest = others.filter((other) => other !== composite);
  return terms.some(
    (term) =>
      isNamedBy(alarm, term) ||
      rest.some((other) => isNamedBy(other, term) && followsAlarm(other, alarm, rest)),
  );
};

/** Composite alarms whose rules name one of these alarms, or a composite alarm that does. */
export const findCompositesOf = (
  alarms: readonly NamedAlarm[],
  composites: readonly CompositeAlarm[],
): readonly CompositeAlarm[] => {
  const naming = composites.filter(({ AlarmRule = '' }) =>
    listAlarmsOfRule(AlarmRule).some((term) => alarms.some((alarm) => isNamedBy(alarm, term))),
  );
  const rest = composites.filter((one) => !naming.includes(one));
  const further = naming.length > 0 ? findCompositesOf(naming, rest) : [];
  return composites.filter((one) => naming.includes(one) || further.includes(one));
};

/** A composite alarm, and those through which it follows an alarm. */
const listChain = (
  composite: CompositeAlarm,
  alarm: MetricAlarm,
  others: readonly CompositeAlarm[],
): readonly CompositeAlarm[] => {
  const rest = others.filter((other) => other !== composite);
  const terms = listAlarmsOfRule(composite.AlarmRule ?? '');
  const between = rest.filter(
    (other) => terms.some((term) => isNamedBy(other, term)) && followsAlarm(other, alarm, rest),
  );
  return [composite, ...between.flatMap((other) => listChain(other, alarm, rest))];
};

const listPublishers = (facts: BillingAlarmFacts, alarm: MetricAlarm): readonly Publisher[] =>
  [
    alarm,
    ...facts.compositeAlarms.filter(
      (one) => !one.ActionsSuppressor && followsAlarm(one, alarm, facts.compositeAlarms),
    ),
  ]
    .filter(
      ({ ActionsEnabled, AlarmName = '' }) => ActionsEnabled && !Object.hasOwn(facts.muteRules, AlarmName),
    )
    .map((one) => ({ name: one.AlarmName ?? '', arn: one.AlarmArn, topics: getAlarmTopics(one) }));

/** The ways of an alarm to a subscription that satisfies `holds`, through topics that let messages through. */
const findOpenRoutes = (
  facts: BillingAlarmFacts,
  alarm: MetricAlarm,
  holds: (subscription: Subscription) => boolean,
): readonly AlarmRoute[] =>
  listPublishers(facts, alarm).flatMap(({ name, arn, topics }) =>
    topics
      .filter(
        (topic) =>
          facts.topics.includes(topic) &&
          !isTopicMuted(facts, topic) &&
          !isTopicClosed(facts, topic, arn) &&
          getTopicSubscriptions(facts, topic).some((one) => holds(one) && canBeHeard(facts, one)),
      )
      .map((topic) => ({ alarm, topic, publisher: name })),
  );

/** Alarms that reach a subscription that satisfies `holds`, the lowest first. */
export const findAlarmsReaching = (
  facts: BillingAlarmFacts,
  holds: (subscription: Subscription) => boolean,
): readonly MetricAlarm[] =>
  findSaneAlarms(facts).filter((alarm) => findOpenRoutes(facts, alarm, holds).length > 0);

/** The alarms that reach somebody through a topic, with the composite alarms that publish for them. */
export const findAlarmsThrough = (
  facts: BillingAlarmFacts,
  topic: string,
): readonly { alarm: MetricAlarm; composites: readonly CompositeAlarm[] }[] =>
  findSaneAlarms(facts).flatMap((alarm) => {
    const routes = findOpenRoutes(facts, alarm, isConfirmedSubscription).filter(
      (route) => route.topic === topic,
    );
    if (routes.length === 0) return [];
    const publishers = routes.map(({ publisher }) => publisher);
    // What publishes itself is heard whatever becomes of composite alarms.
    const all = facts.compositeAlarms;
    const chains = publishers.includes(alarm.AlarmName ?? '')
      ? []
      : all
          .filter(({ AlarmName = '' }) => publishers.includes(AlarmName))
          .flatMap((one) => listChain(one, alarm, all));
    return [{ alarm, composites: all.filter((one) => chains.includes(one)) }];
  });

/**
 * The route from an alarm to the owner, which a fire drill tests. `publisher` is the name of the alarm that publishes:
 * itself, or a composite alarm.
 */
export type AlarmRoute = { alarm: MetricAlarm; topic: string; publisher: string };

/** The route of the lowest alarm that reaches someone. */
export const findAlarmRoute = (facts: BillingAlarmFacts): AlarmRoute | undefined =>
  findSaneAlarms(facts).flatMap((alarm) => findOpenRoutes(facts, alarm, isConfirmedSubscription))[0];

/** Whether somebody can read what a topic sends, now or once a mail is confirmed and filters are gone. */
export const hasReader = (facts: BillingAlarmFacts, topic: string): boolean =>
  getTopicSubscriptions(facts, topic).some((one) => isConfirmedOrPending(one) && !endsInMachine(facts, one));

/** Subscriptions that get nothing because of their filter, on a topic that reaches nobody else. */
export const findFilteredSubscriptions = (
  facts: BillingAlarmFacts,
  topic: string,
): readonly Subscription[] => {
  const confirmed = getTopicSubscriptions(facts, topic).filter(isConfirmedSubscription);
  return confirmed.some((one) => canBeHeard(facts, one))
    ? []
    : confirmed.filter((one) => isFilteredOut(facts, one) && !endsInMachine(facts, one));
};

/** The topic through which the owner is reached, or else the one to use. */
export const chooseRouteTopic = (facts: BillingAlarmFacts): string =>
  findAlarmRoute(facts)?.topic ?? chooseTopic(facts);

/** The topic to use: one that an alarm of the owner already uses, or else this program's own. */
const chooseTopic = (facts: ListedAlarmFacts): string => {
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
