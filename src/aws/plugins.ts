import type { Clock } from '../lib/clock.ts';
import type { AwsCall, CallPlugin } from './clients.ts';
import { isRead } from './operation-name.ts';

/** One call that a finding rests on. */
export type Evidence = { operation: string; at: string };

/** Keeps which calls were made and when; neither inputs nor answers, since they may hold secrets. */
export const createRecordingPlugin =
  (evidence: Evidence[], clock: Clock): CallPlugin =>
  (call, next) => {
    evidence.push({ operation: call.operation, at: clock.now().toISOString() });
    return next();
  };

/** Lets nothing through that could change the account: the guarantee behind "looking changes nothing". */
export const readOnlyPlugin = (call: AwsCall, next: () => Promise<object>): Promise<object> => {
  if (!isRead(call.operation)) throw new Error(`a look at the account tried to call ${call.operation}`);
  return next();
};

/** Makes each read once and shares its answer: what several steps of one look need is asked for once. */
export const createReadCachePlugin = (): CallPlugin => {
  const answers = new Map<string, Promise<object>>();
  return (call, next) => {
    const key = `${call.region} ${call.operation} ${JSON.stringify(call.input)}`;
    const known = answers.get(key);
    if (known) return known;
    const answer = next();
    answers.set(key, answer);
    return answer;
  };
};
