import type {
  ConfirmSubscriptionCommandInput,
  ConfirmSubscriptionCommandOutput,
  GetSubscriptionAttributesCommandInput,
  GetSubscriptionAttributesCommandOutput,
  ListSubscriptionsByTopicCommandInput,
  ListSubscriptionsByTopicCommandOutput,
  ListSubscriptionsCommandInput,
  ListSubscriptionsCommandOutput,
  SubscribeCommandInput,
  SubscribeCommandOutput,
  Subscription as SubscriptionAnswer,
  UnsubscribeCommandInput,
} from '@aws-sdk/client-sns';
import { randomBytes, randomUUID } from 'node:crypto';
import { identityOf } from '../../caller.ts';
import { type Answer, type Operations, pageOf, type Visit } from '../../operation.ts';
import { invalidParameter, Refusal } from '../../refusal.ts';
import { confirmationMail } from './mails.ts';
import { arnIn, topicOf } from './names.ts';
import type { Subscription, World } from '../../world/world.ts';

const twoDays = 2 * 24 * 60 * 60 * 1000;

const lives = (one: Subscription, now: Date) =>
  one.confirmed || now.getTime() - Date.parse(one.requestedAt) < twoDays;

/** Subscriptions without those that nobody confirmed within two days: SNS forgets them. */
export const expireUnconfirmed = (all: readonly Subscription[], now: Date): Subscription[] =>
  all.filter((one) => lives(one, now));

/** Confirms a subscription, unless it is gone or confirmed already. */
export const confirm = (world: World, arn: string, now: Date, authenticated = false): boolean => {
  const subscription = world.subscriptions.find(
    (one) => one.arn === arn && !one.confirmed && lives(one, now),
  );
  if (subscription) subscription.confirmed = true;
  if (subscription && authenticated) subscription.authenticated = true;
  return subscription !== undefined;
};

/** Opens a link of a mail as anybody can who has the mail, signed in nowhere: it confirms, or it ends. */
export const openLink = (world: World, link: string, now: Date): void => {
  const { pathname, searchParams } = new URL(link);
  if (pathname === '/confirmation.html') {
    const asked = world.subscriptions.find((one) => one.token === searchParams.get('Token'));
    if (asked) confirm(world, asked.arn, now);
  }
  if (pathname === '/unsubscribe.html') {
    const arn = searchParams.get('SubscriptionArn');
    world.subscriptions = world.subscriptions.filter((one) => one.arn !== arn || one.authenticated);
  }
};

const subscribe = (visit: Visit, input: SubscribeCommandInput): Answer<SubscribeCommandOutput> => {
  const { world, now } = visit;
  const topic = topicOf(visit, input.TopicArn);
  const { Endpoint: endpoint = '', Protocol: protocol = '' } = input;
  if (protocol !== 'email')
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(endpoint)) throw invalidParameter('Email address');
  world.subscriptions = expireUnconfirmed(world.subscriptions, now);
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
  // Asking again for an address that has not confirmed yet sends the mail once more, and begins the two days anew.
  if (!subscription.confirmed) {
    subscription.requestedAt = now.toISOString();
    world.mails.push(confirmationMail(subscription, subscription.requestedAt));
  }
  const known = subscription.confirmed || input.ReturnSubscriptionArn === true;
  return { SubscriptionArn: known ? subscription.arn : 'pending confirmation' };
};

const listed = (world: World, one: Subscription): SubscriptionAnswer => ({
  SubscriptionArn: one.deleted ? 'Deleted' : one.confirmed ? one.arn : 'PendingConfirmation',
  Owner: world.account.id,
  Protocol: one.protocol,
  Endpoint: one.endpoint,
  TopicArn: one.topicArn,
});

const listing = (
  { world, now }: Visit,
  NextToken: string | undefined,
  wanted: (one: Subscription) => boolean,
) => {
  const all = expireUnconfirmed(world.subscriptions, now).filter(wanted);
  const { items, next } = pageOf(all, NextToken, 100, () => invalidParameter('NextToken'));
  return { Subscriptions: items.map((one) => listed(world, one)), ...(next && { NextToken: next }) };
};

const listSubscriptions = (
  visit: Visit,
  input: ListSubscriptionsCommandInput,
): Answer<ListSubscriptionsCommandOutput> =>
  listing(visit, input.NextToken, (one) => one.topicArn.split(':')[3] === visit.region);

const listSubscriptionsByTopic = (
  visit: Visit,
  input: ListSubscriptionsByTopicCommandInput,
): Answer<ListSubscriptionsByTopicCommandOutput> => {
  const topic = topicOf(visit, input.TopicArn);
  return listing(visit, input.NextToken, (one) => one.topicArn === topic.arn);
};

const getSubscriptionAttributes = (
  { world, now }: Visit,
  input: GetSubscriptionAttributesCommandInput,
): Answer<GetSubscriptionAttributesCommandOutput> => {
  const arn = arnIn(input.SubscriptionArn, 'SubscriptionArn');
  const one = expireUnconfirmed(world.subscriptions, now).find((subscription) => subscription.arn === arn);
  if (!one) throw new Refusal('NotFound', 404, 'Subscription does not exist');
  const { Endpoint = '', Owner = '', Protocol = '', TopicArn = '' } = listed(world, one);
  return {
    Attributes: {
      ConfirmationWasAuthenticated: String(one.authenticated ?? false),
      Endpoint,
      Owner,
      PendingConfirmation: String(!one.confirmed),
      Protocol,
      RawMessageDelivery: 'false',
      SubscriptionArn: arn,
      SubscriptionPrincipal: identityOf(world).Arn,
      TopicArn,
    },
  };
};

const confirmSubscription = (
  visit: Visit,
  { AuthenticateOnUnsubscribe, Token = '', TopicArn }: ConfirmSubscriptionCommandInput,
): Answer<ConfirmSubscriptionCommandOutput> => {
  const { world, now } = visit;
  if (!/^[0-9a-f]{288}$/.test(Token)) throw new Refusal('InvalidParameter', 400, 'Invalid token');
  const wanted = expireUnconfirmed(world.subscriptions, now).find((one) => one.token === Token);
  if (!wanted) throw invalidParameter('Token');
  if (wanted.topicArn !== TopicArn) throw invalidParameter('Topic');
  confirm(world, wanted.arn, now, AuthenticateOnUnsubscribe === 'true');
  return { SubscriptionArn: wanted.arn };
};

const unsubscribe = ({ world }: Visit, { SubscriptionArn }: UnsubscribeCommandInput): object => {
  if (!SubscriptionArn) throw invalidParameter('SubscriptionArn Reason: no value for required parameter');
  const arn = arnIn(SubscriptionArn, 'SubscriptionArn');
  world.subscriptions = world.subscriptions.filter((one) => one.arn !== arn);
  return {};
};

/** SNS's operations on subscriptions. */
export const subscriptionOperations = {
  Subscribe: subscribe,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  ConfirmSubscription: confirmSubscription,
  Unsubscribe: unsubscribe,
} satisfies Operations;
