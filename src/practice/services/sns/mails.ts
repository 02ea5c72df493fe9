import type { Mail, Subscription } from '../../world/world.ts';

const regionOf = (topicArn: string) => topicArn.split(':')[3] ?? '';

/** The link in a confirmation mail: whoever opens it confirms, without signing in. */
const confirmationLink = ({ topicArn, token, endpoint }: Subscription): string =>
  `https://sns.${regionOf(topicArn)}.amazonaws.com/confirmation.html?TopicArn=${topicArn}&Token=${token}&Endpoint=${endpoint}`;

/** The link in every other mail of a topic. */
const unsubscriptionLink = ({ topicArn, arn, endpoint }: Subscription): string =>
  `https://sns.${regionOf(topicArn)}.amazonaws.com/unsubscribe.html?SubscriptionArn=${arn}&Endpoint=${endpoint}`;

const noReply =
  'Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support';

/** The mail that asks whether an address wants to be subscribed. */
export const confirmationMail = (subscription: Subscription, at: string): Mail => ({
  to: subscription.endpoint,
  at,
  subject: 'AWS Notification - Subscription Confirmation',
  text: [
    'You have chosen to subscribe to the topic: ',
    subscription.topicArn,
    '',
    'To confirm this subscription, click or visit the link below (If this was in error no action is necessary): ',
    confirmationLink(subscription),
    '',
    'Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out',
  ].join('\n'),
  confirms: subscription.arn,
});

/** A message of a topic as it arrives in a mailbox, with the way to end the subscription below. */
export const messageMail = (
  subscription: Subscription,
  message: { subject: string; text: string },
  at: string,
): Mail => ({
  to: subscription.endpoint,
  at,
  subject: message.subject,
  text: [
    message.text,
    '',
    '--',
    'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
    unsubscriptionLink(subscription),
    '',
    noReply,
  ].join('\n'),
});

/** Every link in a mail, in order. */
export const linksIn = ({ text }: Mail): readonly string[] => text.match(/https:\/\/\S+/g) ?? [];
