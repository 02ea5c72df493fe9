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

/** After so many milliseconds without an answer it is said what is waited for. */
const noticeDelay = 3_000;

/** Says once, for the first call that AWS does not answer soon, what is waited for. */
export const createWaitingPlugin = (say: (line: string) => void): CallPlugin => {
  let said = false;
  return async (call, next) => {
    const timer = setTimeout(() => {
      if (said) return;
      said = true;
      say(`Waiting for AWS to answer ${call.operation}: no answer yet.`);
    }, noticeDelay);
    try {
      return await next();
    } finally {
      clearTimeout(timer);
    }
  };
};
