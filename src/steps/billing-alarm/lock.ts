import { GetSubscriptionAttributesCommand, UnsubscribeCommand, type Subscription } from '@aws-sdk/client-sns';
import type { Action, Hands } from '../../core/action.ts';
import { endsTheSession, explain } from '../../aws/errors/explain.ts';
import type { Choice } from '../../core/question.ts';
import { isConfirmed, subscriptionsTo } from '../../aws/reads/sns.ts';
import { askForMail, waitForConfirmation } from './mail.ts';

const lock: Choice = {
  kind: 'choice',
  message: 'Subscribe anew, so that only you can end it?',
  help: 'It was confirmed by a click, so anyone who has one of its mails, a mail scanner too, can end it.',
  options: [
    { value: 'keep', label: 'Keep it as it is' },
    {
      value: 'anew',
      label: 'Subscribe anew',
      hint: 'ends it (sns:Unsubscribe), asks for a new mail (sns:TagResource, sns:Subscribe), and takes its link',
    },
  ],
  default: 'keep',
};

/** Whether a link in a mail can end a subscription; not known counts as no, since nothing can be said then. */
const isOpen = async ({ aws }: Hands, { SubscriptionArn }: Subscription): Promise<boolean> => {
  try {
    const { Attributes } = await aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    return Attributes?.['ConfirmationWasAuthenticated'] === 'false';
  } catch (error) {
    if (!explain(error) || endsTheSession(error)) throw error;
    return false;
  }
};

const openOne = async (hands: Hands, topic: string): Promise<Subscription | undefined> => {
  const subscribers = await subscriptionsTo(hands.aws, topic);
  for (const one of subscribers.filter(({ Protocol }) => Protocol === 'email').filter(isConfirmed)) {
    if (await isOpen(hands, one)) return one;
  }
  return undefined;
};

const subscribeAnew = async (hands: Hands, topic: string, old: Subscription): Promise<void> => {
  const { SubscriptionArn = '', Endpoint = '' } = old;
  const before = (await subscriptionsTo(hands.aws, topic))
    .filter(isConfirmed)
    .flatMap((one) => one.SubscriptionArn ?? [])
    .filter((arn) => arn !== SubscriptionArn);
  await hands.dialogue.during(
    `Ending the subscription of ${Endpoint}, and asking for a new mail`,
    async () => {
      await hands.aws.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await askForMail(topic, Endpoint).perform(hands);
    },
  );
  await waitForConfirmation(topic, Endpoint, [...before, SubscriptionArn]).perform(hands);
};

/** The action that offers to lock a subscription that was confirmed by a click. */
export const offerLock = (topic: string): Action => ({
  why: 'offer to lock the subscription, if it was confirmed by a click',
  calls: [],
  onRequest: ['sns:Unsubscribe', 'sns:TagResource', 'sns:Subscribe', 'sns:ConfirmSubscription'],
  talks: true,
  perform: async (hands) => {
    if (!hands.dialogue.attended) return;
    const old = await hands.dialogue.during('Asking AWS', () => openOne(hands, topic), 'passing');
    if (old && (await hands.dialogue.ask(lock, 'lock')) === 'anew') await subscribeAnew(hands, topic, old);
  },
});
