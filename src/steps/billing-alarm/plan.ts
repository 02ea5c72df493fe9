import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateTopicCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  type Subscription,
} from '@aws-sdk/client-sns';
import { call, type Action } from '../../core/action.ts';
import type { StepAnswers } from '../../core/step-questions.ts';
import { isConfirmedSubscription } from '../../aws/reads/sns.ts';
import { repairAlarm } from './repair.ts';
import { extractTopicName, formatAlarmName, sortByThreshold, estimatedChargesMetric } from './alarms.ts';
import { runFireDrill } from './drill.ts';
import {
  endsInMachine,
  findAlarmsReaching,
  findFilteredSubscriptions,
  hasReader,
  isTopicMuted,
  isPendingSubscription,
  isConfirmedOrPending,
  findAlarmRoute,
  findSaneAlarms,
  getTopicSubscriptions,
  type BillingAlarmFacts,
} from './facts.ts';
import { planTopicPolicy } from './topic-policy.ts';
import { offerSubscriptionLock } from './subscription-lock.ts';
import { requestConfirmationMail, waitForConfirmation } from './confirmation-mail.ts';
import { enableBillingAlerts } from './preference.ts';
import { judgeDrillProof } from './proof.ts';
import { resolveChosenTopic, type billingAlarmQuestions } from './questions.ts';
import { findBrokenAlarms } from './alarm-problems.ts';
import { planUnmuting } from './unmute.ts';
import { waitForMetric } from './wait-for-metric.ts';

/** The requested amounts that have no alarm yet. */
const findMissingAmounts = (facts: BillingAlarmFacts, text: string): readonly number[] =>
  [...new Set(text.split(',').map(Number))].filter(
    (amount) => amount > 0 && !findSaneAlarms(facts).some((alarm) => alarm.Threshold === amount),
  );

const createBillingAlarm = (amount: number, topic: string): Action =>
  call(
    'cloudwatch',
    new PutMetricAlarmCommand({
      ...estimatedChargesMetric,
      AlarmName: formatAlarmName(amount),
      AlarmDescription: `This month's charges of the account are above ${amount} USD. Made by aws-first-steps.`,
      Statistic: 'Maximum',
      // AWS updates the metric every few hours. Missing data in between must not look like "all is well again".
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

/** Security scanners require encryption (Security Hub SNS.1), but with AWS's own key it makes the alarm fail. */
const removeTopicEncryption = (topic: string): Action =>
  call(
    'sns',
    new SetTopicAttributesCommand({
      TopicArn: topic,
      AttributeName: 'KmsMasterKeyId',
      AttributeValue: '',
    }),
    'take the encryption off the topic: with alias/aws/sns CloudWatch cannot publish to it. Scanners may complain (Security Hub SNS.1, Prowler sns_topics_kms_encryption_at_rest_enabled); a key of your own that lets CloudWatch in satisfies both',
  );

/** An empty filter lets everything through (SNS Developer Guide, "Removing a subscription filter policy"). */
const removeFilter = ({ SubscriptionArn, Endpoint = '' }: Subscription): Action =>
  call(
    'sns',
    new SetSubscriptionAttributesCommand({
      SubscriptionArn,
      AttributeName: 'FilterPolicy',
      AttributeValue: '{}',
    }),
    `take the filter off the subscription of ${Endpoint}, so that it gets everything`,
  );

const planAlarmTopic = (facts: BillingAlarmFacts, topic: string): readonly Action[] => {
  const Name = extractTopicName(topic);
  return [
    ...(facts.topics.includes(topic)
      ? []
      : [call('sns', new CreateTopicCommand({ Name }), `make the topic ${Name}`)]),
    ...(isTopicMuted(facts, topic) ? [removeTopicEncryption(topic)] : []),
    ...planTopicPolicy(facts, topic),
    ...findFilteredSubscriptions(facts, topic).map(removeFilter),
  ];
};

/** Whether a drill would prove something unproven, including what creating or repairing an alarm makes void. */
const needsDrill = (facts: BillingAlarmFacts, amounts: readonly number[]): boolean => {
  const route = findAlarmRoute(facts);
  const proof = route && judgeDrillProof(facts, route).state;
  // Without reading the tags, a new proof could not be checked.
  if (proof === 'unreadable') return false;
  return proof !== 'valid' || amounts.length > 0 || findBrokenAlarms(facts).length > 0;
};

const planDrill = (
  facts: BillingAlarmFacts,
  topic: string,
  amounts: readonly number[],
): readonly Action[] => {
  const route = findAlarmRoute(facts);
  // The lowest of the alarms that work now or will once they are repaired.
  const [existing] = sortByThreshold([
    ...findAlarmsReaching(facts, isConfirmedOrPending),
    ...findBrokenAlarms(facts).filter(
      ({ AlarmName = '' }) =>
        facts.muteRules[AlarmName]?.settings !== undefined || !Object.hasOwn(facts.muteRules, AlarmName),
    ),
  ]);
  const [amount] = amounts.toSorted((a, b) => a - b);
  const made = amount === undefined ? undefined : formatAlarmName(amount);
  const alarm = route?.publisher ?? existing?.AlarmName ?? made;
  if (alarm === undefined || !needsDrill(facts, amounts)) return [];
  return [
    runFireDrill({
      account: facts,
      alarmName: alarm,
      topic: route?.topic ?? topic,
      alreadyInAlarm: existing?.StateValue === 'ALARM',
    }),
  ];
};

/**
 * Whether a link in a mail can end one of the subscriptions. Locking it is offered only while the step is open anyway.
 */
const hasOpenSubscription = (facts: BillingAlarmFacts, topic: string): boolean =>
  getTopicSubscriptions(facts, topic).some(
    (one) => facts.lockedSubscriptions[one.SubscriptionArn ?? ''] === false,
  );

/**
 * Plans everything that is missing, in the order in which it can be done. The drill comes last, except for what only
 * AWS can do.
 */
export const planBillingAlarm = (
  facts: BillingAlarmFacts,
  answers: StepAnswers<BillingAlarmFacts, typeof billingAlarmQuestions>,
): readonly Action[] => {
  const topic = resolveChosenTopic(facts, answers.topic);
  const subscribers = getTopicSubscriptions(facts, topic);
  const email = hasReader(facts, topic) ? undefined : answers.email;
  const address = email ?? subscribers.find(isPendingSubscription)?.Endpoint ?? '';
  const amounts = findMissingAmounts(facts, answers.amounts ?? '');
  const confirmed = subscribers.some((one) => isConfirmedSubscription(one) && !endsInMachine(facts, one));
  const drill = planDrill(facts, topic, amounts);
  return [
    ...enableBillingAlerts(facts),
    ...planAlarmTopic(facts, topic),
    ...(email ? [requestConfirmationMail(topic, email)] : []),
    ...planUnmuting(
      facts,
      findBrokenAlarms(facts).flatMap(({ AlarmName }) => AlarmName ?? []),
    ),
    ...findBrokenAlarms(facts).flatMap((alarm) => repairAlarm(alarm, topic)),
    ...amounts.map((amount) => createBillingAlarm(amount, topic)),
    ...(confirmed
      ? []
      : [
          waitForConfirmation(
            topic,
            address,
            // A queue is confirmed, and still nobody has confirmed the mail.
            subscribers
              .filter(isConfirmedSubscription)
              .flatMap(({ SubscriptionArn }) => SubscriptionArn ?? []),
          ),
        ]),
    ...(drill.length > 0 && (!confirmed || hasOpenSubscription(facts, topic))
      ? [offerSubscriptionLock(topic)]
      : []),
    ...drill,
    ...(facts.metricPublished ? [] : [waitForMetric(facts.isMemberAccount)]),
  ];
};
