import { GetSubscriptionAttributesCommand, UnsubscribeCommand, type Subscription } from '@aws-sdk/client-sns';
import type { Action, ActionContext } from '../../core/action.ts';
import { undefinedIf } from '../../aws/errors/codes.ts';
import { isTolerable } from '../../aws/errors/explain.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { isConfirmedSubscription, readTopicSubscriptions } from '../../aws/reads/sns.ts';
import { requestConfirmationMail, waitForConfirmation } from './confirmation-mail.ts';

const lockQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Subscribe again, so that only you can end it?',
  help: 'The link was clicked, so anyone who has one of its mails can end it, a mail scanner too.',
  options: [
    { value: 'keep', label: 'Keep it as it is' },
    {
      value: 'anew',
      label: 'Subscribe again',
      hint: 'ends it (sns:Unsubscribe), asks for a new mail (sns:TagResource, sns:Subscribe), and takes its link',
    },
  ],
  default: 'keep',
};

/**
 * Whether a link in a mail can end a subscription. If unknown, the answer is false, since there is nothing to report.
 */
const canLinkEndSubscription = async (
  { aws }: ActionContext,
  { SubscriptionArn }: Subscription,
): Promise<boolean> => {
  const answer = await undefinedIf(
    isTolerable,
    aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })),
  );
  return answer?.Attributes?.['ConfirmationWasAuthenticated'] === 'false';
};

const findOpenSubscription = async (
  context: ActionContext,
  topic: string,
): Promise<Subscription | undefined> => {
  const subscribers = await readTopicSubscriptions(context.aws, topic);
  for (const one of subscribers
    .filter(({ Protocol }) => Protocol === 'email')
    .filter(isConfirmedSubscription)) {
    if (await canLinkEndSubscription(context, one)) return one;
  }
  return undefined;
};

const resubscribe = async (context: ActionContext, topic: string, old: Subscription): Promise<void> => {
  const { SubscriptionArn = '', Endpoint = '' } = old;
  const before = (await readTopicSubscriptions(context.aws, topic))
    .filter(isConfirmedSubscription)
    .flatMap((one) => one.SubscriptionArn ?? [])
    .filter((arn) => arn !== SubscriptionArn);
  await context.dialogue.runWithProgress(
    `Ending the subscription of ${Endpoint}, and asking for a new mail`,
    async () => {
      await context.aws.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await requestConfirmationMail(topic, Endpoint).perform(context);
    },
  );
  await waitForConfirmation(topic, Endpoint, [...before, SubscriptionArn]).perform(context);
};

/** An action that offers to lock a subscription that was confirmed by a click. */
export const offerSubscriptionLock = (topic: string): Action => ({
  why: 'if you clicked the link: offer to lock the subscription',
  calls: [],
  optionalPermissions: ['sns:Unsubscribe', 'sns:TagResource', 'sns:Subscribe', 'sns:ConfirmSubscription'],
  usesDialogue: true,
  perform: async (context) => {
    if (!context.dialogue.interactive) return;
    const old = await context.dialogue.runWithProgress(
      'Asking AWS',
      () => findOpenSubscription(context, topic),
      'transient',
    );
    if (old && (await context.dialogue.ask(lockQuestion, 'lock')) === 'anew')
      await resubscribe(context, topic, old);
  },
});
