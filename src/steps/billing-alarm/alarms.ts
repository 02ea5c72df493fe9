import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { sanitize } from '../../lib/sanitize.ts';

/**
 * The whole account's charges of this month, in USD. AWS publishes it in us-east-1 only, and only after "Receive
 * CloudWatch billing alerts" was turned on (CloudWatch User Guide, "Monitor estimated charges").
 */
export const estimatedChargesMetric = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

/** At this many USD or less an alarm says nothing: the month's first cent sets it off, and nothing that comes later. */
export const lowestUselessThreshold = 0;

/** An alarm above this many USD would be true and useless: nobody with a new account wants to hear it only then. */
const highestSaneThreshold = 10_000;

const ourAlarmNamePrefix = 'aws-first-steps-billing-';

export const formatAlarmName = (amount: number): string => `${ourAlarmNamePrefix}${amount}-usd`;

export const isOurAlarm = ({ AlarmName }: MetricAlarm): boolean =>
  AlarmName?.startsWith(ourAlarmNamePrefix) ?? false;

/** A name out of AWS, short enough for a sentence. */
export const shortenName = (name: string | undefined): string => sanitize(name ?? '', 60);

/** The name of a topic, by its ARN. */
export const extractTopicName = (topic: string): string => topic.split(':').at(-1) ?? topic;

/** Whether somebody made this alarm because of the bill, whether or not it can see it. */
export const isBillingAlarm = (alarm: MetricAlarm): boolean =>
  isOurAlarm(alarm) ||
  /billing/i.test(alarm.Namespace ?? '') ||
  /charges/i.test(alarm.MetricName ?? '') ||
  (alarm.Metrics ?? []).some(
    ({ MetricStat }) => MetricStat?.Metric?.Namespace === estimatedChargesMetric.Namespace,
  );

/** Whether an alarm is about charges that are too high. Another one is for something else, and stays as it is. */
const hasUpwardComparison = ({ ComparisonOperator }: MetricAlarm): boolean =>
  ComparisonOperator?.startsWith('GreaterThan') ?? false;

const findDimensionFlaw = ({ Dimensions = [] }: MetricAlarm): string | undefined => {
  const value = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
  const currency = value('Currency');
  const service = value('ServiceName');
  const account = value('LinkedAccount');
  if (service) return `watches what one service costs (${shortenName(service)}), and not the whole bill`;
  if (account) return `watches what one account costs (${shortenName(account)}), and not the whole bill`;
  if (!currency) return 'names no currency, so it sees no figures';
  if (currency !== 'USD')
    return `watches charges in ${shortenName(currency)}; AWS publishes them in USD only`;
  return Dimensions.length > 1 ? 'has a dimension too many, so it sees no figures' : undefined;
};

const findMetricFlaw = ({ Namespace, MetricName, Metrics = [] }: MetricAlarm): string | undefined => {
  if (Metrics.length > 0)
    return 'watches a formula, and nobody can tell from here whether that follows the bill';
  if (Namespace !== estimatedChargesMetric.Namespace)
    return `watches the namespace "${shortenName(Namespace)}"; charges are in "AWS/Billing"`;
  return MetricName === estimatedChargesMetric.MetricName
    ? undefined
    : `watches the metric "${shortenName(MetricName)}"; charges are in "EstimatedCharges"`;
};

const findStatisticFlaw = ({ Statistic, Unit }: MetricAlarm): string | undefined => {
  if (Statistic === 'SampleCount')
    return 'counts how many figures there are (SampleCount), and not what they say';
  return Unit && Unit !== 'None' ? `asks for figures in ${Unit}, and charges have no unit` : undefined;
};

/** What keeps an alarm from warning of a high bill, to be read after its name; nothing if it is a right one. */
export const findAlarmFlaw = (alarm: MetricAlarm): string | undefined =>
  findMetricFlaw(alarm) ??
  findDimensionFlaw(alarm) ??
  findStatisticFlaw(alarm) ??
  (hasUpwardComparison(alarm) ? undefined : 'warns of charges that are too low, and not of high ones');

/** Whether somebody would want to be warned at this threshold. */
export const hasSaneThreshold = ({ Threshold = 0 }: MetricAlarm): boolean =>
  Threshold > lowestUselessThreshold && Threshold <= highestSaneThreshold;

/** The topics that an alarm publishes to, where it could. */
export const getAlarmTopics = (alarm: MetricAlarm): readonly string[] =>
  (alarm.AlarmActions ?? []).filter((action) => action.startsWith('arn:aws:sns:us-east-1:'));

/** Alarms by their thresholds, the lowest first. */
export const sortByThreshold = (alarms: readonly MetricAlarm[]): readonly MetricAlarm[] =>
  alarms.toSorted((a, b) => (a.Threshold ?? 0) - (b.Threshold ?? 0));
