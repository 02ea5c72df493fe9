import {
  EnableAlarmActionsCommand,
  PutMetricAlarmCommand,
  type MetricAlarm,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { call, type Action } from '../../core/action.ts';
import { getAlarmTopics } from './alarms.ts';

const alarmSettingNames = [
  'AlarmDescription',
  'OKActions',
  'InsufficientDataActions',
  'Namespace',
  'MetricName',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Period',
  'Unit',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
] as const;

/** An alarm's settings without its name and state. */
const pickAlarmSettings = (alarm: MetricAlarm): Omit<PutMetricAlarmInput, 'AlarmName'> => ({
  EvaluationPeriods: 1,
  ...Object.fromEntries(
    alarmSettingNames.flatMap((name) => (alarm[name] === undefined ? [] : [[name, alarm[name]]])),
  ),
});

/**
 * Adds what one of the owner's alarms lacks to reach the topic. PutMetricAlarm replaces an alarm, so all its settings
 * are sent back.
 */
export const repairAlarm = (alarm: MetricAlarm, topic: string): readonly Action[] => {
  const { AlarmName = '' } = alarm;
  if (!getAlarmTopics(alarm).includes(topic)) {
    const settings = pickAlarmSettings(alarm);
    const AlarmActions = [...(alarm.AlarmActions ?? []), topic];
    return [
      call(
        'cloudwatch',
        new PutMetricAlarmCommand({ ...settings, AlarmName, AlarmActions, ActionsEnabled: true }),
        `let the alarm ${AlarmName} publish to the topic`,
      ),
    ];
  }
  return alarm.ActionsEnabled
    ? []
    : [
        call(
          'cloudwatch',
          new EnableAlarmActionsCommand({ AlarmNames: [AlarmName] }),
          `turn on the actions of ${AlarmName}`,
        ),
      ];
};
