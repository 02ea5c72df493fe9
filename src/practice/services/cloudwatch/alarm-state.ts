import type { SetAlarmStateCommandInput } from '@aws-sdk/client-cloudwatch';
import { createAlarmMessage } from './alarm-mail.ts';
import { listRegionAlarms } from './alarms.ts';
import { getAlarmState } from '../../world/bill.ts';
import { deliverMessage } from '../sns/delivery.ts';
import type { OperationTable, OperationContext } from '../../operation.ts';
import { requireLength, ErrorResponse, requireValue, createConstraintError } from '../../error-response.ts';
import type { PracticeAlarm, PracticeAlarmState, PracticeTopic } from '../../world/world.ts';

const alarmStateValues = ['INSUFFICIENT_DATA', 'ALARM', 'OK'] as const;

const actionSettingByState = {
  ALARM: 'AlarmActions',
  OK: 'OKActions',
  INSUFFICIENT_DATA: 'InsufficientDataActions',
} as const;

const setAlarmState = (context: OperationContext, input: SetAlarmStateCommandInput): object => {
  const value = alarmStateValues.find((one) => one === input.StateValue);
  if (!value) {
    const rule = `Member must satisfy enum value set: [${alarmStateValues.join(', ')}]`;
    throw createConstraintError(
      `Value '${input.StateValue}' at 'stateValue' failed to satisfy constraint: ${rule}`,
    );
  }
  const alarm = listRegionAlarms(context).find(({ settings }) => settings.AlarmName === input.AlarmName);
  // AWS sends no message here. The SDK turns that into 'UnknownError'.
  if (!alarm) throw new ErrorResponse('ResourceNotFound', 404, 'UnknownError');
  const reason = requireLength(requireValue(input.StateReason, 'stateReason'), 'stateReason', 0, 1023);
  const before = getAlarmState(alarm, context).value;
  const staged = { value, reason, at: context.now.toISOString() };
  alarm.staged = staged;
  // A state that does not change triggers no actions.
  if (before !== value && alarm.settings.ActionsEnabled) notifyTopics(alarm, before, staged, context);
  return {};
};

/** CloudWatch cannot be given access to AWS's own key: a topic encrypted with it stays silent, without any error. */
const isMutedByEncryption = ({ attributes }: PracticeTopic) =>
  /(?:^|:)alias\/aws\/sns$/.test(attributes['KmsMasterKeyId'] ?? '');

const notifyTopics = (
  alarm: PracticeAlarm,
  before: string,
  staged: PracticeAlarmState,
  context: OperationContext,
): void => {
  const message = createAlarmMessage(alarm, before, staged);
  for (const arn of alarm.settings[actionSettingByState[staged.value]]) {
    const topic = context.world.topics.find((one) => one.arn === arn);
    if (topic && !isMutedByEncryption(topic)) deliverMessage(context, arn, message);
  }
};

export const alarmStateOperations = { SetAlarmState: setAlarmState } satisfies OperationTable;
