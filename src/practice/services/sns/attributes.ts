import type {
  GetTopicAttributesCommandInput,
  GetTopicAttributesCommandOutput,
  SetTopicAttributesCommandInput,
} from '@aws-sdk/client-sns';
import type { Answer, Operations, Visit } from '../../operation.ts';
import { invalidParameter } from '../../refusal.ts';
import { topicOf } from './names.ts';
import { expireUnconfirmed } from './subscriptions.ts';
import type { Topic } from '../../world/world.ts';

const settable = new Set([
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
]);

/** Refuses attributes that topics do not have. */
export const refuseUnknownAttributes = (names: readonly string[]): void => {
  if (!names.every((name) => settable.has(name))) throw invalidParameter('AttributeName');
};

const defaultDelivery = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
};

const actions =
  'GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe ListSubscriptionsByTopic Publish';

/** The policy that a topic has until it gets one: whoever is in the account may use it. */
const defaultPolicy = (topic: Topic, owner: string) => ({
  Version: '2008-10-17',
  Id: '__default_policy_ID',
  Statement: [
    {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: actions.split(' ').map((action) => `SNS:${action}`),
      Resource: topic.arn,
      Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
    },
  ],
});

const getTopicAttributes = (
  visit: Visit,
  { TopicArn }: GetTopicAttributesCommandInput,
): Answer<GetTopicAttributesCommandOutput> => {
  const { world, now } = visit;
  const topic = topicOf(visit, TopicArn);
  const subscriptions = expireUnconfirmed(world.subscriptions, now).filter(
    (one) => one.topicArn === topic.arn,
  );
  const confirmed = subscriptions.filter((one) => one.confirmed).length;
  return {
    Attributes: {
      DisplayName: '',
      EffectiveDeliveryPolicy: JSON.stringify(defaultDelivery),
      Owner: world.account.id,
      Policy: JSON.stringify(defaultPolicy(topic, world.account.id)),
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsDeleted: '0',
      SubscriptionsPending: String(subscriptions.length - confirmed),
      TopicArn: topic.arn,
      ...topic.attributes,
    },
  };
};

const setTopicAttributes = (visit: Visit, input: SetTopicAttributesCommandInput): object => {
  const topic = topicOf(visit, input.TopicArn);
  const name = input.AttributeName ?? '';
  refuseUnknownAttributes([name]);
  // No key means no encryption, and then AWS does not list the attribute.
  if (name === 'KmsMasterKeyId' && !input.AttributeValue) delete topic.attributes[name];
  else topic.attributes[name] = input.AttributeValue ?? '';
  return {};
};

/** SNS's operations on the attributes of topics. */
export const topicAttributeOperations = {
  GetTopicAttributes: getTopicAttributes,
  SetTopicAttributes: setTopicAttributes,
} satisfies Operations;
