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

const setAlarmState = (visit: OperationContext, input: SetAlarmStateCommandInput): object => {
  const value = alarmStateValues.find((one) => one === input.StateValue);
  if (!value) {
    const rule = `Member must satisfy enum value set: [${alarmStateValues.join(', ')}]`;
    throw createConstraintError(
      `Value '${input.StateValue}' at 'stateValue' failed to satisfy constraint: ${rule}`,
    );
  }
  const alarm = listRegionAlarms(visit).find(({ settings }) => settings.AlarmName === input.AlarmName);
  // AWS sends no message here; 'UnknownError' is what the SDK makes of none.
  if (!alarm) throw new ErrorResponse('ResourceNotFound', 404, 'UnknownError');
  const reason = requireLength(requireValue(input.StateReason, 'stateReason'), 'stateReason', 0, 1023);
  const before = getAlarmState(alarm, visit).value;
  const staged = { value, reason, at: visit.now.toISOString() };
  alarm.staged = staged;
  // A state that does not change tells nobody anything.
  if (before !== value && alarm.settings.ActionsEnabled) notifyTopics(alarm, before, staged, visit);
  return {};
};

/** AWS's own key cannot be opened to CloudWatch: a topic encrypted with it stays silent, without an error anywhere. */
const isMutedByEncryption = ({ attributes }: PracticeTopic) =>
  /(?:^|:)alias\/aws\/sns$/.test(attributes['KmsMasterKeyId'] ?? '');

const notifyTopics = (
  alarm: PracticeAlarm,
  before: string,
  staged: PracticeAlarmState,
  visit: OperationContext,
): void => {
  const message = createAlarmMessage(alarm, before, staged);
  for (const arn of alarm.settings[actionSettingByState[staged.value]]) {
    const topic = visit.world.topics.find((one) => one.arn === arn);
    if (topic && !isMutedByEncryption(topic)) deliverMessage(visit, arn, message);
  }
};

/** CloudWatch's operation that tries an alarm out. */
export const alarmStateOperations = { SetAlarmState: setAlarmState } satisfies OperationTable;
