import type { OperationContext } from '../operation.ts';
import type { PracticeAlarm, PracticeAlarmState, World } from './world.ts';

/** The practice account's charges so far this month, in US dollars. */
const monthToDateCharges = 0;

/** The CloudWatch metric for the charges so far. */
export const billMetric = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

const msPerMinute = 60_000;

/**
 * Whether CloudWatch has data for the charges: in one region only, and some time after billing alerts were turned on.
 */
export const hasBillMetric = ({ world, region, now }: OperationContext): boolean => {
  const { alertsSince, figuresAfter = 0 } = world.billing;
  if (region !== 'us-east-1' || alertsSince === undefined) return false;
  return now.getTime() - Date.parse(alertsSince) >= figuresAfter * msPerMinute;
};

/** Turns on billing alerts. Turning them on again changes nothing. */
export const recordBillingAlerts = (world: World, at: string): void => {
  world.billing.alertsSince ??= at;
};

const isThresholdCrossed = (threshold: number, operator: string): boolean => {
  switch (operator) {
    case 'GreaterThanThreshold':
      return monthToDateCharges > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return monthToDateCharges >= threshold;
    case 'LessThanThreshold':
      return monthToDateCharges < threshold;
    default:
      return monthToDateCharges <= threshold;
  }
};

const isWatchingBill = ({ settings }: PracticeAlarm): boolean =>
  settings.Namespace === billMetric.Namespace &&
  settings.MetricName === billMetric.MetricName &&
  (settings.Unit ?? 'None') === 'None' &&
  JSON.stringify(settings.Dimensions.map(({ Name, Value }) => [Name, Value])) === '[["Currency","USD"]]';

/** How long a state set by SetAlarmState lasts until CloudWatch evaluates the alarm again. */
const stagedStateMs = 10_000;

/** The state of an alarm at a moment: a recent temporary state, or else what its data says. */
export const getAlarmState = (alarm: PracticeAlarm, context: OperationContext): PracticeAlarmState => {
  const { staged, state, settings } = alarm;
  if (staged && context.now.getTime() - Date.parse(staged.at) < stagedStateMs) return staged;
  const region = alarm.arn.split(':')[3] ?? '';
  if (!isWatchingBill(alarm) || !hasBillMetric({ ...context, region })) return state;
  const value = isThresholdCrossed(settings.Threshold, settings.ComparisonOperator) ? 'ALARM' : 'OK';
  const relation = value === 'ALARM' ? 'crossed' : 'did not cross';
  const reason = `Threshold Crossed: 1 datapoint [${monthToDateCharges.toFixed(1)}] ${relation} the threshold (${settings.Threshold.toFixed(1)}).`;
  const { alertsSince = alarm.configuredAt } = context.world.billing;
  return { value, reason, at: alertsSince > alarm.configuredAt ? alertsSince : alarm.configuredAt };
};
