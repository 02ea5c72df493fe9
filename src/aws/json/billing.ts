import type { MetadataBearer } from '@smithy/types';
import * as v from 'valibot';
import { createCommandClassFactory, createStructureSchema } from './command.ts';
import { JsonClient, type JsonClientConfig } from './client.ts';

/** AWS has more billing features. This program uses only this one. */
export type BillingFeature = 'BILLING_ALERTS';

/** AWS documents only `ENABLED` and `DISABLED` for `value`. */
export type BillingPreference = { feature: string; key: string; value: string };

/** AWS reads the preferences of exactly one feature at a time. */
export type GetBillingPreferencesCommandInput = {
  features: readonly [BillingFeature];
  nextToken?: string | undefined;
};

/** A page of preferences. The list is always present: an answer without it is rejected as not coming from AWS. */
export type GetBillingPreferencesCommandOutput = MetadataBearer & {
  billingPreferences?: BillingPreference[];
  nextToken?: string | undefined;
};

/** Sets preferences by key. Keys that are not named keep their value. */
export type UpdateBillingPreferencesCommandInput = {
  feature: BillingFeature;
  billingPreferencesPerKey: readonly { key: string; value: 'ENABLED' | 'DISABLED' }[];
};

export type UpdateBillingPreferencesCommandOutput = MetadataBearer;

export type ServiceInputTypes = GetBillingPreferencesCommandInput | UpdateBillingPreferencesCommandInput;
type ServiceOutputTypes = GetBillingPreferencesCommandOutput | UpdateBillingPreferencesCommandOutput;

const billingTarget = 'AWSBilling';

const preferenceSchema = v.object({ feature: v.string(), key: v.string(), value: v.string() });

const billingResponseSchemas = {
  GetBillingPreferences: v.object({
    billingPreferences: v.array(preferenceSchema),
    // AWS sends null on the last page (AWS Billing API Reference, GetBillingPreferences).
    nextToken: v.optional(v.string()),
  }),
  UpdateBillingPreferences: v.object({}),
};

/** AWS Billing, limited to the two operations on preferences (API of 2023-09-07, as of July 2026). */
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
