import type { CallPlugin } from '../../../src/aws/clients.ts';
import { isRead } from '../../../src/aws/operation-name.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Answer, Disturbance, Exchange, ProxiedCall } from '../../_support/aws-proxy.ts';

/** Says of a moment whether reads show what was before the last change. */
type Window = { begin(): void; isOpen(): boolean };

const forMoments = (clock: Clock, ms: number): Window => {
  let until = 0;
  const now = () => clock.now().getTime();
  return {
    begin: () => {
      until = now() + ms;
    },
    isOpen: () => now() < until,
  };
};

const forReads = (reads: number): Window => {
  let left = 0;
  return {
    begin: () => {
      left = reads;
    },
    isOpen: () => {
      left -= 1;
      return left >= 0;
    },
  };
};

const staleIn = (window: Window): Disturbance => {
  const known = new Map<string, Answer>();
  const key = ({ operation, body }: ProxiedCall) => `${operation} ${body}`;
  const reading = async ({ call, forward, reply }: Exchange) => {
    const old = window.isOpen() ? known.get(key(call)) : undefined;
    const answer = old ?? (await forward());
    known.set(key(call), answer);
    reply(answer);
  };
  const changing = async ({ forward, reply }: Exchange) => {
    const answer = await forward();
    window.begin();
    reply(answer);
  };
  return ({ operation }) => (isRead(operation) ? reading : changing);
};

/** After each change, so many reads are answered as they were before it: what AWS calls eventually consistent. */
export const lagging = (reads: number): Disturbance => staleIn(forReads(reads));

/** For so long after each change, on the program's clock, everything that was read before is answered as it was. */
export const laggingFor = (clock: Clock, ms: number): Disturbance => staleIn(forMoments(clock, ms));

/** The same around the practice account. */
export const staleFor = (clock: Clock, ms: number): CallPlugin => {
  const known = new Map<string, object>();
  const window = forMoments(clock, ms);
  return async ({ operation, input }, next) => {
    const key = `${operation} ${JSON.stringify(input)}`;
    const old = isRead(operation) && window.isOpen() ? known.get(key) : undefined;
    const answer = old ?? (await next());
    if (isRead(operation)) known.set(key, answer);
    else window.begin();
    return answer;
  };
};
