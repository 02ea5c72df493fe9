import {
  GetBillingPreferencesCommand,
  UpdateBillingPreferencesCommand,
  type BillingPreference,
} from '../../aws/json/billing.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { call, type Action, type ActionContext } from '../../core/action.ts';
import { undefinedIf } from '../../aws/errors/codes.ts';
import { endsSession, explainError, isTolerable } from '../../aws/errors/explain.ts';
import type { BillingAlarmFacts, BillingAlertsPreference } from './facts.ts';

const billingAlertsFeature = 'BILLING_ALERTS';

/** Not documented; it is what accounts were seen to answer, so it is tried where AWS lists nothing. */
const fallbackPreferenceKey = 'cloudwatch';

/** Where AWS lists more than one, the others may be about something else, and stay as they are. */
const isBillingAlertsEntry = ({ key }: BillingPreference): boolean => /cloudwatch|alert/i.test(key);

/** What the listed preferences come to. */
const parseBillingAlertsPreference = (listed: readonly BillingPreference[]): BillingAlertsPreference => {
  const ours = listed.filter((one) => one.feature === billingAlertsFeature);
  if (ours.length === 0) return { state: 'unknown', keys: [fallbackPreferenceKey] };
  const meant = ours.length === 1 ? ours : ours.filter(isBillingAlertsEntry);
  const known = meant.length > 0 && meant.every(({ value }) => value === 'ENABLED' || value === 'DISABLED');
  if (!known) return { state: 'unknown', keys: [] };
  const off = meant.filter(({ value }) => value === 'DISABLED').map(({ key }) => key);
  return { state: off.length === 0 ? 'on' : 'off', keys: off };
};

/** Asks AWS whether billing alerts are on. */
export const readBillingAlertsPreference = async (aws: AwsClients): Promise<BillingAlertsPreference> => {
  const answer = await undefinedIf(
    isTolerable,
    aws.billing.send(new GetBillingPreferencesCommand({ features: [billingAlertsFeature] })),
  );
  return answer
    ? parseBillingAlertsPreference(answer.billingPreferences ?? [])
    : { state: 'unknown', keys: [] };
};

const showPreferenceWarning = ({ dialogue }: ActionContext, text: string): void =>
  dialogue.show({ kind: 'text', tone: 'warning', text });

/** The console is left as a way, so that a refusal here is told and no end. */
const withConsoleFallback = (action: Action): Action => ({
  ...action,
  perform: async (hands) => {
    try {
      await action.perform(hands);
    } catch (error) {
      const problem = explainError(error, 'billing:UpdateBillingPreferences');
      if (!problem || endsSession(error)) throw error;
      return showPreferenceWarning(
        hands,
        `${problem.message} You can turn billing alerts on in the console.`,
      );
    }
    if ((await readBillingAlertsPreference(hands.aws)).state !== 'on')
      showPreferenceWarning(
        hands,
        'AWS has accepted that, but does not show billing alerts as on yet: its figures will tell.',
      );
  },
});

/** The action that turns billing alerts on, where AWS says or may mean that they are off, and this account decides. */
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
  const why = `turn on "Receive CloudWatch billing alerts" (AWS calls it ${keys.join(', ')} here); it costs nothing and cannot be turned off again`;
  return [withConsoleFallback(call('billing', command, why))];
};
