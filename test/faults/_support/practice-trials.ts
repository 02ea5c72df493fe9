import type { CallPlugin } from '../../../src/aws/clients.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import {
  createAccessDeniedError,
  createConnectionResetError,
  createExpiredTokenError,
  createThrottlingError,
  type Faults,
} from '../../../src/practice/faults.ts';
import { createNotFromAwsError } from '../../../src/aws/errors/network.ts';
import { ErrorResponse } from '../../../src/practice/error-response.ts';
import type { Moment } from '../../_support/starting-accounts.ts';
import { staleFor } from './staleness.ts';

/** What can go wrong at a call of the practice account. */
export type PracticeTrial = {
  /** The SDK's retries, or the program's patience, are to get over it, so that the owner sees nothing. */
  heals: boolean;
  /** What the owner is told, where it does not heal. */
  says?: RegExp;
  faults?: (moment: Moment) => Faults;
  /** What surrounds every call, outside the SDK's retries. */
  around?: (moment: Moment, clock: Clock) => CallPlugin;
  /** It is about no call in particular, so that a step is tried once. */
  throughout?: true;
};

const failure = () => new ErrorResponse('InternalFailure', 500, 'The request processing has failed');
const unavailable = () =>
  new ErrorResponse('ServiceUnavailable', 503, 'Service is unable to handle the request');
const revocation = () =>
  new ErrorResponse('InvalidClientTokenId', 403, 'The security token included in the request is invalid');
const skew = () =>
  new ErrorResponse(
    'RequestTimeTooSkewed',
    403,
    'The difference between the request time and the current time is too large.',
  );

const ofNode = (name: string, code: string, syscall: string) => () =>
  Object.assign(new Error(`${syscall} ${code}`), { name, code, syscall, hostname: 'iam.amazonaws.com' });
const noAddress = ofNode('Error', 'ENOTFOUND', 'getaddrinfo');
const noAnswer = ofNode('TimeoutError', 'ETIMEDOUT', 'read');

/** What the SDK throws where HTML came in place of XML or JSON. */
const page = (status: number) => () =>
  Object.assign(new SyntaxError('Unexpected token < in JSON'), { $metadata: { httpStatusCode: status } });

const twice =
  (answer: () => Error) =>
  ({ operation, nth }: Moment): Faults => ({
    getError: (called, now) => (called === operation && now >= nth && now < nth + 2 ? answer() : undefined),
  });

const once =
  (answer: () => Error) =>
  ({ operation, nth }: Moment): Faults => ({
    getError: (called, now) => (called === operation && now === nth ? answer() : undefined),
  });

/** From this call on, every call of the operation is answered like this. */
const forGood =
  (answer: (operation: string) => Error) =>
  ({ operation, nth }: Moment): Faults => ({
    getError: (called, now) => (called === operation && now >= nth ? answer(operation) : undefined),
  });

/** From this call on, every call of whatever operation is answered like this. */
const fromThenOn =
  (answer: () => Error) =>
  ({ operation, nth }: Moment): Faults => {
    let begun = false;
    return {
      getError: (called, now) => {
        begun ||= called === operation && now === nth;
        return begun ? answer() : undefined;
      },
    };
  };

/** The answer to this call takes almost as long as the program waits for one. */
const slow = ({ operation, nth }: Moment, clock: Clock): CallPlugin => {
  let times = 0;
  return async ({ operation: called }, next) => {
    if (called === operation) times += 1;
    if (called === operation && times === nth) await clock.sleep(14_000);
    return next();
  };
};

const passing = (faults: PracticeTrial['faults']): PracticeTrial => ({
  heals: true,
  ...(faults && { faults }),
});

const lasting = (says: RegExp, faults: (moment: Moment) => Faults): PracticeTrial => ({
  heals: false,
  says,
  faults,
});

/**
 * The same kinds of fault as in front of moto, by what they are called, but for those that need HTTP: an answer after
 * the limit, and a clock that the SDK sets right. A page is thrown as the SDK or the transport throws one.
 */
export const practiceTrials: Readonly<Record<string, PracticeTrial>> = {
  throttled: passing(twice(createThrottlingError)),
  'a 500': passing(twice(failure)),
  'a 503': passing(twice(unavailable)),
  'a 502 in HTML': passing(once(page(502))),
  'a 502 in HTML for good': lasting(/HTTP 502/, forGood(page(502))),
  'a reset connection': passing(once(createConnectionResetError)),
  'a lost answer': passing(({ operation, nth }) => ({
    shouldLoseResponse: (called, now) => called === operation && now === nth,
  })),
  'a slow answer': { heals: true, around: slow },
  'no answer': passing(once(noAnswer)),
  'a captive portal': lasting(/Something in between answered instead of AWS/, once(page(200))),
  'a captive portal that looks like an empty answer': lasting(
    /Something in between answered instead of AWS/,
    forGood(() => createNotFromAwsError(200)),
  ),
  'a wrong clock': lasting(/The clock of this computer is wrong/, fromThenOn(skew)),
  'a 500 for good': lasting(/the fault is on its side/, forGood(failure)),
  'throttled for good': lasting(/AWS asks for fewer calls at a time/, forGood(createThrottlingError)),
  'no address any more': lasting(
    /The address of iam\.amazonaws\.com could not be found/,
    fromThenOn(noAddress),
  ),
  'an expired session': lasting(/The session has expired\./, fromThenOn(createExpiredTokenError)),
  'a revoked key': lasting(
    /does not accept these credentials|does not let this session call IAM/,
    fromThenOn(revocation),
  ),
  'a missing permission': lasting(/You are not allowed /, forGood(createAccessDeniedError)),
  'changes seen after thirty seconds': {
    heals: true,
    around: (_, clock) => staleFor(clock, 30_000),
    throughout: true,
  },
};
