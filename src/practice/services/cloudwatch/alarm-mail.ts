import type { Alarm } from '../../world/world.ts';

type AlarmState = Alarm['state'];

const regions: Readonly<Record<string, string>> = { 'us-east-1': 'US East (N. Virginia)' };

const regionOf = ({ arn }: Alarm): string => {
  const region = arn.split(':')[3] ?? '';
  return regions[region] ?? region;
};

/** `Tuesday 24 November, 2026 13:41:07 UTC` */
const moment = (at: string): string => {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString('en-GB', { timeZone: 'UTC', ...options });
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${part({ year: 'numeric' })}`;
  return `${day} ${date.toISOString().slice(11, 19)} UTC`;
};

const row = (name: string, value: string) => `- ${`${name}:`.padEnd(28)}${value}`;

const aboutAlarm = (alarm: Alarm, before: string, { value, reason, at }: AlarmState): readonly string[] => [
  'Alarm Details:',
  row('Name', alarm.settings.AlarmName),
  row('Description', alarm.settings.AlarmDescription ?? ''),
  row('State Change', `${before} -> ${value}`),
  row('Reason for State Change', reason),
  row('Timestamp', moment(at)),
  row('AWS Account', alarm.arn.split(':')[4] ?? ''),
  row('Alarm Arn', alarm.arn),
];

const aboutMetric = ({ settings }: Alarm): readonly string[] => [
  'Threshold:',
  `- The alarm is in the ALARM state when the metric is ${settings.ComparisonOperator} ${settings.Threshold.toFixed(1)} for at least ${settings.DatapointsToAlarm ?? settings.EvaluationPeriods} of the last ${settings.EvaluationPeriods} period(s) of ${settings.Period} seconds. `,
  '',
  'Monitored Metric:',
  row('MetricNamespace', settings.Namespace),
  row('MetricName', settings.MetricName),
  row('Dimensions', settings.Dimensions.map(({ Name, Value }) => `[${Name} = ${Value}]`).join(' ')),
  row('Period', `${settings.Period} seconds`),
  row('Statistic', settings.Statistic ?? ''),
  row('Unit', settings.Unit ?? 'not specified'),
  row('TreatMissingData', settings.TreatMissingData ?? 'missing'),
];

const aboutActions = ({ settings }: Alarm): readonly string[] => [
  'State Change Actions:',
  `- OK: ${settings.OKActions.map((arn) => `[${arn}]`).join(' ')}`,
  `- ALARM: ${settings.AlarmActions.map((arn) => `[${arn}]`).join(' ')}`,
  `- INSUFFICIENT_DATA: ${settings.InsufficientDataActions.map((arn) => `[${arn}]`).join(' ')}`,
];

/** What CloudWatch writes when an alarm changes its state, from the first sentence to the last list. */
export const alarmMessage = (
  alarm: Alarm,
  before: string,
  state: AlarmState,
): { subject: string; text: string } => {
  const { AlarmName } = alarm.settings;
  const region = regionOf(alarm);
  return {
    subject: `${state.value}: "${AlarmName}" in ${region}`,
    text: [
      `You are receiving this email because your Amazon CloudWatch Alarm "${AlarmName}" in the ${region} region has entered the ${state.value} state, because "${state.reason}" at "${moment(state.at)}".`,
      '',
      'View this alarm in the AWS Management Console:',
      `https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/${encodeURIComponent(AlarmName)}`,
      '',
      ...aboutAlarm(alarm, before, state),
      '',
      ...aboutMetric(alarm),
      '',
      ...aboutActions(alarm),
    ].join('\n'),
  };
};
