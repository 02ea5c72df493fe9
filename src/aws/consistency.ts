import type { Clock } from '../lib/clock.ts';
import { isNotVisibleYet } from './errors/codes.ts';

/**
 * Waits between attempts, in ms: 31 seconds in all. AWS does not say how long a change takes to be visible everywhere.
 */
export const consistencyDelays: readonly number[] = [1000, 2000, 4000, 8000, 8000, 8000];

/**
 * Retries until an earlier change is visible everywhere. IAM is eventually consistent: a user created a second ago may
 * not exist yet for the next call. Other errors are thrown at once.
 */
export const retryUntilConsistent = async <T>(clock: Clock, send: () => Promise<T>): Promise<T> => {
  for (const pause of consistencyDelays) {
    try {
      return await send();
    } catch (error) {
      if (!isNotVisibleYet(error)) throw error;
    }
    await clock.sleep(pause);
  }
  return send();
};
