import type { OperationContext } from '../../operation.ts';
import { createMessageMail } from './mails.ts';

/** Puts a message into the mailbox of everybody who confirmed a subscription to the topic. */
export const deliverMessage = (
  { world, now }: OperationContext,
  topicArn: string,
  message: { subject: string; text: string },
): void => {
  const receivers = world.subscriptions.filter(
    (one) => one.topicArn === topicArn && one.confirmed && !one.deleted,
  );
  world.mails.push(...receivers.map((one) => createMessageMail(one, message, now.toISOString())));
};
