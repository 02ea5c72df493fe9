import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { sanitize } from '../../lib/sanitize.ts';
import { findAmountFlaw } from '../shared/plausible-amount.ts';

/**
 * The whole account's charges this month, in USD. AWS publishes the metric in us-east-1 only, and only after "Receive
 * CloudWatch billing alerts" was turned on (CloudWatch User Guide, "Monitor estimated charges").
 */
export const estimatedChargesMetric = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

const ourAlarmNamePrefix = 'aws-first-steps-billing-';

export const formatAlarmName = (amount: number): string => `${ourAlarmNamePrefix}${amount}-usd`;

export const isOurAlarm = ({ AlarmName }: MetricAlarm): boolean =>
  AlarmName?.startsWith(ourAlarmNamePrefix) ?? false;

/** Shortens a name from AWS to fit into a sentence. */
export const shortenName = (name: string | undefined): string => sanitize(name ?? '', 60);

export const extractTopicName = (topic: string): string => topic.split(':').at(-1) ?? topic;

/** Whether an alarm was created for the bill, even if it cannot see it. */
export const isBillingAlarm = (alarm: MetricAlarm): boolean =>
  isOurAlarm(alarm) ||
  /billing/i.test(alarm.Namespace ?? '') ||
  /charges/i.test(alarm.MetricName ?? '') ||
  (alarm.Metrics ?? []).some(
    ({ MetricStat }) => MetricStat?.Metric?.Namespace === estimatedChargesMetric.Namespace,
  );

/** Whether an alarm warns of charges that are too high. Other alarms have another purpose and stay as they are. */
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

/** What keeps an alarm from warning of a high bill, worded to follow its name. Undefined if nothing does. */
export const findAlarmFlaw = (alarm: MetricAlarm): string | undefined =>
  findMetricFlaw(alarm) ??
  findDimensionFlaw(alarm) ??
  findStatisticFlaw(alarm) ??
  (hasUpwardComparison(alarm) ? undefined : 'warns of charges that are too low, and not of high ones');

/** Whether a warning at this threshold is useful, by the amounts that the budget is judged by, too. */
export const hasSaneThreshold = ({ Threshold = 0 }: MetricAlarm): boolean =>
  findAmountFlaw(Threshold) === undefined;

/** The topics to which an alarm publishes when it goes into ALARM. */
export const getAlarmTopics = (alarm: MetricAlarm): readonly string[] =>
  (alarm.AlarmActions ?? []).filter((action) => action.startsWith('arn:aws:sns:us-east-1:'));

export const sortByThreshold = (alarms: readonly MetricAlarm[]): readonly MetricAlarm[] =>
  alarms.toSorted((a, b) => (a.Threshold ?? 0) - (b.Threshold ?? 0));
