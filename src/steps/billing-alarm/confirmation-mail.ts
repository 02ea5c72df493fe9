import {
  ConfirmSubscriptionCommand,
  SubscribeCommand,
  TagResourceCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Action, ActionContext } from '../../core/action.ts';
import { formatLocalTime } from '../../lib/dates.ts';
import { showWarning } from '../../core/messages.ts';
import { readUntil } from '../../core/read-until.ts';
import { endsSession, explainError } from '../../aws/errors/explain.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { isPendingSubscription } from './facts.ts';
import { confirmationLinkQuestion, parseConfirmationLink } from './confirmation-link.ts';
import { mailRequestedTagKey } from './proof.ts';
import { alarmEmailQuestion } from './questions.ts';
import { watchTask } from '../shared/watch.ts';

const createMailRequestedTagInput = (topic: string, at: string) => ({
  ResourceArn: topic,
  Tags: [{ Key: mailRequestedTagKey, Value: at }],
});

const createSubscribeInput = (topic: string, email: string) => ({
  TopicArn: topic,
  Protocol: 'email',
  Endpoint: email,
  ReturnSubscriptionArn: true,
});

/**
 * An action that makes AWS send the confirmation mail. It first stores the time of the request as a tag, so that any
 * machine can tell how long the mail is valid, even if this run is killed in between.
 */
export const requestConfirmationMail = (topic: string, email: string): Action => ({
  why: `let it send mail to ${email}, and note the time on the topic`,
  calls: [
    { operation: 'sns:TagResource', input: createMailRequestedTagInput(topic, '(now)') },
    { operation: 'sns:Subscribe', input: createSubscribeInput(topic, email) },
  ],
  perform: async ({ aws, clock }) => {
    await aws.sns.send(new TagResourceCommand(createMailRequestedTagInput(topic, clock.now().toISOString())));
    await aws.sns.send(new SubscribeCommand(createSubscribeInput(topic, email)));
  },
});

const requestMailNow = async (context: ActionContext, topic: string, email: string): Promise<void> => {
  await context.dialogue.runWithProgress(
    `Having AWS send the mail to ${email} (sns:TagResource, sns:Subscribe)`,
    () => requestConfirmationMail(topic, email).perform(context),
  );
  const text = `AWS was asked at ${formatLocalTime(context.clock.now())} to send the mail to ${email}.`;
  context.dialogue.show({ kind: 'text', tone: 'success', text });
};

/** Subscribing the same address again makes AWS resend the mail and restarts the two days. */
const resendPendingMails = async (context: ActionContext, topic: string): Promise<void> => {
  for (const { Endpoint } of (await readTopicSubscriptions(context.aws, topic)).filter(
    isPendingSubscription,
  )) {
    if (Endpoint) await requestMailNow(context, topic, Endpoint);
  }
};

/** Asks for another address, and has AWS send a mail there. */
export const subscribeOtherAddress = async (context: ActionContext, topic: string): Promise<string> => {
  const email = await context.dialogue.ask(alarmEmailQuestion, 'other-email');
  await requestMailNow(context, topic, email);
  return email;
};

const hasNewConfirmedSubscription = (
  subscribers: readonly Subscription[],
  before: readonly string[],
): boolean =>
  subscribers.some((one) => isConfirmedSubscription(one) && !before.includes(one.SubscriptionArn ?? ''));

const showConfirmationError = (context: ActionContext, error: unknown): void => {
  const problem = explainError(error, 'sns:ConfirmSubscription');
  if (!problem || endsSession(error)) throw error;
  showWarning(
    context.dialogue,
    `${problem.message} Take the link of the newest mail, or send it again: a link older than two days has ended.`,
  );
};

/**
 * Confirms with a pasted link. AuthenticateOnUnsubscribe: from then on, a link in a mail can no longer end the
 * subscription (SNS API Reference, ConfirmSubscription).
 */
const confirmByLink = async (
  context: ActionContext,
  topic: string,
  before: readonly string[],
): Promise<void> => {
  const { aws, clock, dialogue } = context;
  const read = parseConfirmationLink(
    await dialogue.ask(confirmationLinkQuestion, 'confirmation-link'),
    topic,
  );
  if ('objection' in read) return showWarning(dialogue, read.objection);
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
        await readUntil(
          clock,
          () => readTopicSubscriptions(aws, topic),
          (subscribers) => hasNewConfirmedSubscription(subscribers, before),
        );
      },
    );
  } catch (error) {
    showConfirmationError(context, error);
  }
};

/**
 * An action that waits until someone confirms the mail of a topic, with a pasted link (the better way) or with a click
 * in the mail. `before` are subscriptions that were already confirmed and do not count.
 */
export const waitForConfirmation = (
  topic: string,
  email: string,
  before: readonly string[] = [],
): Action => ({
  ...watchTask({
    why: 'you paste the link of the mail: then no mail can end the subscription',
    manualTask: 'confirm-email',
    instructions: [
      `Open the mail "AWS Notification - Subscription Confirmation" to ${email}.`,
      'Copy the link "Confirm subscription", don\'t click it, and paste it here. A link that was clicked can be undone by mail scanners.',
    ],
    message: 'Waiting for you to confirm the mail',
    questionName: 'wait-for-mail',
    isDone: async (context) =>
      hasNewConfirmedSubscription(await readTopicSubscriptions(context.aws, topic), before),
    preferredOption: {
      value: 'paste',
      label: 'Paste the link from the mail',
      perform: (context) => confirmByLink(context, topic, before),
    },
    ifMissing: {
      label: 'It did not come',
      questionName: 'mail-missing',
      help: 'Look in spam first: it comes from no-reply@sns.amazonaws.com.',
      options: [
        { value: 'again', label: 'Send it again', perform: (context) => resendPendingMails(context, topic) },
        {
          value: 'other',
          label: 'Use another address',
          perform: async (context) => void (await subscribeOtherAddress(context, topic)),
        },
      ],
    },
    laterHint: 'the link is valid for two days',
  }),
  calls: [
    {
      operation: 'sns:ConfirmSubscription',
      input: { TopicArn: topic, AuthenticateOnUnsubscribe: 'true' },
    },
  ],
  optionalPermissions: ['sns:TagResource', 'sns:Subscribe'],
});
