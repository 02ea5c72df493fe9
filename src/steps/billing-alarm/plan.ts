import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { cloudwatch, sns, type Action } from '../../core/action.ts';
import type { GivenAnswers } from '../../run/interview.ts';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { repairAlarm } from './repair.ts';
import { alarmName, byThreshold, estimatedCharges } from './alarms.ts';
import { fireDrill } from './drill.ts';
import {
  alarmsReaching,
  isMute,
  isPending,
  isThere,
  routeOf,
  saneAlarms,
  subscribersOf,
  type BillingFacts,
} from './facts.ts';
import { offerLock } from './lock.ts';
import { askForMail, waitForConfirmation } from './mail.ts';
import { turnOnAlerts } from './preference.ts';
import { proofOf } from './proof.ts';
import { chosenTopic } from './questions.ts';
import { brokenAlarms } from './troubles.ts';
import { waitForMetric } from './waits.ts';

/** The amounts asked for at which there is no alarm yet. */
const missingAmounts = (facts: BillingFacts, text: string): readonly number[] =>
  [...new Set(text.split(',').map(Number))].filter(
    (amount) => amount > 0 && !saneAlarms(facts).some((alarm) => alarm.Threshold === amount),
  );

const alarmFor = (amount: number, topic: string): Action =>
  cloudwatch(
    new PutMetricAlarmCommand({
      ...estimatedCharges,
      AlarmName: alarmName(amount),
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

/** Security scanners ask for encryption (Security Hub SNS.1); with AWS's own key that is what makes the alarm fail. */
const unmute = (topic: string): Action =>
  sns(
    new SetTopicAttributesCommand({
      TopicArn: topic,
      AttributeName: 'KmsMasterKeyId',
      AttributeValue: '',
    }),
    'take the encryption off the topic: with alias/aws/sns CloudWatch cannot publish to it. A scanner may then complain (Security Hub SNS.1, Prowler sns_topics_kms_encryption_at_rest_enabled); a key of your own that lets CloudWatch in would satisfy both',
  );

const topicActions = (facts: BillingFacts, topic: string): readonly Action[] => {
  const Name = topic.split(':').at(-1) ?? '';
  return [
    ...(facts.topics.includes(topic)
      ? []
      : [sns(new CreateTopicCommand({ Name }), `make the topic ${Name}`)]),
    ...(isMute(facts, topic) ? [unmute(topic)] : []),
  ];
};

/** Whether a drill would prove something that is not proven, or no longer is when an alarm was made or repaired. */
const needsDrill = (facts: BillingFacts, amounts: readonly number[]): boolean => {
  const route = routeOf(facts);
  const proof = route && proofOf(facts, route).state;
  // It could not be read back.
  if (proof === 'unreadable') return false;
  return proof !== 'valid' || amounts.length > 0 || brokenAlarms(facts).length > 0;
};

const drills = (facts: BillingFacts, topic: string, amounts: readonly number[]): readonly Action[] => {
  const route = routeOf(facts);
  // The lowest of those that work and those that will, once they are repaired.
  const [existing] = byThreshold([...alarmsReaching(facts, isThere), ...brokenAlarms(facts)]);
  const [amount] = amounts.toSorted((a, b) => a - b);
  const made = amount === undefined ? undefined : alarmName(amount);
  const alarm = existing?.AlarmName ?? made;
  if (alarm === undefined || !needsDrill(facts, amounts)) return [];
  return [fireDrill({ alarm, topic: route?.topic ?? topic, ringing: existing?.StateValue === 'ALARM' })];
};

/** Whether a link in a mail can end one of the subscriptions; worth an offer while the step is open anyway. */
const canBeEnded = (facts: BillingFacts, topic: string): boolean =>
  subscribersOf(facts, topic).some((one) => facts.locked[one.SubscriptionArn ?? ''] === false);

/** Everything that is missing, in the order in which it can be done; the drill last but for what only AWS can do. */
export const planBilling = (facts: BillingFacts, answers: GivenAnswers): readonly Action[] => {
  const topic = chosenTopic(facts, answers['topic']);
  const subscribers = subscribersOf(facts, topic);
  const email = subscribers.some(isThere) ? undefined : answers['email']?.toString();
  const address = email ?? subscribers.find(isPending)?.Endpoint ?? '';
  const amounts = missingAmounts(facts, answers['amounts']?.toString() ?? '');
  const confirmed = subscribers.some(isConfirmedSubscription);
  const drill = drills(facts, topic, amounts);
  return [
    ...turnOnAlerts(facts),
    ...topicActions(facts, topic),
    ...(email ? [askForMail(topic, email)] : []),
    ...brokenAlarms(facts).flatMap((alarm) => repairAlarm(alarm, topic)),
    ...amounts.map((amount) => alarmFor(amount, topic)),
    ...(confirmed ? [] : [waitForConfirmation(topic, address)]),
    ...(drill.length > 0 && (!confirmed || canBeEnded(facts, topic)) ? [offerLock(topic)] : []),
    ...drill,
    ...(facts.published ? [] : [waitForMetric(facts.member)]),
  ];
};
