import type { Action } from '../../core/action.ts';
import type { Price } from '../../core/price.ts';
import type { BillingAlarmFacts } from './facts.ts';

/** "CloudWatch pricing", Free Tier: ten alarm metrics a month, those of all Regions together. */
const freeAlarms = 10;

const usdPerAlarm = 0.1;

const getAlarmName = (input: object): string => ('AlarmName' in input ? String(input.AlarmName) : '');

/** The alarms that the actions add; a repair puts one that is there already. */
const countNewAlarms = (
  { alarms }: Pick<BillingAlarmFacts, 'alarms'>,
  actions: readonly Action[],
): number => {
  const put = actions
    .flatMap(({ calls }) => calls)
    .filter(({ operation }) => operation === 'cloudwatch:PutMetricAlarm')
    .map(({ input }) => getAlarmName(input));
  return new Set(put.filter((name) => !alarms.some(({ AlarmName }) => AlarmName === name))).size;
};

/**
 * What the new alarms cost. Alarms in other Regions use up the free ones too, and are not counted, so a price of 0 holds
 * on a condition.
 */
export const priceBillingAlarm = (
  facts: Pick<BillingAlarmFacts, 'alarms' | 'alarmCount'>,
  actions: readonly Action[],
): Price => {
  const added = countNewAlarms(facts, actions);
  if (added === 0) return { text: 'free', monthlyUsd: 0 };
  const total = facts.alarmCount + added;
  if (total <= freeAlarms) {
    const left =
      facts.alarmCount === 0
        ? `your ${freeAlarms} free alarms`
        : `the ${freeAlarms - facts.alarmCount} free alarms left`;
    return {
      text: `free (${added} of ${left})`,
      monthlyUsd: 0,
      condition: `while the account has at most ${freeAlarms} alarms`,
    };
  }
  const monthlyUsd = Math.min(added, total - freeAlarms) * usdPerAlarm;
  return {
    text: `about ${monthlyUsd.toFixed(2)} USD a month: ${freeAlarms} alarms are free, and the account will have ${total}`,
    monthlyUsd,
  };
};
