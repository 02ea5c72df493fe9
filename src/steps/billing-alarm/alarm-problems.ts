import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { findAmountFlaw } from '../shared/plausible-amount.ts';
import {
  extractTopicName,
  sortByThreshold,
  findAlarmFlaw,
  isBillingAlarm,
  isOurAlarm,
  shortenName,
  getAlarmTopics,
} from './alarms.ts';
import {
  findAlarmsReaching,
  findCompositesOf,
  isTopicClosed,
  isTopicMuted,
  isConfirmedOrPending,
  findCorrectAlarms,
  findSaneAlarms,
  getTopicSubscriptions,
  chooseRouteTopic,
  type BillingAlarmFacts,
} from './facts.ts';
import { createRepairableProblem, type AlarmProblem } from './alarm-problem.ts';
import { openTopicPolicy } from './topic-policy.ts';
import { findSubscriptionProblems } from './subscription-problems.ts';

const runSetupRemedy = 'Run the setup: it makes the alarm, or repairs the one that is there.';

const newAlarmRemedy = 'Run the setup: it makes a second alarm that works.';

const formatTopicName = (topic: string): string => shortenName(extractTopicName(topic));

const findPreferenceProblems = ({
  metricPublished,
  preference,
  isMemberAccount,
}: BillingAlarmFacts): readonly AlarmProblem[] => {
  if (metricPublished || preference.state !== 'off') return [];
  const what = 'billing alerts are off, so no alarm can fire';
  if (!isMemberAccount)
    return [createRepairableProblem(what, 'Run the setup: it turns on "Receive CloudWatch billing alerts".')];
  const remedy =
    'Ask in the account that pays for this one to turn on "Receive CloudWatch billing alerts" (Billing preferences).';
  return [{ description: what, remedy, repairable: false }];
};

const findFlawedAlarms = (facts: BillingAlarmFacts): readonly AlarmProblem[] =>
  facts.alarms.filter(isBillingAlarm).flatMap((alarm) => {
    const flaw = findAlarmFlaw(alarm);
    return flaw === undefined
      ? []
      : [createRepairableProblem(`the alarm ${shortenName(alarm.AlarmName)} ${flaw}`, newAlarmRemedy)];
  });

const findMisplacedAlarms = ({ alarmsInOtherRegion }: BillingAlarmFacts): readonly AlarmProblem[] =>
  (alarmsInOtherRegion?.names ?? []).map((name) =>
    createRepairableProblem(
      `the alarm ${shortenName(name)} is in ${alarmsInOtherRegion?.region}, and AWS publishes charges in us-east-1 only`,
      newAlarmRemedy,
    ),
  );

/** Why no alarm sees the bill, if the facts show it. */
const explainMissingAlarm = (facts: BillingAlarmFacts): readonly AlarmProblem[] => {
  const attempts = [...findMisplacedAlarms(facts), ...findFlawedAlarms(facts)];
  if (attempts.length > 0) return attempts;
  const left = getTopicSubscriptions(facts, chooseRouteTopic(facts)).some(isConfirmedOrPending);
  return [
    createRepairableProblem(
      left
        ? `no alarm on what the account costs: the topic ${formatTopicName(chooseRouteTopic(facts))} and its subscriber are there, the alarm was deleted or never made`
        : 'no alarm on what the account costs',
      runSetupRemedy,
    ),
  ];
};

const findThresholdProblems = (facts: BillingAlarmFacts): readonly AlarmProblem[] =>
  sortByThreshold(findCorrectAlarms(facts))
    .slice(0, 1)
    .map(({ AlarmName, Threshold = 0 }) =>
      createRepairableProblem(
        findAmountFlaw(Threshold) === 'too large'
          ? `the alarm ${shortenName(AlarmName)} warns above ${Threshold} USD only: by then it is too late`
          : `the alarm ${shortenName(AlarmName)} warns above ${Threshold} USD: the month's first cent sets it off, and nothing after that`,
        newAlarmRemedy,
      ),
    );

const describeTopicProblems = (facts: BillingAlarmFacts, alarm: MetricAlarm): readonly string[] => {
  const name = shortenName(alarm.AlarmName);
  const topics = getAlarmTopics(alarm);
  if (topics.length === 0)
    return [`the alarm ${name} publishes to no topic, so it tells nobody${describeComposites(facts, alarm)}`];
  if (topics.some((topic) => facts.topics.includes(topic))) return [];
  return topics.map((topic) =>
    topic.split(':')[4] === facts.accountId
      ? `the alarm ${name} points nowhere: its topic ${formatTopicName(topic)} was deleted`
      : `the alarm ${name} publishes to a topic of another account, which cannot be checked from here`,
  );
};

/** Composite alarms that name the alarm, and of which it cannot be told that they publish for it. */
const describeComposites = (facts: BillingAlarmFacts, alarm: MetricAlarm): string => {
  const names = findCompositesOf([alarm], facts.compositeAlarms).map((one) => shortenName(one.AlarmName));
  return names.length > 0
    ? ` (the composite alarm ${names.join(', ')} follows it, but whether that warns you cannot be checked from here)`
    : '';
};

const findMuteProblems = (
  facts: BillingAlarmFacts,
  { AlarmName = '' }: MetricAlarm,
): readonly AlarmProblem[] => {
  const rule = facts.muteRules[AlarmName];
  if (rule === undefined) return [];
  const name = shortenName(rule.name);
  return [
    {
      description: `the alarm ${shortenName(AlarmName)} is silenced by the mute rule ${name}, now or at set times`,
      remedy: rule.settings
        ? `Run the setup: it takes the alarm out of the mute rule ${name}.`
        : `End the mute rule ${name} in the CloudWatch console of us-east-1 (Alarms, Mute rules).`,
      repairable: rule.settings !== undefined,
    },
  ];
};

const findAlarmProblems = (facts: BillingAlarmFacts, alarm: MetricAlarm): readonly AlarmProblem[] => [
  ...findMuteProblems(facts, alarm),
  ...findSettingProblems(facts, alarm),
];

const findSettingProblems = (facts: BillingAlarmFacts, alarm: MetricAlarm): readonly AlarmProblem[] =>
  [
    ...(alarm.ActionsEnabled
      ? []
      : [`the actions of the alarm ${shortenName(alarm.AlarmName)} are turned off, so it tells nobody`]),
    ...describeTopicProblems(facts, alarm),
  ].map((what) => createRepairableProblem(what, runSetupRemedy));

/**
 * The alarms to repair: all that could work if none does, or else only this program's own. The owner's other alarms
 * stay as they are if one alarm works.
 */
export const findBrokenAlarms = (facts: BillingAlarmFacts): readonly MetricAlarm[] => {
  const working = findAlarmsReaching(facts, isConfirmedOrPending);
  return findSaneAlarms(facts).filter(
    (alarm) => !working.includes(alarm) && (working.length === 0 || isOurAlarm(alarm)),
  );
};

const findClosedTopicProblems = (facts: BillingAlarmFacts, topic: string): readonly AlarmProblem[] => {
  if (!isTopicClosed(facts, topic)) return [];
  const description = `the policy of the topic ${formatTopicName(topic)} does not let CloudWatch publish: its mails are lost`;
  return openTopicPolicy(facts, topic) === undefined
    ? [
        {
          description,
          remedy: `Remove what denies sns:Publish from the access policy of the topic ${formatTopicName(topic)}, in the SNS console of us-east-1.`,
          repairable: false,
        },
      ]
    : [createRepairableProblem(description, 'Run the setup: it adds CloudWatch to the policy.')];
};

const findMutedTopicProblems = (facts: BillingAlarmFacts, topic: string): readonly AlarmProblem[] =>
  isTopicMuted(facts, topic)
    ? [
        createRepairableProblem(
          `the topic ${formatTopicName(topic)} is encrypted with AWS's own key (alias/aws/sns), which CloudWatch may not use: its mails are lost without an error`,
          'Run the setup: it takes the encryption off.',
        ),
      ]
    : [];

/** Every reason why the alarm would fail silently, the most fundamental first. Empty if everything is in place. */
export const findBillingAlarmProblems = (facts: BillingAlarmFacts): readonly AlarmProblem[] => {
  const topic = chooseRouteTopic(facts);
  const alarms = findSaneAlarms(facts);
  const ofAlarms =
    findCorrectAlarms(facts).length === 0
      ? explainMissingAlarm(facts)
      : alarms.length === 0
        ? findThresholdProblems(facts)
        : findBrokenAlarms(facts).flatMap((alarm) => findAlarmProblems(facts, alarm));
  return [
    ...findPreferenceProblems(facts),
    ...ofAlarms,
    ...(facts.topics.includes(topic)
      ? [
          ...findMutedTopicProblems(facts, topic),
          ...findClosedTopicProblems(facts, topic),
          ...findSubscriptionProblems(facts, topic),
        ]
      : []),
  ];
};
