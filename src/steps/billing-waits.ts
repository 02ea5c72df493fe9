import { ListSubscriptionsByTopicCommand, SubscribeCommand, type Subscription } from '@aws-sdk/client-sns';
import type { Action, Hands } from '../aws/action.ts';
import { isConfirmed, isPending, isPublished } from './billing-facts.ts';
import { emailQuestion } from './billing-questions.ts';
import { watching } from './watch.ts';

const subscribers = async ({ aws }: Hands, TopicArn: string): Promise<readonly Subscription[]> =>
  (await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? [];

const subscribe = async ({ aws, dialogue }: Hands, TopicArn: string, Endpoint: string): Promise<void> => {
  const command = new SubscribeCommand({
    TopicArn,
    Protocol: 'email',
    Endpoint,
    ReturnSubscriptionArn: true,
  });
  await dialogue.during(`Asking AWS to send the mail to ${Endpoint}`, () => aws.sns.send(command));
};

/** Subscribing the same address again makes AWS send the mail again. */
const sendAgain = async (hands: Hands, topic: string): Promise<void> => {
  for (const { Endpoint } of (await subscribers(hands, topic)).filter(isPending)) {
    if (Endpoint) await subscribe(hands, topic, Endpoint);
  }
};

const otherAddress = async (hands: Hands, topic: string): Promise<void> => {
  await subscribe(hands, topic, await hands.dialogue.ask(emailQuestion, 'other-email'));
};

/** The action that waits until somebody has confirmed the mail of a topic. */
export const waitForConfirmation = (topic: string, email: string): Action =>
  watching({
    why: 'you confirm the mail that AWS sends',
    errand: 'confirm-email',
    instructions: [
      `AWS has sent "AWS Notification - Subscription Confirmation" to ${email}.`,
      'Open it and choose "Confirm subscription". It is valid for two days.',
      'Not there? Look in spam; it comes from no-reply@sns.amazonaws.com.',
    ],
    message: 'Waiting for you to confirm the mail',
    name: 'wait-for-mail',
    done: async (hands) => (await subscribers(hands, topic)).some(isConfirmed),
    more: [
      { value: 'again', label: 'Send it again', act: (hands) => sendAgain(hands, topic) },
      { value: 'other', label: 'Use another address', act: (hands) => otherAddress(hands, topic) },
    ],
  });

/** The action that waits until AWS publishes what the account costs. */
export const waitForMetric = (): Action =>
  watching({
    why: 'you turn billing alerts on, and AWS publishes what the account costs',
    errand: 'billing-alerts',
    url: 'https://console.aws.amazon.com/billing/home#/preferences',
    instructions: [
      'Open the page below as root or as an administrator with access to billing.',
      'Under "Alert preferences" choose Edit, tick "Receive CloudWatch billing alerts" and choose Update.',
      'AWS then publishes the first figures after about 15 minutes; in a new account without any charge it can take a day.',
      'You need not wait here: leave it for later, and run "aws-first-steps verify" tomorrow.',
    ],
    message: 'Waiting for the first billing figures',
    name: 'wait-for-metric',
    done: ({ aws }) => isPublished(aws),
  });
