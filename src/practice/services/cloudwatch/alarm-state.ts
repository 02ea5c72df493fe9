import type { SetAlarmStateCommandInput } from '@aws-sdk/client-cloudwatch';
import { alarmMessage } from './alarm-mail.ts';
import { alarmsHere } from './alarms.ts';
import { stateOf } from '../../world/bill.ts';
import { deliver } from '../sns/delivery.ts';
import type { Operations, Visit } from '../../operation.ts';
import { lengthWithin, Refusal, required, violated } from '../../refusal.ts';
import type { Alarm, Topic } from '../../world/world.ts';

const states = ['INSUFFICIENT_DATA', 'ALARM', 'OK'] as const;

const actionsFor = {
  ALARM: 'AlarmActions',
  OK: 'OKActions',
  INSUFFICIENT_DATA: 'InsufficientDataActions',
} as const;

const setAlarmState = (visit: Visit, input: SetAlarmStateCommandInput): object => {
  const value = states.find((one) => one === input.StateValue);
  if (!value) {
    const rule = `Member must satisfy enum value set: [${states.join(', ')}]`;
    throw violated(`Value '${input.StateValue}' at 'stateValue' failed to satisfy constraint: ${rule}`);
  }
  const alarm = alarmsHere(visit).find(({ settings }) => settings.AlarmName === input.AlarmName);
  // AWS sends no message here; 'UnknownError' is what the SDK makes of none.
  if (!alarm) throw new Refusal('ResourceNotFound', 404, 'UnknownError');
  const reason = lengthWithin(required(input.StateReason, 'stateReason'), 'stateReason', 0, 1023);
  const before = stateOf(alarm, visit).value;
  const staged = { value, reason, at: visit.now.toISOString() };
  alarm.staged = staged;
  // A state that does not change tells nobody anything.
  if (before !== value && alarm.settings.ActionsEnabled) notify(alarm, before, staged, visit);
  return {};
};

/** AWS's own key cannot be opened to CloudWatch: a topic encrypted with it stays silent, without an error anywhere. */
const isMute = ({ attributes }: Topic) => /(?:^|:)alias\/aws\/sns$/.test(attributes['KmsMasterKeyId'] ?? '');

const notify = (alarm: Alarm, before: string, staged: Alarm['state'], visit: Visit): void => {
  const message = alarmMessage(alarm, before, staged);
  for (const arn of alarm.settings[actionsFor[staged.value]]) {
    const topic = visit.world.topics.find((one) => one.arn === arn);
    if (topic && !isMute(topic)) deliver(visit, arn, message);
  }
};

/** CloudWatch's operation that tries an alarm out. */
export const alarmStateOperations = { SetAlarmState: setAlarmState } satisfies Operations;
