import {
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
  type BillingPreference,
} from '../../aws/json/billing.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { call, type Action } from '../../core/action.ts';
import { showWarning } from '../../core/messages.ts';
import { undefinedIf } from '../../aws/errors/codes.ts';
import { endsSession, explainError, isTolerable } from '../../aws/errors/explain.ts';
import type { BillingAlarmFacts, BillingAlertsPreference } from './facts.ts';

const billingAlertsFeature = 'BILLING_ALERTS';

/** Not documented, but real accounts return it, so it is tried if AWS lists nothing. */
const fallbackPreferenceKey = 'cloudwatch';

/** If AWS lists more than one entry, the others may mean something else and stay as they are. */
const isBillingAlertsEntry = ({ key }: BillingPreference): boolean => /cloudwatch|alert/i.test(key);

const parseBillingAlertsPreference = (listed: readonly BillingPreference[]): BillingAlertsPreference => {
  const entries = listed.filter((one) => one.feature === billingAlertsFeature);
  if (entries.length === 0) return { state: 'unknown', keys: [fallbackPreferenceKey] };
  const meant = entries.length === 1 ? entries : entries.filter(isBillingAlertsEntry);
  const known = meant.length > 0 && meant.every(({ value }) => value === 'ENABLED' || value === 'DISABLED');
  if (!known) return { state: 'unknown', keys: [] };
  const off = meant.filter(({ value }) => value === 'DISABLED').map(({ key }) => key);
  return { state: off.length === 0 ? 'on' : 'off', keys: off };
};

export const readBillingAlertsPreference = async (aws: AwsClients): Promise<BillingAlertsPreference> => {
  const answer = await undefinedIf(
    isTolerable,
    aws.billing.send(new GetBillingPreferencesCommand({ features: [billingAlertsFeature] })),
  );
  return answer
    ? parseBillingAlertsPreference(answer.billingPreferences ?? [])
    : { state: 'unknown', keys: [] };
};

/** The owner can still use the console, so a refusal is shown and does not end the run. */
const withConsoleFallback = (action: Action): Action => ({
  ...action,
  perform: async (context) => {
    try {
      await action.perform(context);
    } catch (error) {
      const problem = explainError(error, 'billing:UpdateBillingPreferences');
      if (!problem || endsSession(error)) throw error;
      return showWarning(context.dialogue, `${problem.message} Turn billing alerts on in the console.`);
    }
    if ((await readBillingAlertsPreference(context.aws)).state !== 'on')
      showWarning(context.dialogue, 'AWS accepted that, but does not show billing alerts as on yet.');
  },
});

/** An action that turns on billing alerts, if AWS says that they are off (or does not say) and this account decides. */
export const enableBillingAlerts = ({
  metricPublished,
  isMemberAccount,
  preference,
}: BillingAlarmFacts): readonly Action[] => {
  const { keys } = preference;
  if (metricPublished || isMemberAccount || keys.length === 0) return [];
  const billingPreferencesPerKey = keys.map((key) => ({ key, value: 'ENABLED' as const }));
  const command = new UpdateBillingPreferencesCommand({
    feature: billingAlertsFeature,
    billingPreferencesPerKey,
  });
  const why = 'turn on billing alerts: free, and AWS has no way to turn them off again';
  return [withConsoleFallback(call('billing', command, why))];
};
