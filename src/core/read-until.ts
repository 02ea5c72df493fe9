import { consistencyDelays } from '../aws/consistency.ts';
import type { Clock } from '../lib/clock.ts';

/**
 * Reads until what was just changed `isSeen`, since AWS shows some changes only after a while. Resolves with what was
 * read last, whether or not the change is in it.
 */
export const readUntil = async <T>(
  clock: Clock,
  read: () => Promise<T>,
  isSeen: (value: T) => boolean,
): Promise<T> => {
  let value = await read();
  for (const delay of consistencyDelays) {
    if (isSeen(value)) break;
    await clock.sleep(delay);
    value = await read();
  }
  return value;
};
