import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import * as v from 'valibot';

/** ISO 8601. The pattern alone would accept impossible dates such as February 31. */
export const timestampSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
/** The ARN of any AWS resource. Steps parse it. */
export const arnSchema = v.pipe(v.string(), v.regex(/^arn:aws:[a-z][a-z0-9-]*:[a-z0-9-]*:\d{12}:./));
export const tagSchema = v.object({ Key: v.string(), Value: v.string() });
export const topicSchema = v.object({
  arn: arnSchema,
  attributes: v.record(v.string(), v.string()),
  tags: v.array(tagSchema),
});

export const subscriptionSchema = v.object({
  arn: arnSchema,
  topicArn: arnSchema,
  protocol: v.string(),
  endpoint: v.string(),
  token: v.string(),
  requestedAt: timestampSchema,
  confirmed: v.boolean(),
  /** Confirmed by a signed call with AuthenticateOnUnsubscribe, so a link in a mail can no longer end it. */
  authenticated: v.exactOptional(v.literal(true)),
  /** Ended but still listed: AWS may list such a subscription for a while. */
  deleted: v.exactOptional(v.literal(true)),
  /** What its owner has set: `FilterPolicy`, `FilterPolicyScope`. */
  attributes: v.exactOptional(v.record(v.string(), v.string())),
});

export const comparisonOperators = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const;

const alarmSettingsSchema = v.object({
  AlarmName: v.string(),
  Namespace: v.string(),
  MetricName: v.string(),
  Dimensions: v.array(v.object({ Name: v.string(), Value: v.string() })),
  Threshold: v.number(),
  ComparisonOperator: v.picklist(comparisonOperators),
  ActionsEnabled: v.boolean(),
  AlarmActions: v.array(v.string()),
  OKActions: v.array(v.string()),
  InsufficientDataActions: v.array(v.string()),
});

const alarmStateSchema = v.object({
  value: v.picklist(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  reason: v.string(),
  at: timestampSchema,
});

/** The settings of an alarm: the input of PutMetricAlarm with its defaults. */
export type PracticeAlarmSettings = Omit<PutMetricAlarmInput, 'Tags'> &
  v.InferOutput<typeof alarmSettingsSchema>;

export const alarmSchema = v.object({
  arn: arnSchema,
  configuredAt: timestampSchema,
  /** In the format that DescribeAlarms returns. */
  settings: v.custom<PracticeAlarmSettings>((value) => v.is(alarmSettingsSchema, value)),
  tags: v.array(tagSchema),
  state: alarmStateSchema,
  /** The state that SetAlarmState set temporarily in place of the true one. */
  staged: v.exactOptional(alarmStateSchema),
});

/** A rule that silences alarms at set times. */
export const muteRuleSchema = v.object({
  name: v.string(),
  alarmNames: v.array(v.string()),
  status: v.picklist(['SCHEDULED', 'ACTIVE', 'EXPIRED']),
  mutedAt: timestampSchema,
});

export const mailSchema = v.object({
  to: v.string(),
  subject: v.string(),
  text: v.string(),
  at: timestampSchema,
  /** The subscription that a click in this mail confirms. */
  confirms: v.exactOptional(v.string()),
  /** The address that a click in this mail verifies for AWS Budgets. */
  verifies: v.exactOptional(v.string()),
});
