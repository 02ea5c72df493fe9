import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import * as v from 'valibot';

/** A moment, in ISO 8601. The pattern alone would let the 31st of February pass, and worse. */
export const timestampSchema = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
/** The name of anything in AWS; steps take it apart. */
export const arnSchema = v.pipe(v.string(), v.regex(/^arn:aws:[a-z][a-z0-9-]*:[a-z0-9-]*:\d{12}:./));
/** A tag. */
export const tagSchema = v.object({ Key: v.string(), Value: v.string() });
/** An SNS topic as it is kept. */
export const topicSchema = v.object({
  arn: arnSchema,
  attributes: v.record(v.string(), v.string()),
  tags: v.array(tagSchema),
});

/** A subscription as it is kept. */
export const subscriptionSchema = v.object({
  arn: arnSchema,
  topicArn: arnSchema,
  protocol: v.string(),
  endpoint: v.string(),
  token: v.string(),
  requestedAt: timestampSchema,
  confirmed: v.boolean(),
  /** Confirmed by a signed call that asked for it: a link in a mail can no longer end it. */
  authenticated: v.exactOptional(v.literal(true)),
  /** Ended, and still listed as AWS lists such a one for a while. */
  deleted: v.exactOptional(v.literal(true)),
});

/** The ways to compare one metric with one threshold. */
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

/** The settings of an alarm: what PutMetricAlarm was given, with its defaults. */
export type PracticeAlarmSettings = Omit<PutMetricAlarmInput, 'Tags'> &
  v.InferOutput<typeof alarmSettingsSchema>;

/** An alarm as it is kept. */
export const alarmSchema = v.object({
  arn: arnSchema,
  configuredAt: timestampSchema,
  /** In the form in which DescribeAlarms returns them. */
  settings: v.custom<PracticeAlarmSettings>((value) => v.is(alarmSettingsSchema, value)),
  tags: v.array(tagSchema),
  state: alarmStateSchema,
  /** What SetAlarmState put over the true state, for a moment. */
  staged: v.exactOptional(alarmStateSchema),
});

/** A mail as it is kept. */
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
