import { ServiceException } from '@smithy/core/client';
import { recordBillingAlerts } from '../world/bill.ts';
import { paginate, type OperationContext } from '../operation.ts';
import type { PracticeService } from '../service.ts';
import { createJsonAccessDeniedError, ErrorResponse } from '../error-response.ts';
import { getCallerIdentity } from '../caller.ts';
import type { World } from '../world/world.ts';

type GetPreferencesInput = { features?: readonly string[]; maxResults?: number; nextToken?: string };
type UpdatePreferencesInput = {
  feature?: string;
  billingPreferencesPerKey?: readonly { key?: string; value?: string }[];
};

const supportedFeature = 'BILLING_ALERTS';

/** The key of the one preference for billing alerts. AWS does not document it, but real accounts return it. */
const billingAlertsKey = 'cloudwatch';

const createBillingValidationError = (message: string) =>
  new ErrorResponse('ValidationException', 400, message);

const denyIfConfigured = (world: World, operation: string): void => {
  if (world.billing.preferences === 'refused')
    throw createJsonAccessDeniedError(operation, getCallerIdentity(world).Arn);
};

const listPreferences = ({ billing }: World): { feature: string; key: string; value: string }[] => {
  if (billing.preferences === 'empty') return [];
  if (billing.preferences === 'strange')
    return [{ feature: supportedFeature, key: 'alerts/v2', value: 'PARTIALLY_ENABLED' }];
  return [
    { feature: supportedFeature, key: billingAlertsKey, value: billing.alertsSince ? 'ENABLED' : 'DISABLED' },
  ];
};

const getBillingPreferences = ({ world }: OperationContext, input: GetPreferencesInput): object => {
  denyIfConfigured(world, 'billing:GetBillingPreferences');
  const { features = [], maxResults = 50, nextToken } = input;
  if (features.length !== 1) throw createBillingValidationError('features must contain exactly one feature.');
  if (features[0] !== supportedFeature)
    throw createBillingValidationError(`The practice account knows the feature ${supportedFeature} only.`);
  const { items, next } = paginate(listPreferences(world), nextToken, maxResults, () =>
    createBillingValidationError('Invalid nextToken.'),
  );
  return { billingPreferences: items, ...(next && { nextToken: next }) };
};

const updateBillingPreferences = (
  { world, now }: OperationContext,
  input: UpdatePreferencesInput,
): object => {
  denyIfConfigured(world, 'billing:UpdateBillingPreferences');
  const { billingPreferencesPerKey: preferences = [] } = input;
  if (input.feature !== supportedFeature)
    throw createBillingValidationError(`The practice account knows the feature ${supportedFeature} only.`);
  if (preferences.length === 0)
    throw createBillingValidationError('billingPreferencesPerKey must not be empty.');
  const keys = preferences.map(({ key }) => key);
  if (new Set(keys).size < keys.length)
    throw createBillingValidationError('billingPreferencesPerKey must not repeat a key.');
  for (const { key, value } of preferences) {
    if (key !== billingAlertsKey || world.billing.preferences === 'strange') {
      throw createBillingValidationError(
        `The preference key ${key ?? ''} is not valid for the feature ${supportedFeature}.`,
      );
    }
    // The console cannot turn billing alerts off again. What the API would answer is unknown.
    if (value !== 'ENABLED')
      throw createBillingValidationError(`The preference value ${value ?? ''} is not valid here.`);
  }
  recordBillingAlerts(world, now.toISOString());
  return {};
};

/** AWS Billing, limited to its preferences. */
export const billingService: PracticeService = {
  operations: {
    GetBillingPreferences: getBillingPreferences,
    UpdateBillingPreferences: updateBillingPreferences,
  },
  errors: { base: ServiceException },
};
