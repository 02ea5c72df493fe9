import type { Visit } from '../../operation.ts';
import { messageMail } from './mails.ts';

/** Puts a message into the mailbox of everybody who confirmed a subscription to the topic. */
export const deliver = (
  { world, now }: Visit,
  topicArn: string,
  message: { subject: string; text: string },
): void => {
  const receivers = world.subscriptions.filter(
    (one) => one.topicArn === topicArn && one.confirmed && !one.deleted,
  );
  world.mails.push(...receivers.map((one) => messageMail(one, message, now.toISOString())));
};
