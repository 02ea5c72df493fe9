import type {
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  DescribeAlarmsForMetricCommandInput,
  DescribeAlarmsForMetricCommandOutput,
  Dimension,
  EnableAlarmActionsCommandInput,
  ListMetricsCommandInput,
  ListMetricsCommandOutput,
  MetricAlarm,
  PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { createPracticeAlarm, listRegionAlarms } from './alarms.ts';
import { billMetric, hasBillMetric, getAlarmState } from '../../world/bill.ts';
import {
  type OperationOutput,
  type OperationTable,
  paginate,
  type OperationContext,
} from '../../operation.ts';
import { ErrorResponse } from '../../error-response.ts';
import type { PracticeAlarm } from '../../world/world.ts';

const createInvalidNextTokenError = () => new ErrorResponse('InvalidNextToken', 400, 'Invalid NextToken');

const putMetricAlarm = (visit: OperationContext, input: PutMetricAlarmCommandInput): object => {
  const { world } = visit;
  const alarm = createPracticeAlarm(input, visit);
  const index = world.alarms.findIndex((one) => one.arn === alarm.arn);
  const old = world.alarms[index];
  // It replaces the settings of an alarm of that name; state and tags stay.
  if (old) world.alarms[index] = { ...alarm, state: old.state, tags: old.tags };
  else world.alarms.push(alarm);
  return {};
};

const toSdkAlarm = (alarm: PracticeAlarm, visit: OperationContext): MetricAlarm => {
  const { arn, configuredAt, settings } = alarm;
  const { at, reason, value } = getAlarmState(alarm, visit);
  return {
    ...settings,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
    StateValue: value,
    StateReason: reason,
    StateUpdatedTimestamp: new Date(at),
    StateTransitionedTimestamp: new Date(at),
  };
};

const describeAlarms = (
  visit: OperationContext,
  input: DescribeAlarmsCommandInput,
): OperationOutput<DescribeAlarmsCommandOutput> => {
  const { ActionPrefix = '', AlarmNamePrefix = '', AlarmNames, MaxRecords = 50, StateValue } = input;
  const alarms = listRegionAlarms(visit)
    .filter(({ settings }) => AlarmNames?.includes(settings.AlarmName) ?? true)
    .filter(({ settings }) => settings.AlarmName.startsWith(AlarmNamePrefix))
    .filter(
      ({ settings }) => !ActionPrefix || settings.AlarmActions.some((arn) => arn.startsWith(ActionPrefix)),
    )
    .map((alarm) => toSdkAlarm(alarm, visit))
    .filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue);
  const { items, next } = paginate(alarms, input.NextToken, MaxRecords, createInvalidNextTokenError);
  return { MetricAlarms: items, CompositeAlarms: [], ...(next && { NextToken: next }) };
};

const formatDimensionsKey = (all: readonly Dimension[]): string =>
  JSON.stringify(all.map(({ Name, Value }) => `${Name}=${Value}`).toSorted());

const describeAlarmsForMetric = (
  visit: OperationContext,
  input: DescribeAlarmsForMetricCommandInput,
): OperationOutput<DescribeAlarmsForMetricCommandOutput> => ({
  MetricAlarms: listRegionAlarms(visit)
    .filter(
      ({ settings }) => settings.Namespace === input.Namespace && settings.MetricName === input.MetricName,
    )
    .filter(
      ({ settings }) =>
        formatDimensionsKey(settings.Dimensions) === formatDimensionsKey(input.Dimensions ?? []),
    )
    .map((alarm) => toSdkAlarm(alarm, visit)),
});

const enableAlarmActions = (
  visit: OperationContext,
  { AlarmNames = [] }: EnableAlarmActionsCommandInput,
): object => {
  for (const { settings } of listRegionAlarms(visit)) {
    if (AlarmNames.includes(settings.AlarmName)) settings.ActionsEnabled = true;
  }
  return {};
};

const listMetrics = (
  visit: OperationContext,
  input: ListMetricsCommandInput,
): OperationOutput<ListMetricsCommandOutput> => {
  const fits =
    hasBillMetric(visit) &&
    (input.Namespace ?? billMetric.Namespace) === billMetric.Namespace &&
    (input.MetricName ?? billMetric.MetricName) === billMetric.MetricName &&
    (input.Dimensions ?? []).every(({ Name, Value }) => Name === 'Currency' && (Value ?? 'USD') === 'USD');
  return { Metrics: fits ? [structuredClone(billMetric)] : [] };
};

/** CloudWatch's operations on alarms, and the list of metrics. */
export const cloudwatchOperations = {
  PutMetricAlarm: putMetricAlarm,
  DescribeAlarms: describeAlarms,
  DescribeAlarmsForMetric: describeAlarmsForMetric,
  EnableAlarmActions: enableAlarmActions,
  ListMetrics: listMetrics,
} satisfies OperationTable;
