import type { OperationContext } from '../../operation.ts';
import { createMessageMail } from './mails.ts';

/** Delivers a message to every confirmed subscriber of the topic. */
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
