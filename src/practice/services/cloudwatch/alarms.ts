import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Visit } from '../../operation.ts';
import { invalid, lengthWithin, required, violated } from '../../refusal.ts';
import { tagsFrom } from '../../world/tags.ts';
import type { Alarm } from '../../world/world.ts';
import { comparisons } from '../../world/money.ts';

const operatorIn = (given: string | undefined): (typeof comparisons)[number] => {
  const wanted = required(given, 'comparisonOperator');
  const operator = comparisons.find((one) => one === wanted);
  if (operator) return operator;
  const rule = `Member must satisfy enum value set: [${comparisons.join(', ')}]`;
  throw violated(`Value '${wanted}' at 'comparisonOperator' failed to satisfy constraint: ${rule}`);
};

/** Refuses what real alarms can watch and those of the practice account cannot, so that nothing seems to work. */
const refuseOtherKinds = (input: PutMetricAlarmCommandInput): void => {
  if (input.Metrics || input.ThresholdMetricId || input.ExtendedStatistic || input.EvaluationCriteria) {
    throw new Error('The practice account knows only alarms on one metric with one threshold.');
  }
};

/** The alarms of the region that was asked. */
export const alarmsHere = ({ world, region }: Visit): Alarm[] =>
  world.alarms.filter((alarm) => alarm.arn.split(':')[3] === region);

/** The alarm that PutMetricAlarm asks for, as it is before CloudWatch has looked at any figures. */
export const alarmFrom = (input: PutMetricAlarmCommandInput, { world, now, region }: Visit): Alarm => {
  refuseOtherKinds(input);
  const { Tags, ...given } = input;
  const name = lengthWithin(required(input.AlarmName, 'alarmName'), 'alarmName', 1, 255);
  const ComparisonOperator = operatorIn(input.ComparisonOperator);
  required(input.EvaluationPeriods, 'evaluationPeriods');
  if (input.Threshold === undefined)
    throw invalid('Threshold is required for alarms based on a single metric.');
  const at = now.toISOString();
  return {
    arn: `arn:aws:cloudwatch:${region}:${world.account.id}:alarm:${name}`,
    configuredAt: at,
    settings: {
      ...given,
      AlarmName: name,
      Namespace: required(input.Namespace, 'namespace'),
      MetricName: required(input.MetricName, 'metricName'),
      Dimensions: (input.Dimensions ?? []).map(({ Name = '', Value = '' }) => ({ Name, Value })),
      Threshold: input.Threshold,
      ComparisonOperator,
      ActionsEnabled: input.ActionsEnabled ?? true,
      AlarmActions: input.AlarmActions ?? [],
      OKActions: input.OKActions ?? [],
      InsufficientDataActions: input.InsufficientDataActions ?? [],
    },
    tags: tagsFrom(Tags),
    state: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at },
  };
};
