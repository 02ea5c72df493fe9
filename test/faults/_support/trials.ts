import type { Moment } from '../../_support/starting-accounts.ts';
import type { Surroundings } from './attempt.ts';
import * as faults from './faults.ts';
import type { Names } from './names.ts';
import type { Disturbance, Fault } from '../../_support/aws-proxy.ts';

/** What can go wrong at a call. `heals`: the SDK's own retries are to get over it, so that the owner sees nothing. */
export type Trial = {
  heals: boolean;
  /** What the owner is told, where it does not heal. */
  says?: RegExp;
  at: (moment: Moment) => Disturbance;
  /** Nothing may be sent a second time for it. */
  sentOnce?: true;
  around?: Surroundings;
};

const passing = (fault: Fault): Trial => ({ heals: true, at: (moment) => faults.once(fault, moment) });

/** The kinds of fault that the proxy in front of moto makes, by what they are called. */
export const trialsIn = (names: Names): Readonly<Record<string, Trial>> => ({
  throttled: passing(faults.throttled),
  'a 500': passing(faults.failed),
  'a 503': passing(faults.unavailable),
  'a 502 in HTML': passing(faults.badGateway),
  'a 502 in HTML for good': {
    heals: false,
    says: /HTTP 502/,
    at: (moment) => faults.always(faults.badGateway, moment),
  },
  'a reset connection': passing(faults.reset),
  'a lost answer': passing(faults.lost),
  'a slow answer': { ...passing(faults.late(1_000)), sentOnce: true },
  // Carried out, given up, and sent again while the first answer is on its way.
  'an answer after the program has given up': {
    ...passing(faults.late(2_500)),
    around: { requestTimeout: 2_000 },
  },
  'no answer': { ...passing(faults.silent), around: { requestTimeout: 2_000 } },
  'a captive portal': {
    heals: false,
    says: /answered, but not as AWS does/,
    at: (moment) => faults.once(faults.captivePortal, moment),
  },
  'a captive portal that looks like an empty answer': {
    heals: false,
    says: /answered, but not as AWS does/,
    at: (moment) => faults.always(faults.tidyPortal, moment),
  },
  'a wrong clock that the SDK sets right': { heals: true, at: faults.slowClockFrom },
  'a wrong clock': {
    heals: false,
    says: /The clock of this computer is wrong/,
    at: (moment) => faults.fromThenOn(faults.clockWrong, moment),
  },
  'a 500 for good': {
    heals: false,
    says: /the fault is on its side/,
    at: (moment) => faults.always(faults.failed, moment),
  },
  'throttled for good': {
    heals: false,
    says: /AWS asks for fewer calls at a time/,
    at: (moment) => faults.always(faults.throttled, moment),
  },
  'no address any more': {
    heals: false,
    says: /The address of aws\.test\S* could not be found/,
    at: (moment) => names.goneAt(moment),
  },
  'an expired session': {
    heals: false,
    says: /The session has expired\./,
    at: (moment) => faults.fromThenOn(faults.expired, moment),
  },
  'a revoked key': {
    heals: false,
    says: /does not accept these credentials|does not let this session call IAM/,
    at: (moment) => faults.fromThenOn(faults.revoked, moment),
  },
  'a missing permission': {
    heals: false,
    says: /You are not allowed /,
    at: (moment) => faults.always(faults.forbidden, moment),
  },
});
