import type { PracticeAlarm, PracticeAlarmState } from '../../world/world.ts';

const regionDisplayNames: Readonly<Record<string, string>> = { 'us-east-1': 'US East (N. Virginia)' };

const describeAlarmRegion = ({ arn }: PracticeAlarm): string => {
  const region = arn.split(':')[3] ?? '';
  return regionDisplayNames[region] ?? region;
};

/** `Tuesday 24 November, 2026 13:41:07 UTC` */
const formatAlarmTimestamp = (at: string): string => {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${part({ year: 'numeric' })}`;
  return `${day} ${date.toISOString().slice(11, 19)} UTC`;
};

const formatAlarmDetail = (name: string, value: string) => `- ${`${name}:`.padEnd(28)}${value}`;

const describeAlarmChange = (
  alarm: PracticeAlarm,
  before: string,
  { value, reason, at }: PracticeAlarmState,
): readonly string[] => [
  'Alarm Details:',
  formatAlarmDetail('Name', alarm.settings.AlarmName),
  formatAlarmDetail('Description', alarm.settings.AlarmDescription ?? ''),
  formatAlarmDetail('State Change', `${before} -> ${value}`),
  formatAlarmDetail('Reason for State Change', reason),
  formatAlarmDetail('Timestamp', formatAlarmTimestamp(at)),
  formatAlarmDetail('AWS Account', alarm.arn.split(':')[4] ?? ''),
  formatAlarmDetail('Alarm Arn', alarm.arn),
];

const describeAlarmMetric = ({ settings }: PracticeAlarm): readonly string[] => [
  'Threshold:',
  `- The alarm is in the ALARM state when the metric is ${settings.ComparisonOperator} ${settings.Threshold.toFixed(1)} for at least ${settings.DatapointsToAlarm ?? settings.EvaluationPeriods} of the last ${settings.EvaluationPeriods} period(s) of ${settings.Period} seconds. `,
  '',
  'Monitored Metric:',
  formatAlarmDetail('MetricNamespace', settings.Namespace),
  formatAlarmDetail('MetricName', settings.MetricName),
  formatAlarmDetail(
    'Dimensions',
    settings.Dimensions.map(({ Name, Value }) => `[${Name} = ${Value}]`).join(' '),
  ),
  formatAlarmDetail('Period', `${settings.Period} seconds`),
  formatAlarmDetail('Statistic', settings.Statistic ?? ''),
  formatAlarmDetail('Unit', settings.Unit ?? 'not specified'),
  formatAlarmDetail('TreatMissingData', settings.TreatMissingData ?? 'missing'),
];

const describeAlarmActions = ({ settings }: PracticeAlarm): readonly string[] => [
  'State Change Actions:',
  `- OK: ${settings.OKActions.map((arn) => `[${arn}]`).join(' ')}`,
  `- ALARM: ${settings.AlarmActions.map((arn) => `[${arn}]`).join(' ')}`,
  `- INSUFFICIENT_DATA: ${settings.InsufficientDataActions.map((arn) => `[${arn}]`).join(' ')}`,
];

/** The full text that CloudWatch sends when an alarm changes its state. */
export const createAlarmMessage = (
  alarm: PracticeAlarm,
  before: string,
  state: PracticeAlarmState,
): { subject: string; text: string } => {
  const { AlarmName } = alarm.settings;
  const region = describeAlarmRegion(alarm);
  return {
    subject: `${state.value}: "${AlarmName}" in ${region}`,
    text: [
      `You are receiving this email because your Amazon CloudWatch Alarm "${AlarmName}" in the ${region} region has entered the ${state.value} state, because "${state.reason}" at "${formatAlarmTimestamp(state.at)}".`,
      '',
      'View this alarm in the AWS Management Console:',
      `https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/${encodeURIComponent(AlarmName)}`,
      '',
      ...describeAlarmChange(alarm, before, state),
      '',
      ...describeAlarmMetric(alarm),
      '',
      ...describeAlarmActions(alarm),
    ].join('\n'),
  };
};
