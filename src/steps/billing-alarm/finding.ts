import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Finding } from '../../core/step.ts';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { short } from './alarms.ts';
import {
  alarmsReaching,
  isMute,
  isThere,
  routeOf,
  subscribersOf,
  type BillingFacts,
  type Route,
} from './facts.ts';
import { proofOf, type Part, type Proof } from './proof.ts';
import { troublesOf } from './troubles.ts';

/** More in one sentence is not read. */
const mostNamed = 4;

const aDay = 24 * 60 * 60 * 1000;

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const thresholds = (alarms: readonly MetricAlarm[]): readonly string[] => {
  const amounts = [...new Set(alarms.map((alarm) => alarm.Threshold ?? 0))];
  return amounts.length > 0 ? [`Alarm at ${amounts.join(' and ')} USD a month`] : [];
};

const ago = (on: string, now: Date): string => {
  const days = Math.floor((now.getTime() - Date.parse(on)) / aDay);
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
};

const inWords: Readonly<Record<Part, string>> = {
  alarm: 'the alarms have',
  topic: 'the topic has',
  subscription: 'the subscriptions have',
};

const changes = (changed: readonly Part[]): string =>
  `${changed.map((part) => inWords[part]).join(' changed, and ')} changed since`;

/** What of the way is not sure although nothing is wrong with it. */
const doubts = (facts: BillingFacts, { topic }: Route): readonly string[] => {
  const key = facts.details[topic]?.attributes?.key ?? '';
  return key && !isMute(facts, topic)
    ? [
        `the topic is encrypted with the key ${short(key)}: only a fire drill can tell whether CloudWatch may use it`,
      ]
    : [];
};

const unproven = (facts: BillingFacts, route: Route, proof: Proof): readonly string[] => {
  if (proof.state === 'none') return ['not proven yet that it reaches you', ...doubts(facts, route)];
  if (proof.state === 'unreadable') return ['not known whether it is proven that it reaches you'];
  return proof.state === 'void'
    ? [
        `it was proven on ${proof.on} that it reaches you, but ${changes(proof.changed)}`,
        ...doubts(facts, route),
      ]
    : [];
};

/** AWS's figure is 15 minutes; that accounts without charges wait longer is what their owners report. */
const figures =
  'about 15 minutes after they were turned on, in an account without any charge up to a day later';

const notYetPublished = ({ published, preference, member }: BillingFacts): readonly string[] => {
  if (published || preference.state === 'off') return [];
  if (preference.state === 'on')
    return [
      `billing alerts are on, but AWS publishes no figures yet (they come ${figures}), so it cannot fire`,
    ];
  return [
    `AWS publishes no billing figures yet, so it cannot fire${member ? '; the account that pays for this one must turn on billing alerts' : ''}`,
  ];
};

const openLock = (facts: BillingFacts, { topic }: Route): readonly string[] =>
  subscribersOf(facts, topic).some((one) => facts.locked[one.SubscriptionArn ?? ''] === false)
    ? ['it was confirmed by a click, so anyone who has one of its mails, a mail scanner too, can end it']
    : [];

const notRead = ({ unread }: BillingFacts): readonly string[] =>
  unread.length > 0 ? [`AWS would not tell everything (refused: ${unread.join(', ')})`] : [];

const joined = (...texts: readonly string[]): string => sentence(texts.join('; '));

/** Something is wrong: all of it is said, in the order in which it matters. */
const troubled = (facts: BillingFacts): Finding<BillingFacts> | undefined => {
  const troubles = troublesOf(facts);
  if (troubles.length === 0) return undefined;
  const named = troubles.slice(0, mostNamed).map(({ what }) => what);
  const more = troubles.length - named.length;
  const summary = joined(
    ...thresholds(alarmsReaching(facts, isThere)),
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...notYetPublished(facts),
    ...notRead(facts),
  );
  const remedy = [...new Set(troubles.map((trouble) => trouble.remedy))].join(' ');
  return { status: troubles.some((one) => one.mendable) ? 'unmet' : 'waiting', summary, facts, remedy };
};

const remedyFor = (facts: BillingFacts, proven: boolean): string =>
  [
    ...(facts.published || facts.preference.state === 'on'
      ? []
      : ['Turn on "Receive CloudWatch billing alerts" and look again tomorrow.']),
    ...(proven ? [] : ['Run the setup: it sends a mail through the alarm and asks you for the words in it.']),
    ...(facts.published || !proven ? [] : ['Look again tomorrow.']),
  ].join(' ');

/** What the facts come to. Only a fire drill makes the alarm met: everything else can look right and reach nobody. */
export const billingFinding = (facts: BillingFacts): Finding<BillingFacts> => {
  const wrong = troubled(facts);
  const route = routeOf(facts);
  if (wrong || !route) {
    return wrong ?? { status: 'unmet', summary: 'The alarm reaches nobody', facts, remedy: 'Run the setup.' };
  }
  const proof = proofOf(facts, route);
  const amounts = thresholds(alarmsReaching(facts, isConfirmedSubscription));
  const rest = [...openLock(facts, route), ...notRead(facts)];
  if (proof.state === 'valid' && facts.published) {
    const proven = `proven on ${proof.on}, ${ago(proof.on, facts.now)}`;
    return { status: 'met', summary: joined(...amounts, proven, ...rest), facts };
  }
  const missing = [...notYetPublished(facts), ...unproven(facts, route, proof)];
  const proven = proof.state === 'valid' ? [`proven on ${proof.on}, ${ago(proof.on, facts.now)}`] : [];
  return {
    status: 'waiting',
    summary: joined(...amounts, ...missing, ...proven, ...rest),
    facts,
    remedy: remedyFor(facts, proof.state === 'valid'),
  };
};
