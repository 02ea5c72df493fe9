import type {
  DescribeAlarmHistoryCommandOutput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  DescribeAlarmsForMetricCommandInput,
  DescribeAlarmsForMetricCommandOutput,
  Dimension,
  EnableAlarmActionsCommandInput,
  DeleteAlarmMuteRuleCommandInput,
  GetAlarmMuteRuleCommandInput,
  GetAlarmMuteRuleCommandOutput,
  PutAlarmMuteRuleCommandInput,
  ListAlarmMuteRulesCommandInput,
  ListAlarmMuteRulesCommandOutput,
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

const putMetricAlarm = (context: OperationContext, input: PutMetricAlarmCommandInput): object => {
  const { world } = context;
  const alarm = createPracticeAlarm(input, context);
  const index = world.alarms.findIndex((one) => one.arn === alarm.arn);
  const old = world.alarms[index];
  // Putting an alarm under an existing name replaces its settings but keeps its state and tags.
  if (old) world.alarms[index] = { ...alarm, state: old.state, tags: old.tags };
  else world.alarms.push(alarm);
  return {};
};

const toSdkAlarm = (alarm: PracticeAlarm, context: OperationContext): MetricAlarm => {
  const { arn, configuredAt, settings } = alarm;
  const { at, reason, value } = getAlarmState(alarm, context);
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
  context: OperationContext,
  input: DescribeAlarmsCommandInput,
): OperationOutput<DescribeAlarmsCommandOutput> => {
  const { ActionPrefix = '', AlarmNamePrefix = '', AlarmNames, MaxRecords = 50, StateValue } = input;
  const alarms = listRegionAlarms(context)
    .filter(({ settings }) => AlarmNames?.includes(settings.AlarmName) ?? true)
    .filter(({ settings }) => settings.AlarmName.startsWith(AlarmNamePrefix))
    .filter(
      ({ settings }) => !ActionPrefix || settings.AlarmActions.some((arn) => arn.startsWith(ActionPrefix)),
    )
    .map((alarm) => toSdkAlarm(alarm, context))
    .filter((alarm) => StateValue === undefined || alarm.StateValue === StateValue);
  const { items, next } = paginate(alarms, input.NextToken, MaxRecords, createInvalidNextTokenError);
  return { MetricAlarms: items, CompositeAlarms: [], ...(next && { NextToken: next }) };
};

const formatDimensionsKey = (all: readonly Dimension[]): string =>
  JSON.stringify(all.map(({ Name, Value }) => `${Name}=${Value}`).toSorted());

const describeAlarmsForMetric = (
  context: OperationContext,
  input: DescribeAlarmsForMetricCommandInput,
): OperationOutput<DescribeAlarmsForMetricCommandOutput> => ({
  MetricAlarms: listRegionAlarms(context)
    .filter(
      ({ settings }) => settings.Namespace === input.Namespace && settings.MetricName === input.MetricName,
    )
    .filter(
      ({ settings }) =>
        formatDimensionsKey(settings.Dimensions) === formatDimensionsKey(input.Dimensions ?? []),
    )
    .map((alarm) => toSdkAlarm(alarm, context)),
});

const enableAlarmActions = (
  context: OperationContext,
  { AlarmNames = [] }: EnableAlarmActionsCommandInput,
): object => {
  for (const { settings } of listRegionAlarms(context)) {
    if (AlarmNames.includes(settings.AlarmName)) settings.ActionsEnabled = true;
  }
  return {};
};

const listMetrics = (
  context: OperationContext,
  input: ListMetricsCommandInput,
): OperationOutput<ListMetricsCommandOutput> => {
  const fits =
    hasBillMetric(context) &&
    (input.Namespace ?? billMetric.Namespace) === billMetric.Namespace &&
    (input.MetricName ?? billMetric.MetricName) === billMetric.MetricName &&
    (input.Dimensions ?? []).every(({ Name, Value }) => Name === 'Currency' && (Value ?? 'USD') === 'USD');
  return { Metrics: fits ? [structuredClone(billMetric)] : [] };
};

const listAlarmMuteRules = (
  { world }: OperationContext,
  { AlarmName, Statuses }: ListAlarmMuteRulesCommandInput,
): OperationOutput<ListAlarmMuteRulesCommandOutput> => ({
  AlarmMuteRuleSummaries: (world.muteRules ?? [])
    .filter(({ alarmNames }) => AlarmName === undefined || alarmNames.includes(AlarmName))
    .filter(({ status }) => Statuses === undefined || Statuses.includes(status))
    .map(({ name, status, mutedAt }) => ({
      AlarmMuteRuleArn: `arn:aws:cloudwatch:us-east-1:${world.account.id}:alarm-mute-rule:${name}`,
      Status: status,
      MuteType: 'RECURRING',
      LastUpdatedTimestamp: new Date(mutedAt),
    })),
});

const requireMuteRule = ({ world }: OperationContext, name: string | undefined) => {
  const rule = world.muteRules?.find((one) => one.name === name);
  if (!rule) throw new ErrorResponse('ResourceNotFoundException', 404, `Alarm mute rule ${name} not found`);
  return rule;
};

const getAlarmMuteRule = (
  context: OperationContext,
  { AlarmMuteRuleName }: GetAlarmMuteRuleCommandInput,
): OperationOutput<GetAlarmMuteRuleCommandOutput> => {
  const { name, alarmNames, status } = requireMuteRule(context, AlarmMuteRuleName);
  return {
    Name: name,
    MuteTargets: { AlarmNames: alarmNames },
    Rule: { Schedule: { Expression: 'cron(0 20 * * *)', Duration: 'PT12H' } },
    Status: status,
  };
};

/** Only the alarms of a rule change. Its schedule is not kept. */
const putAlarmMuteRule = (context: OperationContext, input: PutAlarmMuteRuleCommandInput): object => {
  requireMuteRule(context, input.Name).alarmNames = input.MuteTargets?.AlarmNames ?? [];
  return {};
};

const deleteAlarmMuteRule = (
  { world }: OperationContext,
  { AlarmMuteRuleName }: DeleteAlarmMuteRuleCommandInput,
): object => {
  world.muteRules = (world.muteRules ?? []).filter(({ name }) => name !== AlarmMuteRuleName);
  return {};
};

/** Nothing that the practice account publishes fails, so it keeps no history. */
const describeAlarmHistory = (): OperationOutput<DescribeAlarmHistoryCommandOutput> => ({
  AlarmHistoryItems: [],
});

export const cloudwatchOperations = {
  DescribeAlarmHistory: describeAlarmHistory,
  GetAlarmMuteRule: getAlarmMuteRule,
  PutAlarmMuteRule: putAlarmMuteRule,
  DeleteAlarmMuteRule: deleteAlarmMuteRule,
  ListAlarmMuteRules: listAlarmMuteRules,
  PutMetricAlarm: putMetricAlarm,
  DescribeAlarms: describeAlarms,
  DescribeAlarmsForMetric: describeAlarmsForMetric,
  EnableAlarmActions: enableAlarmActions,
  ListMetrics: listMetrics,
} satisfies OperationTable;
