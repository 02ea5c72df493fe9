import type {
  GetTopicAttributesCommandInput,
  GetTopicAttributesCommandOutput,
  SetTopicAttributesCommandInput,
} from '@aws-sdk/client-sns';
import type { OperationOutput, OperationTable, OperationContext } from '../../operation.ts';
import { createInvalidParameterError } from '../../error-response.ts';
import { requireTopic } from './names.ts';
import { removeExpiredSubscriptions } from './subscriptions.ts';
import type { PracticeTopic } from '../../world/world.ts';

const settableTopicAttributes = new Set([
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
]);

export const rejectUnknownTopicAttributes = (names: readonly string[]): void => {
  if (!names.every((name) => settableTopicAttributes.has(name)))
    throw createInvalidParameterError('AttributeName');
};

const defaultDeliveryPolicy = {
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

const topicPolicyActions =
  'GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe ListSubscriptionsByTopic Publish';

/** A topic's policy until another one is set: everyone in the account may use the topic. */
const createDefaultTopicPolicy = (topic: PracticeTopic, owner: string) => ({
  Version: '2008-10-17',
  Id: '__default_policy_ID',
  Statement: [
    {
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: topicPolicyActions.split(' ').map((action) => `SNS:${action}`),
      Resource: topic.arn,
      Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
    },
  ],
});

const getTopicAttributes = (
  context: OperationContext,
  { TopicArn }: GetTopicAttributesCommandInput,
): OperationOutput<GetTopicAttributesCommandOutput> => {
  const { world, now } = context;
  const topic = requireTopic(context, TopicArn);
  const subscriptions = removeExpiredSubscriptions(world.subscriptions, now).filter(
    (one) => one.topicArn === topic.arn,
  );
  const confirmed = subscriptions.filter((one) => one.confirmed).length;
  return {
    Attributes: {
      DisplayName: '',
      EffectiveDeliveryPolicy: JSON.stringify(defaultDeliveryPolicy),
      Owner: world.account.id,
      Policy: JSON.stringify(createDefaultTopicPolicy(topic, world.account.id)),
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsDeleted: '0',
      SubscriptionsPending: String(subscriptions.length - confirmed),
      TopicArn: topic.arn,
      ...topic.attributes,
    },
  };
};

const setTopicAttributes = (context: OperationContext, input: SetTopicAttributesCommandInput): object => {
  const topic = requireTopic(context, input.TopicArn);
  const name = input.AttributeName ?? '';
  rejectUnknownTopicAttributes([name]);
  // Without a key there is no encryption, and AWS does not list the attribute.
  if (name === 'KmsMasterKeyId' && !input.AttributeValue) delete topic.attributes[name];
  else topic.attributes[name] = input.AttributeValue ?? '';
  return {};
};

export const topicAttributeOperations = {
  GetTopicAttributes: getTopicAttributes,
  SetTopicAttributes: setTopicAttributes,
} satisfies OperationTable;
