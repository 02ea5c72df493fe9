import { alertsTurnedOn } from '../world/bill.ts';
import { type Operations, pageOf, type Visit } from '../operation.ts';
import { accessDeniedAsJson, Refusal } from '../refusal.ts';
import { identityOf } from '../caller.ts';
import type { World } from '../world/world.ts';

type GetInput = { features?: readonly string[]; maxResults?: number; nextToken?: string };
type UpdateInput = {
  feature?: string;
  billingPreferencesPerKey?: readonly { key?: string; value?: string }[];
};

const feature = 'BILLING_ALERTS';

/** The key of the one preference for billing alerts. AWS does not document it; real accounts were seen to answer it. */
const knownKey = 'cloudwatch';

const invalid = (message: string) => new Refusal('ValidationException', 400, message);

const refuseWhereAsked = (world: World, operation: string): void => {
  if (world.billing.preferences === 'refused') throw accessDeniedAsJson(operation, identityOf(world).Arn);
};

const preferencesIn = ({ billing }: World): { feature: string; key: string; value: string }[] => {
  if (billing.preferences === 'empty') return [];
  if (billing.preferences === 'strange') return [{ feature, key: 'alerts/v2', value: 'PARTIALLY_ENABLED' }];
  return [{ feature, key: knownKey, value: billing.alertsSince ? 'ENABLED' : 'DISABLED' }];
};

const getBillingPreferences = ({ world }: Visit, input: GetInput): object => {
  refuseWhereAsked(world, 'billing:GetBillingPreferences');
  const { features = [], maxResults = 50, nextToken } = input;
  if (features.length !== 1) throw invalid('features must contain exactly one feature.');
  if (features[0] !== feature) throw invalid(`The practice account knows the feature ${feature} only.`);
  const { items, next } = pageOf(preferencesIn(world), nextToken, maxResults, () =>
    invalid('Invalid nextToken.'),
  );
  return { billingPreferences: items, ...(next && { nextToken: next }) };
};

const updateBillingPreferences = ({ world, now }: Visit, input: UpdateInput): object => {
  refuseWhereAsked(world, 'billing:UpdateBillingPreferences');
  const { billingPreferencesPerKey: preferences = [] } = input;
  if (input.feature !== feature) throw invalid(`The practice account knows the feature ${feature} only.`);
  if (preferences.length === 0) throw invalid('billingPreferencesPerKey must not be empty.');
  const keys = preferences.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw invalid('billingPreferencesPerKey must not repeat a key.');
  for (const { key, value } of preferences) {
    if (key !== knownKey || world.billing.preferences === 'strange') {
      throw invalid(`The preference key ${key ?? ''} is not valid for the feature ${feature}.`);
    }
    // The console cannot turn them off again; what the API would answer is not known.
    if (value !== 'ENABLED') throw invalid(`The preference value ${value ?? ''} is not valid here.`);
  }
  alertsTurnedOn(world, now.toISOString());
  return {};
};

/** The operations of AWS Billing on preferences. */
export const billingOperations = {
  GetBillingPreferences: getBillingPreferences,
  UpdateBillingPreferences: updateBillingPreferences,
} satisfies Operations;
