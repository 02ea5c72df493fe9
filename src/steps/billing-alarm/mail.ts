import {
  ConfirmSubscriptionCommand,
  SubscribeCommand,
  TagResourceCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Action, ActionContext } from '../../core/action.ts';
import { consistencyDelays } from '../../aws/consistency.ts';
import { endsSession, explainError } from '../../aws/errors/explain.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { isPending } from './facts.ts';
import { linkQuestion, readLink } from './link.ts';
import { askedTag } from './proof.ts';
import { addressQuestion } from './questions.ts';
import { watching } from '../shared/watch.ts';

const askedInput = (topic: string, at: string) => ({
  ResourceArn: topic,
  Tags: [{ Key: askedTag, Value: at }],
});

const subscribeInput = (topic: string, email: string) => ({
  TopicArn: topic,
  Protocol: 'email',
  Endpoint: email,
  ReturnSubscriptionArn: true,
});

/**
 * The action that makes AWS send the confirmation mail. When it was asked for is kept as a tag, and first: any machine
 * can then say until when the mail is valid, also where this run is killed in between.
 */
export const askForMail = (topic: string, email: string): Action => ({
  why: `let it send mail to ${email}, and note on the topic when that was asked for`,
  calls: [
    { operation: 'sns:TagResource', input: askedInput(topic, '(now)') },
    { operation: 'sns:Subscribe', input: subscribeInput(topic, email) },
  ],
  perform: async ({ aws, clock }) => {
    await aws.sns.send(new TagResourceCommand(askedInput(topic, clock.now().toISOString())));
    await aws.sns.send(new SubscribeCommand(subscribeInput(topic, email)));
  },
});

const askNow = async (hands: ActionContext, topic: string, email: string): Promise<void> => {
  await hands.dialogue.runWithProgress(
    `Asking AWS to send the mail to ${email} (sns:TagResource, sns:Subscribe)`,
    () => askForMail(topic, email).perform(hands),
  );
};

/** Subscribing the same address again makes AWS send the mail again, and begins the two days anew. */
const sendAgain = async (hands: ActionContext, topic: string): Promise<void> => {
  for (const { Endpoint } of (await readTopicSubscriptions(hands.aws, topic)).filter(isPending)) {
    if (Endpoint) await askNow(hands, topic, Endpoint);
  }
};

/** Asks for another address, and lets AWS send a mail there. */
export const otherAddress = async (hands: ActionContext, topic: string): Promise<string> => {
  const email = await hands.dialogue.ask(addressQuestion, 'other-email');
  await askNow(hands, topic, email);
  return email;
};

/** Waits until a topic has a confirmed subscriber that it did not have before. */
const untilConfirmed = async (
  hands: ActionContext,
  topic: string,
  before: readonly string[],
): Promise<boolean> => {
  const confirmed = async () => hasNew(await readTopicSubscriptions(hands.aws, topic), before);
  for (const pause of consistencyDelays) {
    if (await confirmed()) return true;
    await hands.clock.sleep(pause);
  }
  return confirmed();
};

const hasNew = (subscribers: readonly Subscription[], before: readonly string[]): boolean =>
  subscribers.some((one) => isConfirmedSubscription(one) && !before.includes(one.SubscriptionArn ?? ''));

const refused = (hands: ActionContext, error: unknown): void => {
  const problem = explainError(error, 'sns:ConfirmSubscription');
  if (!problem || endsSession(error)) throw error;
  const text = `${problem.message} The link may be older than two days, or of an earlier mail: take the newest, or send it again.`;
  hands.dialogue.show({ kind: 'text', tone: 'warning', text });
};

/**
 * Confirms by a link that was pasted instead of opened. AuthenticateOnUnsubscribe: from then on nobody can end the
 * subscription by a link in a mail (SNS API Reference, ConfirmSubscription).
 */
const confirmByLink = async (
  hands: ActionContext,
  topic: string,
  before: readonly string[],
): Promise<void> => {
  const { aws, dialogue } = hands;
  const read = readLink(await dialogue.ask(linkQuestion, 'confirmation-link'), topic);
  if ('objection' in read) return dialogue.show({ kind: 'text', tone: 'warning', text: read.objection });
  const command = new ConfirmSubscriptionCommand({
    TopicArn: topic,
    Token: read.token,
    AuthenticateOnUnsubscribe: 'true',
  });
  try {
    await dialogue.runWithProgress(
      'Confirming, so that only you can end it (sns:ConfirmSubscription)',
      async () => {
        await aws.sns.send(command);
        await untilConfirmed(hands, topic, before);
      },
    );
  } catch (error) {
    refused(hands, error);
  }
};

/**
 * The action that waits until somebody has confirmed the mail of a topic: by pasting its link, which is the better
 * way, or by a click in it. `before` are subscriptions that were confirmed already, and do not count.
 */
export const waitForConfirmation = (
  topic: string,
  email: string,
  before: readonly string[] = [],
): Action => ({
  ...watching({
    why: 'you confirm the mail, best by its link pasted here: then no link in a mail can end it',
    errand: 'confirm-email',
    instructions: [
      `AWS has sent "AWS Notification - Subscription Confirmation" to ${email}. It is valid for two days.`,
      'Best: do not open the link "Confirm subscription" in it, but copy its address and paste it here. Then only who is signed in to this account can end it; after a click, anyone who has one of its mails can, a mail scanner too.',
      'Not there? Look in spam; it comes from no-reply@sns.amazonaws.com.',
    ],
    message: 'Waiting for you to confirm the mail',
    name: 'wait-for-mail',
    done: async (hands) => hasNew(await readTopicSubscriptions(hands.aws, topic), before),
    best: {
      value: 'paste',
      label: 'Paste the link of the mail',
      act: (hands) => confirmByLink(hands, topic, before),
    },
    more: [
      { value: 'again', label: 'Send it again', act: (hands) => sendAgain(hands, topic) },
      {
        value: 'other',
        label: 'Use another address',
        act: async (hands) => void (await otherAddress(hands, topic)),
      },
    ],
  }),
  calls: [
    {
      operation: 'sns:ConfirmSubscription',
      input: { TopicArn: topic, AuthenticateOnUnsubscribe: 'true' },
    },
  ],
  optionalPermissions: ['sns:TagResource', 'sns:Subscribe'],
});
