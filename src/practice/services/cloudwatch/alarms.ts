import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { OperationContext } from '../../operation.ts';
import {
  createValidationError,
  requireLength,
  requireValue,
  createConstraintError,
} from '../../error-response.ts';
import { parseTags } from '../../world/tags.ts';
import type { PracticeAlarm } from '../../world/world.ts';
import { comparisonOperators } from '../../world/monitoring.ts';

const requireComparisonOperator = (given: string | undefined): (typeof comparisonOperators)[number] => {
  const wanted = requireValue(given, 'comparisonOperator');
  const operator = comparisonOperators.find((one) => one === wanted);
  if (operator) return operator;
  const rule = `Member must satisfy enum value set: [${comparisonOperators.join(', ')}]`;
  throw createConstraintError(
    `Value '${wanted}' at 'comparisonOperator' failed to satisfy constraint: ${rule}`,
  );
};

/** Rejects alarms that AWS supports and the practice account does not, so that nothing only seems to work. */
const rejectUnsupportedAlarm = (input: PutMetricAlarmCommandInput): void => {
  if (input.Metrics || input.ThresholdMetricId || input.ExtendedStatistic || input.EvaluationCriteria) {
    throw new Error('The practice account knows only alarms on one metric with one threshold.');
  }
};

export const listRegionAlarms = ({ world, region }: OperationContext): PracticeAlarm[] =>
  world.alarms.filter((alarm) => alarm.arn.split(':')[3] === region);

/** The alarm that PutMetricAlarm creates, before CloudWatch has evaluated any data. */
export const createPracticeAlarm = (
  input: PutMetricAlarmCommandInput,
  { world, now, region }: OperationContext,
): PracticeAlarm => {
  rejectUnsupportedAlarm(input);
  const { Tags, ...given } = input;
  const name = requireLength(requireValue(input.AlarmName, 'alarmName'), 'alarmName', 1, 255);
  const ComparisonOperator = requireComparisonOperator(input.ComparisonOperator);
  requireValue(input.EvaluationPeriods, 'evaluationPeriods');
  if (input.Threshold === undefined)
    throw createValidationError('Threshold is required for alarms based on a single metric.');
  const at = now.toISOString();
  return {
    arn: `arn:aws:cloudwatch:${region}:${world.account.id}:alarm:${name}`,
    configuredAt: at,
    settings: {
      ...given,
      AlarmName: name,
      Namespace: requireValue(input.Namespace, 'namespace'),
      MetricName: requireValue(input.MetricName, 'metricName'),
      Dimensions: (input.Dimensions ?? []).map(({ Name = '', Value = '' }) => ({ Name, Value })),
      Threshold: input.Threshold,
      ComparisonOperator,
      ActionsEnabled: input.ActionsEnabled ?? true,
      AlarmActions: input.AlarmActions ?? [],
      OKActions: input.OKActions ?? [],
      InsufficientDataActions: input.InsufficientDataActions ?? [],
    },
    tags: parseTags(Tags),
    state: { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at },
  };
};
