import type {
  DeleteAlarmsCommandInput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  DescribeAlarmsForMetricCommandInput,
  DescribeAlarmsForMetricCommandOutput,
  Dimension,
  DisableAlarmActionsCommandInput,
  ListMetricsCommandInput,
  ListMetricsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  MetricAlarm,
  PutMetricAlarmCommandInput,
  TagResourceCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { alarmFrom, alarmsHere } from './alarms.ts';
import { billMetric, hasBillMetric, stateOf } from '../../world/bill.ts';
import { type Answer, type Operations, pageOf, type Visit } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import { tagsFrom, withTags } from '../../world/tags.ts';
import type { Alarm } from '../../world/world.ts';

const badToken = () => new Refusal('InvalidNextToken', 400, 'Invalid NextToken');

const putMetricAlarm = (visit: Visit, input: PutMetricAlarmCommandInput): object => {
  const { world } = visit;
  const alarm = alarmFrom(input, visit);
  const index = world.alarms.findIndex((one) => one.arn === alarm.arn);
  const old = world.alarms[index];
  // It replaces the settings of an alarm of that name; state and tags stay.
  if (old) world.alarms[index] = { ...alarm, state: old.state, tags: old.tags };
  else world.alarms.push(alarm);
  return {};
};

const described = (alarm: Alarm, visit: Visit): MetricAlarm => {
  const { arn, configuredAt, settings } = alarm;
  const { at, reason, value } = stateOf(alarm, visit);
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
  visit: Visit,
  input: DescribeAlarmsCommandInput,
): Answer<DescribeAlarmsCommandOutput> => {
  const { ActionPrefix = '', AlarmNamePrefix = '', AlarmNames, MaxRecords = 50, StateValue } = input;
  const alarms = alarmsHere(visit)
    .filter(({ settings }) => AlarmNames?.includes(settings.AlarmName) ?? true)
    .filter(({ settings }) => settings.AlarmName.startsWith(AlarmNamePrefix))
    .filter(
      ({ settings }) => !ActionPrefix || settings.AlarmActions.some((arn) => arn.startsWith(ActionPrefix)),
    )
    .map((alarm) => described(alarm, visit))
    .filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue);
  const { items, next } = pageOf(alarms, input.NextToken, MaxRecords, badToken);
  return { MetricAlarms: items, CompositeAlarms: [], ...(next && { NextToken: next }) };
};

const dimensionsKey = (all: readonly Dimension[]): string =>
  JSON.stringify(all.map(({ Name, Value }) => `${Name}=${Value}`).toSorted());

const describeAlarmsForMetric = (
  visit: Visit,
  input: DescribeAlarmsForMetricCommandInput,
): Answer<DescribeAlarmsForMetricCommandOutput> => ({
  MetricAlarms: alarmsHere(visit)
    .filter(
      ({ settings }) => settings.Namespace === input.Namespace && settings.MetricName === input.MetricName,
    )
    .filter(({ settings }) => dimensionsKey(settings.Dimensions) === dimensionsKey(input.Dimensions ?? []))
    .map((alarm) => described(alarm, visit)),
});

const deleteAlarms = (visit: Visit, { AlarmNames = [] }: DeleteAlarmsCommandInput): object => {
  const doomed = alarmsHere(visit).filter(({ settings }) => AlarmNames.includes(settings.AlarmName));
  visit.world.alarms = visit.world.alarms.filter((alarm) => !doomed.includes(alarm));
  return {};
};

const switchActions =
  (on: boolean) =>
  (visit: Visit, { AlarmNames = [] }: DisableAlarmActionsCommandInput) => {
    for (const { settings } of alarmsHere(visit)) {
      if (AlarmNames.includes(settings.AlarmName)) settings.ActionsEnabled = on;
    }
    return {};
  };

const listMetrics = (visit: Visit, input: ListMetricsCommandInput): Answer<ListMetricsCommandOutput> => {
  const fits =
    hasBillMetric(visit) &&
    (input.Namespace ?? billMetric.Namespace) === billMetric.Namespace &&
    (input.MetricName ?? billMetric.MetricName) === billMetric.MetricName &&
    (input.Dimensions ?? []).every(({ Name, Value }) => Name === 'Currency' && (Value ?? 'USD') === 'USD');
  return { Metrics: fits ? [structuredClone(billMetric)] : [] };
};

const tagResource = (visit: Visit, { ResourceARN, Tags }: TagResourceCommandInput): object => {
  const alarm = visit.world.alarms.find((one) => one.arn === ResourceARN);
  if (!alarm) throw new Refusal('ResourceNotFoundException', 404, 'Resource not found');
  alarm.tags = withTags(alarm.tags, tagsFrom(Tags));
  return {};
};

const listTagsForResource = (
  { world }: Visit,
  { ResourceARN }: ListTagsForResourceCommandInput,
): Answer<ListTagsForResourceCommandOutput> => ({
  Tags: world.alarms.find((one) => one.arn === ResourceARN)?.tags ?? [],
});

/** CloudWatch's operations on alarms, and the list of metrics. */
export const cloudwatchOperations = {
  PutMetricAlarm: putMetricAlarm,
  DescribeAlarms: describeAlarms,
  DescribeAlarmsForMetric: describeAlarmsForMetric,
  DeleteAlarms: deleteAlarms,
  EnableAlarmActions: switchActions(true),
  DisableAlarmActions: switchActions(false),
  ListMetrics: listMetrics,
  TagResource: tagResource,
  ListTagsForResource: listTagsForResource,
} satisfies Operations;
