import { PutMetricAlarmCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { cloudwatch, sns, type Action } from '../aws/action.ts';
import type { Given } from '../interview.ts';
import { step, type Finding } from '../step.ts';
import { repairAlarm } from './alarm-repair.ts';
import {
  alarmsReaching,
  billingFacts,
  comparesUpwards,
  estimatedCharges,
  isConfirmed,
  isPending,
  subscribersOf,
  topicFor,
  type BillingFacts as Facts,
} from './billing-facts.ts';
import { billingQuestions, chosenTopic } from './billing-questions.ts';
import { waitForConfirmation, waitForMetric } from './billing-waits.ts';

const thresholds = (alarms: readonly MetricAlarm[]): string => {
  const amounts = alarms.map((alarm) => alarm.Threshold ?? 0).toSorted((a, b) => a - b);
  return `Alarm at ${amounts.join(' and ')} USD a month`;
};

const finding = (facts: Facts): Finding<Facts> => {
  const sure = alarmsReaching(facts, isConfirmed);
  if (sure.length > 0 && facts.published) return { status: 'met', summary: thresholds(sure), facts };
  if (sure.length > 0) {
    const summary = `${thresholds(sure)}; AWS publishes no billing figures yet, so it cannot fire`;
    return {
      status: 'waiting',
      summary,
      facts,
      remedy: 'Turn on "Receive CloudWatch billing alerts" and look again tomorrow.',
    };
  }
  const asked = alarmsReaching(facts, isPending);
  if (asked.length > 0) {
    const emails = subscribersOf(facts, topicFor(facts))
      .filter(isPending)
      .map((one) => one.Endpoint)
      .join(', ');
    const remedy = 'Open the mail and choose "Confirm subscription", or run the setup: it can send it again.';
    return {
      status: 'waiting',
      summary: `${thresholds(asked)}; the mail to ${emails} is not confirmed yet`,
      facts,
      remedy,
    };
  }
  const remedy = 'Run the setup: it makes the alarm, or repairs the one that is there.';
  const summary = facts.alarms.some(comparesUpwards)
    ? 'There is an alarm, but it reaches nobody'
    : 'No alarm on what the account costs';
  return { status: 'unmet', summary, facts, remedy };
};

/** The amounts asked for at which there is no alarm yet. */
const missingAmounts = ({ alarms }: Facts, text: string): readonly number[] =>
  [...new Set(text.split(',').map(Number))].filter(
    (amount) => amount > 0 && !alarms.some((alarm) => comparesUpwards(alarm) && alarm.Threshold === amount),
  );

const alarmFor = (amount: number, topic: string): Action =>
  cloudwatch(
    new PutMetricAlarmCommand({
      ...estimatedCharges,
      AlarmName: `aws-first-steps-billing-${amount}-usd`,
      AlarmDescription: `This month's charges of the account are above ${amount} USD. Made by aws-first-steps.`,
      Statistic: 'Maximum',
      // AWS updates the metric every few hours; "missing" between two points must not look like "all is well again".
      Period: 21_600,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
      Threshold: amount,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
      ActionsEnabled: true,
      AlarmActions: [topic],
    }),
    `warn at ${amount} USD a month`,
  );

const plan = (facts: Facts, answers: Given): readonly Action[] => {
  const topic = chosenTopic(facts, answers['topic']);
  const Name = topic.split(':').at(-1) ?? '';
  const subscribers = subscribersOf(facts, topic);
  const reachable = subscribers.some((one) => isConfirmed(one) || isPending(one));
  const email = reachable ? undefined : answers['email']?.toString();
  const address = email ?? subscribers.find(isPending)?.Endpoint ?? '';
  const works = alarmsReaching(facts, (one) => isConfirmed(one) || isPending(one)).length > 0;
  return [
    ...(facts.topics.includes(topic)
      ? []
      : [sns(new CreateTopicCommand({ Name }), `make the topic ${Name}`)]),
    ...(email
      ? [
          sns(
            new SubscribeCommand({
              TopicArn: topic,
              Protocol: 'email',
              Endpoint: email,
              ReturnSubscriptionArn: true,
            }),
            `let it send mail to ${email}`,
          ),
        ]
      : []),
    ...(works ? [] : facts.alarms.filter(comparesUpwards).flatMap((alarm) => repairAlarm(alarm, topic))),
    ...missingAmounts(facts, answers['amounts']?.toString() ?? '').map((amount) => alarmFor(amount, topic)),
    ...(subscribers.some(isConfirmed) ? [] : [waitForConfirmation(topic, address)]),
    ...(facts.published ? [] : [waitForMetric()]),
  ];
};

/** A billing alarm that reaches somebody (CloudWatch User Guide, "Create a billing alarm"). No scanner checks this. */
export const billingAlarm = step({
  id: 'billing-alarm',
  title: 'Billing alarm',
  why: [
    'AWS sets no limit to a bill. A forgotten server, or a stolen password, is noticed at the end of the month, unless a mail comes before.',
    'The alarm lives in us-east-1, the only place where AWS publishes what an account costs. An alarm that nobody has confirmed warns nobody, so this waits for your click.',
  ],
  chapter: 'money',
  actor: 'administrator',
  cost: 'free up to ten alarms, then about 0.10 USD a month each; mail is free up to 1,000 a month',
  controls: { cis5: [], cis7: [], ssb: ['ACCT.10'], securityHub: [], prowler: [] },
  notIn: {
    project:
      'A project may not make alarms or SNS topics in us-east-1, where the bill is; a budget takes its place',
  },
  reads: [
    'cloudwatch:DescribeAlarmsForMetric',
    'cloudwatch:ListMetrics',
    'sns:ListTopics',
    'sns:ListSubscriptions',
    'sns:ListSubscriptionsByTopic',
  ],
  check: async (aws): Promise<Finding<Facts>> => finding(await billingFacts(aws)),
  answerable: ['topic', 'email', 'amounts'],
  asks: (facts: Facts) => billingQuestions(facts),
  plan,
});
