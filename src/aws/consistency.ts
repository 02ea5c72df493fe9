import type { Clock } from '../lib/clock.ts';
import { isNotVisibleYet } from './errors/codes.ts';

/** How long a change may take to be seen everywhere before we stop waiting for it (AWS gives no figure): 1 + 2 + 4 + 8 + 8 + 8 seconds. */
export const consistencyDelays: readonly number[] = [1000, 2000, 4000, 8000, 8000, 8000];

/**
 * Sends until what an earlier call made is seen everywhere: IAM is eventually consistent, so that a user made a
 * second ago may not exist yet for the next call. Other errors are thrown at once.
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
