import type { MetadataBearer } from '@smithy/types';
import * as v from 'valibot';
import { createCommandClassFactory, createStructureSchema } from './command.ts';
import { JsonClient, type JsonClientConfig } from './client.ts';

/** What billing preferences are for; there are more features, which this program has no use for. */
export type BillingFeature = 'BILLING_ALERTS';

/** One preference as AWS tells it. `value` is `ENABLED` or `DISABLED`, as far as is documented. */
export type BillingPreference = { feature: string; key: string; value: string };

/** Asks for the preferences of exactly one feature. */
export type GetBillingPreferencesCommandInput = {
  features: readonly [BillingFeature];
  nextToken?: string | undefined;
};

/** A page of preferences. The list is always there: an answer without one is refused as no answer of AWS. */
export type GetBillingPreferencesCommandOutput = MetadataBearer & {
  billingPreferences?: BillingPreference[];
  nextToken?: string | undefined;
};

/** Sets preferences by their keys; keys that are not named stay as they are. */
export type UpdateBillingPreferencesCommandInput = {
  feature: BillingFeature;
  billingPreferencesPerKey: readonly { key: string; value: 'ENABLED' | 'DISABLED' }[];
};

/** Nothing but that it worked. */
export type UpdateBillingPreferencesCommandOutput = MetadataBearer;

/** What can be asked of the service. */
export type ServiceInputTypes = GetBillingPreferencesCommandInput | UpdateBillingPreferencesCommandInput;
type ServiceOutputTypes = GetBillingPreferencesCommandOutput | UpdateBillingPreferencesCommandOutput;

const billingTarget = 'AWSBilling';

const preferenceSchema = v.object({ feature: v.string(), key: v.string(), value: v.string() });

const billingResponseSchemas = {
  GetBillingPreferences: v.object({
    billingPreferences: v.array(preferenceSchema),
    // Null where there is no further page (AWS Billing API Reference, GetBillingPreferences).
    nextToken: v.optional(v.string()),
  }),
  UpdateBillingPreferences: v.object({}),
};

/** AWS Billing, of which the two operations on preferences are known (API of 2023-09-07, as of July 2026). */
export class BillingClient extends JsonClient<ServiceInputTypes, ServiceOutputTypes> {
  constructor(config: JsonClientConfig) {
    super(
      {
        serviceId: 'Billing',
        signingName: 'billing',
        target: billingTarget,
        responseSchemas: billingResponseSchemas,
      },
      config,
    );
  }
}

const createBillingCommandClass = createCommandClassFactory<ServiceInputTypes, ServiceOutputTypes>(
  billingTarget,
  'BillingClient',
);

const stringListType = 64;

/** Reads the preferences of a feature. */
export class GetBillingPreferencesCommand extends createBillingCommandClass<
  GetBillingPreferencesCommandInput,
  GetBillingPreferencesCommandOutput
>('GetBillingPreferences', {
  input: { features: stringListType, nextToken: 0 },
  output: {
    billingPreferences: [1, 'com.amazonaws', 'BillingPreferences', 0, () => preferenceSummaryStructure],
    nextToken: 0,
  },
}) {}

const preferenceSummaryStructure = createStructureSchema('BillingPreferenceSummary', {
  feature: 0,
  key: 0,
  value: 0,
});

/** Sets preferences of a feature. */
export class UpdateBillingPreferencesCommand extends createBillingCommandClass<
  UpdateBillingPreferencesCommandInput,
  UpdateBillingPreferencesCommandOutput
>('UpdateBillingPreferences', {
  input: {
    feature: 0,
    billingPreferencesPerKey: [
      1,
      'com.amazonaws',
      'BillingPreferencesPerKey',
      0,
      () => preferencePerKeyStructure,
    ],
  },
}) {}

const preferencePerKeyStructure = createStructureSchema('BillingPreferenceForKey', { key: 0, value: 0 });
