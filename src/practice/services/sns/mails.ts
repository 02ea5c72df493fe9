import type { PracticeMail, PracticeSubscription } from '../../world/world.ts';

const getTopicRegion = (topicArn: string) => topicArn.split(':')[3] ?? '';

/** The link in a confirmation mail. Opening it confirms the subscription without signing in. */
const formatConfirmationLink = ({ topicArn, token, endpoint }: PracticeSubscription): string =>
  `https://sns.${getTopicRegion(topicArn)}.amazonaws.com/confirmation.html?TopicArn=${topicArn}&Token=${token}&Endpoint=${endpoint}`;

/** The link in every other mail of a topic. */
const formatUnsubscribeLink = ({ topicArn, arn, endpoint }: PracticeSubscription): string =>
  `https://sns.${getTopicRegion(topicArn)}.amazonaws.com/unsubscribe.html?SubscriptionArn=${arn}&Endpoint=${endpoint}`;

const noReplyFooter =
  'Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support';

export const createConfirmationMail = (subscription: PracticeSubscription, at: string): PracticeMail => ({
  to: subscription.endpoint,
  at,
  subject: 'AWS Notification - Subscription Confirmation',
  text: [
    'You have chosen to subscribe to the topic: ',
    subscription.topicArn,
    '',
    'To confirm this subscription, click or visit the link below (If this was in error no action is necessary): ',
    formatConfirmationLink(subscription),
    '',
    'Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out',
  ].join('\n'),
  confirms: subscription.arn,
});

/** A topic's message as it arrives in a mailbox, with the unsubscribe link at the end. */
export const createMessageMail = (
  subscription: PracticeSubscription,
  message: { subject: string; text: string },
  at: string,
): PracticeMail => ({
  to: subscription.endpoint,
  at,
  subject: message.subject,
  text: [
    message.text,
    '',
    '--',
    'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
    formatUnsubscribeLink(subscription),
    '',
    noReplyFooter,
  ].join('\n'),
});

export const extractMailLinks = ({ text }: PracticeMail): readonly string[] =>
  text.match(/https:\/\/\S+/g) ?? [];
