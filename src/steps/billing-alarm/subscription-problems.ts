import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { formatMinute } from '../../lib/dates.ts';
import { extractTopicName, shortenName } from './alarms.ts';
import {
  endsInMachine,
  findFilteredSubscriptions,
  isPendingSubscription,
  getTopicSubscriptions,
  type BillingAlarmFacts,
} from './facts.ts';
import { mailRequestedTagKey, getProvenDay } from './proof.ts';
import type { AlarmProblem } from './alarm-problem.ts';

/** How long the link in a confirmation mail is valid (SNS API Reference, ConfirmSubscription: "valid for two days"). */
const confirmationValidMs = 2 * 24 * 60 * 60 * 1000;

const getMailRequestedAt = (facts: BillingAlarmFacts, topic: string): Date | undefined => {
  const requestedAt = new Date(facts.topicDetails[topic]?.tags?.[mailRequestedTagKey] ?? '');
  return Number.isNaN(requestedAt.getTime()) ? undefined : requestedAt;
};

const resubscribeRemedy = 'Run the setup: it subscribes you again.';

const createPendingProblem = (facts: BillingAlarmFacts, topic: string): AlarmProblem => {
  const emails = getTopicSubscriptions(facts, topic)
    .filter(isPendingSubscription)
    .map(({ Endpoint }) => shortenName(Endpoint))
    .join(', ');
  const requestedAt = getMailRequestedAt(facts, topic);
  const until =
    requestedAt &&
    `; it is valid until ${formatMinute(new Date(requestedAt.getTime() + confirmationValidMs))}`;
  return {
    description: `the mail to ${emails} is not confirmed yet${until ?? ''}`,
    remedy: 'Run the setup: it takes the link from the mail, or sends the mail again.',
    repairable: false,
  };
};

const describeMissingSubscription = (facts: BillingAlarmFacts, topic: string): string => {
  const [deleted] = getTopicSubscriptions(facts, topic).filter((one) => one.SubscriptionArn === 'Deleted');
  if (deleted) return `the subscription of ${shortenName(deleted.Endpoint)} was deleted`;
  const proven = getProvenDay(facts, topic);
  if (proven)
    return `nobody is subscribed any more: it reached you on ${proven}, and since then somebody, or a mail scanner that follows the links in mails, has ended the subscription`;
  const requestedAt = getMailRequestedAt(facts, topic);
  if (requestedAt && facts.now.getTime() - requestedAt.getTime() >= confirmationValidMs)
    return `nobody is subscribed: the mail of ${formatMinute(requestedAt)} has expired, since it was not confirmed within two days, or the subscription was ended later`;
  return `nobody is subscribed to the topic ${shortenName(extractTopicName(topic))}`;
};

/** Why a topic mails to nobody. Empty if it mails to someone. */
export const findSubscriptionProblems = (
  facts: BillingAlarmFacts,
  topic: string,
): readonly AlarmProblem[] => {
  const subscribers = getTopicSubscriptions(facts, topic);
  const filtered = findFilteredSubscriptions(facts, topic);
  if (filtered.length > 0)
    return [
      {
        description: `the filter policy of the subscription of ${filtered.map(({ Endpoint }) => shortenName(Endpoint)).join(', ')} keeps the alarm out`,
        remedy: 'Run the setup: it takes the filter off.',
        repairable: true,
      },
    ];
  const confirmed = subscribers.filter(isConfirmedSubscription);
  if (confirmed.some((one) => !endsInMachine(facts, one))) return [];
  if (subscribers.some(isPendingSubscription)) return [createPendingProblem(facts, topic)];
  if (confirmed.length > 0)
    return [
      {
        description: `the topic ${shortenName(extractTopicName(topic))} ends in ${[...new Set(confirmed.map(({ Protocol }) => Protocol))].join(' and ')}, where nobody reads it`,
        remedy: 'Run the setup: it asks for an address.',
        repairable: true,
      },
    ];
  return [
    { description: describeMissingSubscription(facts, topic), remedy: resubscribeRemedy, repairable: true },
  ];
};
