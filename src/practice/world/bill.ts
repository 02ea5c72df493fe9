import type { OperationContext } from '../operation.ts';
import type { PracticeAlarm, PracticeAlarmState, World } from './world.ts';

/** The charges of the practice account so far this month, in US dollars. */
const monthToDateCharges = 0;

/** What CloudWatch calls the bill so far. */
export const billMetric = {
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
};

const msPerMinute = 60_000;

/** Whether CloudWatch has figures for the bill: in one region only, and some time after the owner has allowed it. */
export const hasBillMetric = ({ world, region, now }: OperationContext): boolean => {
  const { alertsSince, figuresAfter = 0 } = world.billing;
  if (region !== 'us-east-1' || alertsSince === undefined) return false;
  return now.getTime() - Date.parse(alertsSince) >= figuresAfter * msPerMinute;
};

/** Lets CloudWatch have the charges; a second time changes nothing. */
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

/** How long what SetAlarmState says lasts until CloudWatch looks again. */
const stagedStateMs = 10_000;

/** The state of an alarm at a moment: what was staged just now, else what its figures say. */
export const getAlarmState = (alarm: PracticeAlarm, visit: OperationContext): PracticeAlarmState => {
  const { staged, state, settings } = alarm;
  if (staged && visit.now.getTime() - Date.parse(staged.at) < stagedStateMs) return staged;
  const region = alarm.arn.split(':')[3] ?? '';
  if (!isWatchingBill(alarm) || !hasBillMetric({ ...visit, region })) return state;
  const value = isThresholdCrossed(settings.Threshold, settings.ComparisonOperator) ? 'ALARM' : 'OK';
  const relation = value === 'ALARM' ? 'crossed' : 'did not cross';
  const reason = `Threshold Crossed: 1 datapoint [${monthToDateCharges.toFixed(1)}] ${relation} the threshold (${settings.Threshold.toFixed(1)}).`;
  const { alertsSince = alarm.configuredAt } = visit.world.billing;
  return { value, reason, at: alertsSince > alarm.configuredAt ? alertsSince : alarm.configuredAt };
};
