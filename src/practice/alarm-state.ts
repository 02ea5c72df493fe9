import type { SetAlarmStateCommandInput } from '@aws-sdk/client-cloudwatch';
import { alarmsHere } from './alarms.ts';
import { stateOf } from './billing.ts';
import { deliver } from './delivery.ts';
import type { Operations, Visit } from './operation.ts';
import { lengthWithin, Refusal, required, violated } from './refusal.ts';
import { topicName } from './sns-names.ts';
import type { Alarm } from './world.ts';

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
  alarm.staged = { value, reason, at: visit.now.toISOString() };
  if (before !== value && alarm.settings.ActionsEnabled) notify(alarm, value, visit);
  return {};
};

/** Mails what happened. An AWS key cannot be opened to CloudWatch: a topic encrypted with it stays silent. */
const notify = (alarm: Alarm, value: keyof typeof actionsFor, visit: Visit): void => {
  const { AlarmName } = alarm.settings;
  for (const arn of alarm.settings[actionsFor[value]]) {
    const topic = visit.world.topics.find((one) => one.arn === arn);
    if (!topic || topic.attributes['KmsMasterKeyId'] === 'alias/aws/sns') continue;
    const text = `Your alarm "${AlarmName}" is now ${value}: ${alarm.staged?.reason ?? ''} (sent to ${topicName(arn)})`;
    deliver(visit, arn, { subject: `${value}: "${AlarmName}" in US East (N. Virginia)`, text });
  }
};

/** CloudWatch's operation that tries an alarm out. */
export const alarmStateOperations = { SetAlarmState: setAlarmState } satisfies Operations;
