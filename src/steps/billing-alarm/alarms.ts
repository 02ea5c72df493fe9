import { Statistic, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
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

export const ourAlarmNamePrefix = 'aws-first-steps-billing-';

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

/**
 * An alarm on a query with one metric in it watches the same as one that names the metric itself. Returned is the latter
 * form; any other query stays as it is.
 */
const toPlainAlarm = (alarm: MetricAlarm): MetricAlarm => {
  const [query, ...others] = alarm.Metrics ?? [];
  if (!query?.MetricStat || query.AccountId || others.length > 0) return alarm;
  const { Metric, Period, Stat, Unit } = query.MetricStat;
  const { Metrics: _query, ...rest } = alarm;
  const isStatistic = Object.values(Statistic).some((one) => one === Stat);
  return {
    ...rest,
    Namespace: Metric?.Namespace,
    MetricName: Metric?.MetricName,
    Dimensions: Metric?.Dimensions,
    Period,
    Unit,
    ...(isStatistic ? { Statistic: Stat as Statistic } : { ExtendedStatistic: Stat }),
  };
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

const findStatisticFlaw = ({
  Statistic: statistic,
  ExtendedStatistic = '',
  EvaluateLowSampleCountPercentile,
  Unit,
}: MetricAlarm): string | undefined => {
  if (/^(?:tc|pr)/i.test(ExtendedStatistic))
    return `counts figures (${shortenName(ExtendedStatistic)}), and does not look at what they say`;
  if (ExtendedStatistic && EvaluateLowSampleCountPercentile === 'ignore')
    return 'ignores figures that are few, and AWS publishes one about every six hours';
  if (statistic === 'SampleCount')
    return 'counts how many figures there are (SampleCount), and not what they say';
  return Unit && Unit !== 'None' ? `asks for figures in ${Unit}, and charges have no unit` : undefined;
};

/**
 * In seconds. AWS publishes the figures about every six hours (CloudWatch User Guide, "Monitor estimated charges": several
 * times a day). An alarm counts as unable to fire only if it could not with figures as often as this.
 */
const shortestTimeBetweenFigures = 4 * 60 * 60;
const usualTimeBetweenFigures = 6 * 60 * 60;

/**
 * Whether missing figures keep the alarm from firing by itself, or keep it in ALARM for ever. With `missing`, CloudWatch
 * judges by the figures that are there.
 */
const findEvaluationFlaw = ({
  Period = 0,
  EvaluationPeriods = 1,
  DatapointsToAlarm = EvaluationPeriods,
  TreatMissingData = 'missing',
}: MetricAlarm): string | undefined => {
  const span = Period * EvaluationPeriods;
  const mostFigures = Math.min(EvaluationPeriods, Math.floor(span / shortestTimeBetweenFigures) + 1);
  const missing = EvaluationPeriods - Math.floor(span / usualTimeBetweenFigures);
  if (TreatMissingData === 'breaching' && missing >= DatapointsToAlarm)
    return 'counts missing figures as too high, so it is always in ALARM and says nothing new';
  return (TreatMissingData === 'notBreaching' || TreatMissingData === 'ignore') &&
    DatapointsToAlarm > mostFigures
    ? `cannot fire: it needs ${DatapointsToAlarm} high figures within ${span} seconds, and AWS publishes one about every six hours`
    : undefined;
};

/** What keeps an alarm from warning of a high bill, worded to follow its name. Undefined if nothing does. */
export const findAlarmFlaw = (alarm: MetricAlarm): string | undefined => {
  const plain = toPlainAlarm(alarm);
  return (
    findMetricFlaw(plain) ??
    findDimensionFlaw(plain) ??
    findStatisticFlaw(plain) ??
    (hasUpwardComparison(plain) ? undefined : 'warns of charges that are too low, and not of high ones') ??
    findEvaluationFlaw(plain)
  );
};

/** Whether a warning at this threshold is useful, by the amounts that the budget is judged by, too. */
export const hasSaneThreshold = ({ Threshold = 0 }: MetricAlarm): boolean =>
  findAmountFlaw(Threshold) === undefined;

/** The names or ARNs of the alarms in the rule of a composite alarm: `ALARM("a") OR NOT OK(b)`. */
export const listAlarmsOfRule = (rule: string): readonly string[] =>
  [...rule.matchAll(/\(\s*(?:"(?<quoted>[^"]+)"|(?<plain>[^"()\s]+))\s*\)/g)].flatMap(
    ({ groups }) => groups?.['quoted'] ?? groups?.['plain'] ?? [],
  );

/** The topics to which an alarm publishes when it goes into ALARM. */
export const getAlarmTopics = ({ AlarmActions = [] }: Pick<MetricAlarm, 'AlarmActions'>): readonly string[] =>
  AlarmActions.filter((action) => action.startsWith('arn:aws:sns:us-east-1:'));

export const sortByThreshold = (alarms: readonly MetricAlarm[]): readonly MetricAlarm[] =>
  alarms.toSorted((a, b) => (a.Threshold ?? 0) - (b.Threshold ?? 0));
