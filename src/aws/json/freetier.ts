import type { MetadataBearer } from '@smithy/types';
import * as v from 'valibot';
import { commandsOf, structure } from './command.ts';
import { JsonClient, type JsonClientConfig } from './client.ts';

/** Asks for nothing but the plan of the account that asks. */
export type GetAccountPlanStateCommandInput = Readonly<Record<string, never>>;

/**
 * The plan of an account. `accountPlanType` is `FREE` or `PAID`, `accountPlanStatus` `NOT_STARTED`, `ACTIVE` or
 * `EXPIRED`, as far as is documented; what AWS did not say in a form that can be understood is left out.
 */
export type GetAccountPlanStateCommandOutput = MetadataBearer & {
  accountPlanType?: string | undefined;
  accountPlanStatus?: string | undefined;
  accountPlanRemainingCredits?: { amount?: number | undefined; unit?: string | undefined } | undefined;
  accountPlanExpirationDate?: Date | undefined;
};

const target = 'AWSFreeTierService';

const leftOut = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.optional(schema), undefined);

// AWS's model says ISO 8601 here, where JSON 1.0 has seconds since 1970 by default.
const moment = v.pipe(
  v.union([v.date(), v.pipe(v.string(), v.isoTimestamp()), v.number()]),
  v.transform((value) => new Date(typeof value === 'number' ? value * 1000 : value)),
  v.check((date) => !Number.isNaN(date.getTime())),
);

const shapes = {
  GetAccountPlanState: v.object({
    accountPlanType: leftOut(v.string()),
    accountPlanStatus: leftOut(v.string()),
    accountPlanRemainingCredits: leftOut(
      v.object({ amount: leftOut(v.pipe(v.number(), v.finite())), unit: leftOut(v.string()) }),
    ),
    accountPlanExpirationDate: leftOut(moment),
  }),
};

/** AWS Free Tier, of which one operation is known (API of 2023-09-07). Nothing here can change the plan. */
export class FreeTierClient extends JsonClient<
  GetAccountPlanStateCommandInput,
  GetAccountPlanStateCommandOutput
> {
  constructor(config: JsonClientConfig) {
    super({ serviceId: 'FreeTier', signingName: 'freetier', target, shapes }, config);
  }
}

const command = commandsOf<GetAccountPlanStateCommandInput, GetAccountPlanStateCommandOutput>(
  target,
  'FreeTierClient',
);

/** Reads which plan the account is on, and what is left of its credits. */
export class GetAccountPlanStateCommand extends command('GetAccountPlanState', {
  output: {
    accountPlanType: 0,
    accountPlanStatus: 0,
    accountPlanRemainingCredits: () => structure('MonetaryAmount', { amount: 1, unit: 0 }),
    accountPlanExpirationDate: 0,
  },
}) {}
