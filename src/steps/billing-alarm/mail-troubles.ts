import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { formatMinute } from '../../lib/dates.ts';
import { short } from './alarms.ts';
import { isPending, subscribersOf, type BillingFacts } from './facts.ts';
import { askedTag, provenDay } from './proof.ts';
import type { Trouble } from './troubles.ts';

/** How long the link of a confirmation mail works (SNS API Reference, ConfirmSubscription: "valid for two days"). */
const validFor = 2 * 24 * 60 * 60 * 1000;

const askedAt = (facts: BillingFacts, topic: string): Date | undefined => {
  const asked = new Date(facts.details[topic]?.tags?.[askedTag] ?? '');
  return Number.isNaN(asked.getTime()) ? undefined : asked;
};

const again = 'Run the setup: it subscribes you anew.';

const pending = (facts: BillingFacts, topic: string): Trouble => {
  const emails = subscribersOf(facts, topic)
    .filter(isPending)
    .map(({ Endpoint }) => short(Endpoint))
    .join(', ');
  const asked = askedAt(facts, topic);
  const until = asked && `; it is valid until ${formatMinute(new Date(asked.getTime() + validFor))}`;
  return {
    what: `the mail to ${emails} is not confirmed yet${until ?? ''}`,
    remedy: 'Run the setup: it takes the link of the mail, or sends the mail again.',
    mendable: false,
  };
};

const gone = (facts: BillingFacts, topic: string): string => {
  const [deleted] = subscribersOf(facts, topic).filter((one) => one.SubscriptionArn === 'Deleted');
  if (deleted) return `the subscription of ${short(deleted.Endpoint)} was deleted`;
  const proven = provenDay(facts, topic);
  if (proven)
    return `nobody is subscribed any more: it reached you on ${proven}, and since then somebody, or a program that follows the links in mails, has ended the subscription`;
  const asked = askedAt(facts, topic);
  if (asked && facts.now.getTime() - asked.getTime() >= validFor)
    return `nobody is subscribed: the mail of ${formatMinute(asked)} has expired, since it was not confirmed within two days, or the subscription was ended later`;
  return `nobody is subscribed to the topic ${short(topic.split(':').at(-1))}`;
};

/** Why a topic mails to nobody; nothing if it does. */
export const subscriptionTrouble = (facts: BillingFacts, topic: string): readonly Trouble[] => {
  const subscribers = subscribersOf(facts, topic);
  if (subscribers.some(isConfirmedSubscription)) return [];
  if (subscribers.some(isPending)) return [pending(facts, topic)];
  return [{ what: gone(facts, topic), remedy: again, mendable: true }];
};
