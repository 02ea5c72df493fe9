import type { Clock } from '../lib/clock.ts';

/** The wire code of an AWS error (`NoSuchEntity`), or nothing for anything else. */
export const getErrorCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('Code' in error && typeof error.Code === 'string') return error.Code;
  return '$fault' in error || '$metadata' in error ? error.name.replace(/Exception$/, '') : undefined;
};

/** The HTTP status of an AWS answer that was an error. */
export const getHttpStatus = (error: unknown): number | undefined => getErrorMetadata(error)?.httpStatusCode;

/** How often the SDK sent a call before this error was final. */
export const getAttempts = (error: unknown): number => getErrorMetadata(error)?.attempts ?? 1;

const getErrorMetadata = (error: unknown): { httpStatusCode?: number; attempts?: number } | undefined =>
  error instanceof Error &&
  '$metadata' in error &&
  typeof error.$metadata === 'object' &&
  error.$metadata !== null
    ? error.$metadata
    : undefined;

/** Answers of AWS that a change made a moment ago can cause until it has spread. AWS gives no figure for how long. */
const transientErrorCodes = new Set([
  'NoSuchEntity',
  'EntityTemporarilyUnmodifiable',
  'ConcurrentModification',
]);

/** How long a change may take to be seen everywhere before we stop waiting for it: 1 + 2 + 4 + 8 + 8 + 8 seconds. */
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
      if (!transientErrorCodes.has(getErrorCode(error) ?? '')) throw error;
    }
    await clock.sleep(pause);
  }
  return send();
};
