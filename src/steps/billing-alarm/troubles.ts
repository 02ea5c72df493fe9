import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { byThreshold, flawOf, isAboutTheBill, isOurAlarm, short, tooLow, topicsOf } from './alarms.ts';
import {
  alarmsReaching,
  isMute,
  isThere,
  rightAlarms,
  saneAlarms,
  subscribersOf,
  topicFor,
  type BillingFacts,
} from './facts.ts';
import { subscriptionTrouble } from './mail-troubles.ts';

/** One way in which the alarm would fail without a word: what it is, what helps, and whether the setup can do that. */
export type Trouble = { what: string; remedy: string; mendable: boolean };

const mended = (what: string, remedy: string): Trouble => ({ what, remedy, mendable: true });

const runSetup = 'Run the setup: it makes the alarm, or repairs the one that is there.';

const besides = 'Run the setup: it makes an alarm that works beside it.';

const nameOfTopic = (topic: string): string => short(topic.split(':').at(-1));

const preferenceTrouble = ({ published, preference, member }: BillingFacts): readonly Trouble[] => {
  if (published || preference.state !== 'off') return [];
  const what = 'billing alerts are off, so AWS publishes no figures and no alarm can fire';
  if (!member) return [mended(what, 'Run the setup: it turns on "Receive CloudWatch billing alerts".')];
  const remedy =
    'Another account pays for this one: ask there to turn on "Receive CloudWatch billing alerts" (Billing preferences).';
  return [{ what, remedy, mendable: false }];
};

const flawed = (facts: BillingFacts): readonly Trouble[] =>
  facts.alarms.filter(isAboutTheBill).flatMap((alarm) => {
    const flaw = flawOf(alarm);
    return flaw === undefined ? [] : [mended(`the alarm ${short(alarm.AlarmName)} ${flaw}`, besides)];
  });

const misplaced = ({ elsewhere }: BillingFacts): readonly Trouble[] =>
  (elsewhere?.names ?? []).map((name) =>
    mended(
      `the alarm ${short(name)} is in ${elsewhere?.region}, and AWS publishes charges in us-east-1 only`,
      besides,
    ),
  );

/** There is no alarm that sees the bill: why not, as far as that can be told. */
const noRightAlarm = (facts: BillingFacts): readonly Trouble[] => {
  const attempts = [...misplaced(facts), ...flawed(facts)];
  if (attempts.length > 0) return attempts;
  const left = subscribersOf(facts, topicFor(facts)).some(isThere);
  return [
    mended(
      left
        ? `no alarm on what the account costs: the topic ${nameOfTopic(topicFor(facts))} and its subscriber are there, the alarm was deleted or never made`
        : 'no alarm on what the account costs',
      runSetup,
    ),
  ];
};

const absurd = (facts: BillingFacts): readonly Trouble[] =>
  byThreshold(rightAlarms(facts))
    .slice(0, 1)
    .map(({ AlarmName, Threshold = 0 }) =>
      mended(
        Threshold > tooLow
          ? `the alarm ${short(AlarmName)} warns above ${Threshold} USD only: by then it is too late`
          : `the alarm ${short(AlarmName)} warns above ${Threshold} USD: the month's first cent sets it off, and nothing after that`,
        besides,
      ),
    );

const topicTrouble = (facts: BillingFacts, alarm: MetricAlarm): readonly string[] => {
  const name = short(alarm.AlarmName);
  const topics = topicsOf(alarm);
  if (topics.length === 0) return [`the alarm ${name} publishes to no topic, so it tells nobody`];
  if (topics.some((topic) => facts.topics.includes(topic))) return [];
  return topics.map((topic) =>
    topic.split(':')[4] === facts.accountId
      ? `the alarm ${name} points nowhere: its topic ${nameOfTopic(topic)} was deleted`
      : `the alarm ${name} publishes to a topic of another account, which nobody can look into from here`,
  );
};

const alarmTroubles = (facts: BillingFacts, alarm: MetricAlarm): readonly Trouble[] =>
  [
    ...(alarm.ActionsEnabled
      ? []
      : [`the actions of the alarm ${short(alarm.AlarmName)} are turned off, so it tells nobody`]),
    ...topicTrouble(facts, alarm),
  ].map((what) => mended(what, runSetup));

/**
 * The alarms that are to be put right: all that could work if none does, else only those of ours that do not. What
 * the owner has made besides an alarm that works is the owner's.
 */
export const brokenAlarms = (facts: BillingFacts): readonly MetricAlarm[] => {
  const working = alarmsReaching(facts, isThere);
  return saneAlarms(facts).filter(
    (alarm) => !working.includes(alarm) && (working.length === 0 || isOurAlarm(alarm)),
  );
};

const muteTrouble = (facts: BillingFacts, topic: string): readonly Trouble[] =>
  isMute(facts, topic)
    ? [
        mended(
          `the topic ${nameOfTopic(topic)} is encrypted with AWS's own key (alias/aws/sns), which CloudWatch may not use: its mails are lost without an error`,
          'Run the setup: it takes the encryption off.',
        ),
      ]
    : [];

/** Every way in which the alarm would fail in silence, the most fundamental first; none if all is in place. */
export const troublesOf = (facts: BillingFacts): readonly Trouble[] => {
  const topic = topicFor(facts);
  const alarms = saneAlarms(facts);
  const ofAlarms =
    rightAlarms(facts).length === 0
      ? noRightAlarm(facts)
      : alarms.length === 0
        ? absurd(facts)
        : brokenAlarms(facts).flatMap((alarm) => alarmTroubles(facts, alarm));
  return [
    ...preferenceTrouble(facts),
    ...ofAlarms,
    ...(facts.topics.includes(topic)
      ? [...muteTrouble(facts, topic), ...subscriptionTrouble(facts, topic)]
      : []),
  ];
};
