import type { LookupFunction } from 'node:net';
import type { Moment } from '../../_support/starting-accounts.ts';
import type { Disturbance } from '../../_support/aws-proxy.ts';

/** A name under which this machine can be found, until it cannot: DNS that fails in the middle of a run. */
export type Names = {
  /** The same address as `url`, by name. */
  urlOf(url: string): string;
  lookup: LookupFunction;
  /** From this call on, which is not carried out, the name has no address any more. */
  goneAt(moment: Moment): Disturbance;
  restore(): void;
};

const hostname = 'aws.test';

const notFound = () =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    errno: -3008,
    syscall: 'getaddrinfo',
    hostname,
  });

/** Makes one. */
export const makeNames = (): Names => {
  let gone = false;
  return {
    urlOf: (url) => url.replace('127.0.0.1', hostname),
    lookup: (_name, { all }, answer) => {
      if (gone) answer(notFound(), []);
      else if (all) answer(null, [{ address: '127.0.0.1', family: 4 }]);
      else answer(null, '127.0.0.1', 4);
    },
    goneAt: (moment) => (call) => {
      gone ||= call.operation === moment.operation && call.nth === moment.nth;
      return gone ? ({ breakOff }) => breakOff() : undefined;
    },
    restore: () => {
      gone = false;
    },
  };
};
