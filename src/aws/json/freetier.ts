import type { MetadataBearer } from '@smithy/types';
import * as v from 'valibot';
import { createCommandClassFactory, createStructureSchema } from './command.ts';
import { JsonClient, type JsonClientConfig } from './client.ts';

export type GetAccountPlanStateCommandInput = Readonly<Record<string, never>>;

/**
 * AWS documents `FREE` and `PAID` for `accountPlanType`, and `NOT_STARTED`, `ACTIVE` and `EXPIRED` for
 * `accountPlanStatus`. Members that AWS did not send, or sent in an unknown form, are left out.
 */
export type GetAccountPlanStateCommandOutput = MetadataBearer & {
  accountPlanType?: string | undefined;
  accountPlanStatus?: string | undefined;
  accountPlanRemainingCredits?: { amount?: number | undefined; unit?: string | undefined } | undefined;
  accountPlanExpirationDate?: Date | undefined;
};

const freeTierTarget = 'AWSFreeTierService';

const createLenientSchema = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.optional(schema), undefined);

// AWS's model uses ISO 8601 here, although the default of JSON 1.0 is seconds since 1970.
const awsTimestampSchema = v.pipe(
  v.union([v.date(), v.pipe(v.string(), v.isoTimestamp()), v.number()]),
  v.transform((value) => new Date(typeof value === 'number' ? value * 1000 : value)),
  v.check((date) => !Number.isNaN(date.getTime())),
);

const freeTierResponseSchemas = {
  GetAccountPlanState: v.object({
    accountPlanType: createLenientSchema(v.string()),
    accountPlanStatus: createLenientSchema(v.string()),
    accountPlanRemainingCredits: createLenientSchema(
      v.object({
        amount: createLenientSchema(v.pipe(v.number(), v.finite())),
        unit: createLenientSchema(v.string()),
      }),
    ),
    accountPlanExpirationDate: createLenientSchema(awsTimestampSchema),
  }),
};

/** AWS Free Tier, limited to one operation (API of 2023-09-07). Nothing here can change the plan. */
export class FreeTierClient extends JsonClient<
  GetAccountPlanStateCommandInput,
  GetAccountPlanStateCommandOutput
> {
  constructor(config: JsonClientConfig) {
    super(
      {
        serviceId: 'FreeTier',
        signingName: 'freetier',
        target: freeTierTarget,
        responseSchemas: freeTierResponseSchemas,
      },
      config,
    );
  }
}

const createFreeTierCommandClass = createCommandClassFactory<
  GetAccountPlanStateCommandInput,
  GetAccountPlanStateCommandOutput
>(freeTierTarget, 'FreeTierClient');

/** Reads the account's plan and its remaining credits. */
export class GetAccountPlanStateCommand extends createFreeTierCommandClass('GetAccountPlanState', {
  output: {
    accountPlanType: 0,
    accountPlanStatus: 0,
    accountPlanRemainingCredits: () => createStructureSchema('MonetaryAmount', { amount: 1, unit: 0 }),
    accountPlanExpirationDate: 0,
  },
}) {}
