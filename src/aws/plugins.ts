import type { Clock } from '../lib/clock.ts';
import type { AwsCall, CallPlugin } from './clients.ts';
import { isRead } from './operation-name.ts';

/** A call that a finding is based on. */
export type Evidence = { operation: string; at: string };

/** Records which calls were made and when. Inputs and answers are not recorded, since they may contain secrets. */
export const createRecordingPlugin =
  (evidence: Evidence[], clock: Clock): CallPlugin =>
  (call, next) => {
    evidence.push({ operation: call.operation, at: clock.now().toISOString() });
    return next();
  };

/** Blocks every call that could change the account. This guarantees that a check changes nothing. */
export const readOnlyPlugin = (call: AwsCall, next: () => Promise<object>): Promise<object> => {
  if (!isRead(call.operation)) throw new Error(`a look at the account tried to call ${call.operation}`);
  return next();
};

/** Makes each read once and shares its answer, so that steps in the same check do not repeat calls. */
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
