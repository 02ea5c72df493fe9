import type { Account } from '../aws/account.ts';
import type { Action } from '../aws/action.ts';
import type { BillingFacts } from './billing-facts.ts';

/**
 * Whether "Receive CloudWatch billing alerts" is on. `keys` are what AWS calls it in this account. Unknown where AWS
 * refuses to say or answers with something else than is documented: then only the metric can tell.
 */
export type Preference = { state: 'on' } | { state: 'off'; keys: readonly string[] } | { state: 'unknown' };

/** Asks AWS whether billing alerts are on. */
export const readPreference = async (_aws: Account): Promise<Preference> => ({ state: 'unknown' });

/** Nothing yet. */
export const turnOnAlerts = (_facts: BillingFacts): readonly Action[] => [];
