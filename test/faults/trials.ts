import type { Surroundings } from './attempt.ts';
import * as faults from './faults.ts';
import type { Names } from './names.ts';
import type { Disturbance, Fault } from './proxy.ts';

/** What can go wrong at a call. `heals`: the SDK's own retries are to get over it, so that the owner sees nothing. */
export type Trial = {
  heals: boolean;
  /** What the owner is told, where it does not heal. */
  says?: RegExp;
  at: (operation: string) => Disturbance;
  around?: Surroundings;
};

const passing = (fault: Fault): Trial => ({ heals: true, at: (operation) => faults.once(fault, operation) });

/** The kinds of fault that the proxy in front of moto makes, by what they are called. */
export const trialsIn = (names: Names): Readonly<Record<string, Trial>> => ({
  throttled: passing(faults.throttled),
  'a 500': passing(faults.failed),
  'a 503': passing(faults.unavailable),
  'a 502 in HTML': passing(faults.badGateway),
  'a 502 in HTML for good': {
    heals: false,
    says: /HTTP 502/,
    at: (operation) => faults.always(faults.badGateway, operation),
  },
  'a reset connection': passing(faults.reset),
  'a lost answer': passing(faults.lost),
  'a slow answer': passing(faults.slow),
  'no answer': { ...passing(faults.silent), around: { requestTimeout: 2_000 } },
  'a captive portal': {
    heals: false,
    says: /Something in between answered instead of AWS/,
    at: (operation) => faults.once(faults.captivePortal, operation),
  },
  'a captive portal that looks like an empty answer': {
    heals: false,
    says: /Something in between answered instead of AWS/,
    at: (operation) => faults.always(faults.tidyPortal, operation),
  },
  'a wrong clock': {
    heals: false,
    says: /The clock of this computer is wrong/,
    at: (operation) => faults.fromThenOn(faults.clockWrong, operation),
  },
  'a 500 for good': {
    heals: false,
    says: /the fault is on its side/,
    at: (operation) => faults.always(faults.failed, operation),
  },
  'throttled for good': {
    heals: false,
    says: /AWS wants fewer calls at a time/,
    at: (operation) => faults.always(faults.throttled, operation),
  },
  'no address any more': {
    heals: false,
    says: /The address of aws\.test\S* could not be found/,
    at: (operation) => names.goneAt(operation),
  },
  'an expired session': {
    heals: false,
    says: /The session has expired\./,
    at: (operation) => faults.fromThenOn(faults.expired, operation),
  },
  'a revoked key': {
    heals: false,
    says: /does not accept these credentials|does not let this session call IAM/,
    at: (operation) => faults.fromThenOn(faults.revoked, operation),
  },
  'a missing permission': {
    heals: false,
    says: /You are not allowed /,
    at: (operation) => faults.always(faults.forbidden, operation),
  },
});
