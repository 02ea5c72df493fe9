import type {
  ConfirmSubscriptionCommandInput,
  ConfirmSubscriptionCommandOutput,
  GetSMSSandboxAccountStatusCommandOutput,
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
  ListSubscriptionsByTopicCommandInput,
  ListSubscriptionsByTopicCommandOutput,
  ListSubscriptionsCommandInput,
  ListSubscriptionsCommandOutput,
  SetSubscriptionAttributesCommandInput,
  SubscribeCommandInput,
  SubscribeCommandOutput,
  Subscription as SubscriptionAnswer,
  UnsubscribeCommandInput,
} from '@aws-sdk/client-sns';
import { randomBytes, randomUUID } from 'node:crypto';
import { getCallerIdentity } from '../../caller.ts';
import {
  type OperationOutput,
  type OperationTable,
  paginate,
  type OperationContext,
} from '../../operation.ts';
import { createInvalidParameterError, ErrorResponse } from '../../error-response.ts';
import { createConfirmationMail } from './mails.ts';
import { requireSnsArn, requireTopic } from './names.ts';
import type { PracticeSubscription, World } from '../../world/world.ts';

const confirmationPeriodMs = 2 * 24 * 60 * 60 * 1000;

const isUnexpiredSubscription = (one: PracticeSubscription, now: Date) =>
  one.confirmed || now.getTime() - Date.parse(one.requestedAt) < confirmationPeriodMs;

/** Removes subscriptions that were not confirmed within two days, as SNS does. */
export const removeExpiredSubscriptions = (
  all: readonly PracticeSubscription[],
  now: Date,
): PracticeSubscription[] => all.filter((one) => isUnexpiredSubscription(one, now));

/** Confirms a subscription, unless it is gone or already confirmed. */
export const confirmPendingSubscription = (
  world: World,
  arn: string,
  now: Date,
  authenticated = false,
): boolean => {
  const subscription = world.subscriptions.find(
    (one) => one.arn === arn && !one.confirmed && isUnexpiredSubscription(one, now),
  );
  if (subscription) subscription.confirmed = true;
  if (subscription && authenticated) subscription.authenticated = true;
  return subscription !== undefined;
};

/**
 * Opens a link in a mail. Anyone who has the mail can do this without signing in. The link either confirms or ends the
 * subscription.
 */
export const openMailLink = (world: World, link: string, now: Date): void => {
  const { pathname, searchParams } = new URL(link);
  if (pathname === '/confirmation.html') {
    const subscription = world.subscriptions.find((one) => one.token === searchParams.get('Token'));
    if (subscription) confirmPendingSubscription(world, subscription.arn, now);
  }
  if (pathname === '/unsubscribe.html') {
    const arn = searchParams.get('SubscriptionArn');
    world.subscriptions = world.subscriptions.filter((one) => one.arn !== arn || one.authenticated);
  }
};

const subscribe = (
  context: OperationContext,
  input: SubscribeCommandInput,
): OperationOutput<SubscribeCommandOutput> => {
  const { world, now } = context;
  const topic = requireTopic(context, input.TopicArn);
  const { Endpoint: endpoint = '', Protocol: protocol = '' } = input;
  if (protocol !== 'email')
    throw createInvalidParameterError(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(endpoint)) throw createInvalidParameterError('Email address');
  world.subscriptions = removeExpiredSubscriptions(world.subscriptions, now);
  const old = world.subscriptions.find(
    (one) => one.topicArn === topic.arn && one.endpoint === endpoint && !one.deleted,
  );
  const subscription = old ?? {
    arn: `${topic.arn}:${randomUUID()}`,
    topicArn: topic.arn,
    protocol,
    endpoint,
    token: randomBytes(144).toString('hex'),
    requestedAt: now.toISOString(),
    confirmed: false,
  };
  if (!old) world.subscriptions.push(subscription);
  // Subscribing an unconfirmed address again resends the mail and restarts the two days.
  if (!subscription.confirmed) {
    subscription.requestedAt = now.toISOString();
    world.mails.push(createConfirmationMail(subscription, subscription.requestedAt));
  }
  const known = subscription.confirmed || input.ReturnSubscriptionArn === true;
  return { SubscriptionArn: known ? subscription.arn : 'pending confirmation' };
};

const toSdkSubscription = (world: World, one: PracticeSubscription): SubscriptionAnswer => ({
  SubscriptionArn: one.deleted ? 'Deleted' : one.confirmed ? one.arn : 'PendingConfirmation',
  Owner: world.account.id,
  Protocol: one.protocol,
  Endpoint: one.endpoint,
  TopicArn: one.topicArn,
});

const listMatchingSubscriptions = (
  { world, now }: OperationContext,
  NextToken: string | undefined,
  wanted: (one: PracticeSubscription) => boolean,
) => {
  const all = removeExpiredSubscriptions(world.subscriptions, now).filter(wanted);
  const { items, next } = paginate(all, NextToken, 100, () => createInvalidParameterError('NextToken'));
  return {
    Subscriptions: items.map((one) => toSdkSubscription(world, one)),
    ...(next && { NextToken: next }),
  };
};

const listSubscriptions = (
  context: OperationContext,
  input: ListSubscriptionsCommandInput,
): OperationOutput<ListSubscriptionsCommandOutput> =>
  listMatchingSubscriptions(context, input.NextToken, (one) => one.topicArn.split(':')[3] === context.region);

const listSubscriptionsByTopic = (
  context: OperationContext,
  input: ListSubscriptionsByTopicCommandInput,
): OperationOutput<ListSubscriptionsByTopicCommandOutput> => {
  const topic = requireTopic(context, input.TopicArn);
  return listMatchingSubscriptions(context, input.NextToken, (one) => one.topicArn === topic.arn);
};

const getSubscriptionAttributes = (
  { world, now }: OperationContext,
  input: GetSubscriptionAttributesCommandInput,
): OperationOutput<GetSubscriptionAttributesCommandOutput> => {
  const arn = requireSnsArn(input.SubscriptionArn, 'SubscriptionArn');
  const one = removeExpiredSubscriptions(world.subscriptions, now).find(
    (subscription) => subscription.arn === arn,
  );
  if (!one) throw new ErrorResponse('NotFound', 404, 'Subscription does not exist');
  const { Endpoint = '', Owner = '', Protocol = '', TopicArn = '' } = toSdkSubscription(world, one);
  return {
    Attributes: {
      ConfirmationWasAuthenticated: String(one.authenticated ?? false),
      Endpoint,
      Owner,
      PendingConfirmation: String(!one.confirmed),
      Protocol,
      RawMessageDelivery: 'false',
      SubscriptionArn: arn,
      SubscriptionPrincipal: getCallerIdentity(world).Arn,
      TopicArn,
      ...one.attributes,
    },
  };
};

const settableAttributes = new Set([
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
]);

/** An empty filter is none: AWS then lists the attribute no longer. */
const setSubscriptionAttributes = (
  { world }: OperationContext,
  {
    AttributeName: name = '',
    AttributeValue: value = '',
    SubscriptionArn,
  }: SetSubscriptionAttributesCommandInput,
): object => {
  const arn = requireSnsArn(SubscriptionArn, 'SubscriptionArn');
  const one = world.subscriptions.find((subscription) => subscription.arn === arn);
  if (!one) throw new ErrorResponse('NotFound', 404, 'Subscription does not exist');
  if (!settableAttributes.has(name)) throw createInvalidParameterError('AttributeName');
  const { [name]: _old, ...others } = one.attributes ?? {};
  one.attributes = value === '' || value === '{}' ? others : { ...others, [name]: value };
  return {};
};

const getSmsSandboxAccountStatus = ({
  world,
}: OperationContext): OperationOutput<GetSMSSandboxAccountStatusCommandOutput> => ({
  IsInSandbox: world.outOfSmsSandbox !== true,
});

const confirmSubscription = (
  context: OperationContext,
  { AuthenticateOnUnsubscribe, Token = '', TopicArn }: ConfirmSubscriptionCommandInput,
): OperationOutput<ConfirmSubscriptionCommandOutput> => {
  const { world, now } = context;
  if (!/^[0-9a-f]{288}$/.test(Token)) throw new ErrorResponse('InvalidParameter', 400, 'Invalid token');
  const wanted = removeExpiredSubscriptions(world.subscriptions, now).find((one) => one.token === Token);
  if (!wanted) throw createInvalidParameterError('Token');
  if (wanted.topicArn !== TopicArn) throw createInvalidParameterError('Topic');
  confirmPendingSubscription(world, wanted.arn, now, AuthenticateOnUnsubscribe === 'true');
  return { SubscriptionArn: wanted.arn };
};

const unsubscribe = ({ world }: OperationContext, { SubscriptionArn }: UnsubscribeCommandInput): object => {
  if (!SubscriptionArn)
    throw createInvalidParameterError('SubscriptionArn Reason: no value for required parameter');
  const arn = requireSnsArn(SubscriptionArn, 'SubscriptionArn');
  world.subscriptions = world.subscriptions.filter((one) => one.arn !== arn);
  return {};
};

export const subscriptionOperations = {
  Subscribe: subscribe,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  GetSMSSandboxAccountStatus: getSmsSandboxAccountStatus,
  ConfirmSubscription: confirmSubscription,
  Unsubscribe: unsubscribe,
} satisfies OperationTable;
