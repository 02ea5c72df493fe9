import {
  GetSMSSandboxAccountStatusCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { AwsClients } from '../../aws/clients.ts';
import { isGone, undefinedIf } from '../../aws/errors/codes.ts';
import { isTolerable } from '../../aws/errors/explain.ts';
import { judgeServiceAccess } from '../../aws/policies/service-access.ts';
import { judgeSubscriptionFilter } from '../../aws/policies/subscription-filter.ts';
import { isAwsManagedSnsKey, isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { globalRegion } from '../../aws/services.ts';

/**
 * Whether what a budget publishes to a topic reaches someone. `unknown`: AWS refused to say, the topic is in another
 * Region, or the facts that can be read do not settle it. `because` follows a colon.
 */
type Delivery = { state: 'reaches somebody' } | { state: 'reaches nobody' | 'unknown'; because: string };

export type TopicDelivery = Delivery & { topic: string };

const fails = (because: string): Delivery => ({ state: 'reaches nobody', because });

const unsettled = (because: string): Delivery => ({ state: 'unknown', because });

const reaches: Delivery = { state: 'reaches somebody' };

/** Splits recipients by kind. Topics are identified by ARN. */
export const splitRecipients = (all: readonly string[]): { addresses: string[]; topics: string[] } => ({
  addresses: all.filter((one) => !one.startsWith('arn:')),
  topics: all.filter((one) => one.startsWith('arn:')),
});

/** The best of several ways: one that reaches somebody, or else one that may. */
const chooseBest = (deliveries: readonly Delivery[]): Delivery | undefined =>
  deliveries.find(({ state }) => state === 'reaches somebody') ??
  deliveries.find(({ state }) => state === 'unknown') ??
  deliveries[0];

/** What a read gives, or the reason why nothing is known. Errors that end the session are thrown. */
const readOrExplain = async <T>(
  operation: string,
  reading: Promise<T>,
): Promise<{ answer: T } | { refused: Delivery }> => {
  try {
    return { answer: await reading };
  } catch (error) {
    if (!isTolerable(error) || isGone(error)) throw error;
    return { refused: unsettled(`AWS did not answer ${operation}`) };
  }
};

/** At most this many subscriptions of a topic are read one by one. */
const maxSubscriptionsRead = 10;

/**
 * In the sandbox, in which every account begins, text messages go to numbers only that were verified there (SNS Developer
 * Guide, "SMS sandbox").
 */
const readSmsDelivery = async (aws: AwsClients): Promise<Delivery> => {
  const operation = 'sns:GetSMSSandboxAccountStatus';
  const read = await readOrExplain(operation, aws.sns.send(new GetSMSSandboxAccountStatusCommand({})));
  if ('refused' in read) return read.refused;
  return read.answer.IsInSandbox === false
    ? reaches
    : unsettled('the account is in the SMS sandbox, where only verified numbers get messages');
};

const judgeProtocol = (aws: AwsClients, { Protocol = '' }: Subscription): Delivery | Promise<Delivery> => {
  if (Protocol === 'email' || Protocol === 'email-json') return reaches;
  if (Protocol === 'sms') return readSmsDelivery(aws);
  return unsettled(`it ends in ${Protocol || 'something'}, which nobody may read`);
};

const readSubscriptionDelivery = async (aws: AwsClients, subscription: Subscription): Promise<Delivery> => {
  const { SubscriptionArn, Endpoint = '' } = subscription;
  const read = await readOrExplain(
    'sns:GetSubscriptionAttributes',
    undefinedIf(isGone, aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))),
  );
  if ('refused' in read) return read.refused;
  if (!read.answer) return fails(`the subscription of ${Endpoint} has ended`);
  // AWS Budgets writes plain text and adds no message attributes, as mails that people have published show.
  const passes = judgeSubscriptionFilter(read.answer.Attributes ?? {}, { body: undefined });
  if (passes === 'no')
    return fails(`the filter policy of the subscription of ${Endpoint} keeps the warnings out`);
  if (passes === 'unknown')
    return unsettled(`the subscription of ${Endpoint} has a filter policy that may keep the warnings out`);
  return judgeProtocol(aws, subscription);
};

const isMail = ({ Protocol = '' }: Subscription): boolean => Protocol.startsWith('email');

const readSubscribersDelivery = async (
  aws: AwsClients,
  subscriptions: readonly Subscription[],
): Promise<Delivery> => {
  const confirmed = subscriptions.filter(isConfirmedSubscription);
  const deliveries = await Promise.all(
    confirmed
      .toSorted((a, b) => Number(isMail(b)) - Number(isMail(a)))
      .slice(0, maxSubscriptionsRead)
      .map((one) => readSubscriptionDelivery(aws, one)),
  );
  const unread =
    confirmed.length > maxSubscriptionsRead
      ? [unsettled('it has many subscriptions, not all of which were read')]
      : [];
  return chooseBest([...deliveries, ...unread]) ?? fails('nobody has confirmed a subscription to it');
};

const judgePolicy = (Policy: string | undefined, topic: string, budget: BudgetIdentity): Delivery => {
  const allowed = Policy
    ? judgeServiceAccess(Policy, {
        service: 'budgets.amazonaws.com',
        action: 'sns:Publish',
        resource: topic,
        sourceAccount: budget.accountId,
        sourceArn: `arn:aws:budgets::${budget.accountId}:budget/${budget.name}`,
      })
    : 'unknown';
  if (allowed === 'no') return fails('its policy does not let AWS Budgets publish');
  return allowed === 'yes'
    ? reaches
    : unsettled('nobody can tell whether its policy lets AWS Budgets publish');
};

/** The policy of the key decides whether AWS Budgets may use it. This program does not read that policy. */
const judgeKey = (key: string): Delivery => {
  if (isAwsManagedSnsKey(key))
    return fails("it is encrypted with AWS's own key (alias/aws/sns), which AWS Budgets may not use");
  return key === ''
    ? reaches
    : unsettled('it is encrypted, and only the policy of its key tells whether AWS Budgets may use it');
};

type BudgetIdentity = { accountId: string; name: string };

/** All that must hold for a message to arrive: the first obstacle, certain ones before doubts. */
const chooseWorst = (parts: readonly Delivery[]): Delivery =>
  parts.find(({ state }) => state === 'reaches nobody') ??
  parts.find(({ state }) => state === 'unknown') ??
  reaches;

const judgeTopicDelivery = async (
  aws: AwsClients,
  TopicArn: string,
  budget: BudgetIdentity,
): Promise<Delivery> => {
  const [topic, subscriptions] = await Promise.all([
    readOrExplain('sns:GetTopicAttributes', aws.sns.send(new GetTopicAttributesCommand({ TopicArn }))),
    readOrExplain('sns:ListSubscriptionsByTopic', readTopicSubscriptions(aws, TopicArn)),
  ]);
  if ('refused' in topic) return topic.refused;
  if ('refused' in subscriptions) return subscriptions.refused;
  const { Policy, KmsMasterKeyId = '' } = topic.answer.Attributes ?? {};
  return chooseWorst([
    judgeKey(KmsMasterKeyId),
    judgePolicy(Policy, TopicArn, budget),
    await readSubscribersDelivery(aws, subscriptions.answer),
  ]);
};

/** Reads whether a budget's messages to a topic reach someone. A refusal counts as `unknown` and does not end the check. */
export const readTopicDelivery = async (
  aws: AwsClients,
  topic: string,
  budget: BudgetIdentity,
): Promise<TopicDelivery> => {
  const region = topic.split(':')[3];
  if (region !== globalRegion)
    return { topic, ...unsettled(`it is in ${region}, and only topics in ${globalRegion} are looked into`) };
  try {
    return { topic, ...(await judgeTopicDelivery(aws, topic, budget)) };
  } catch (error) {
    if (isGone(error)) return { topic, ...fails('it was deleted') };
    throw error;
  }
};
