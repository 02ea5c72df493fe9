import { ErrorResponse } from './error-response.ts';
import type { World } from './world/world.ts';

/**
 * Faults for tests to inject. `operation` is written `iam:CreateUser`. `nth` counts how often that operation has
 * reached the account, from 1, including the SDK's own retries.
 */
export type Faults = {
  /** Reads see a change only after this many further calls. A call that needs the change gets NoSuchEntity. */
  lag?: number;
  /** Thrown instead of performing the operation. */
  getError?: (operation: string, nth: number) => Error | undefined;
  /** Performs the operation but loses its answer. */
  shouldLoseResponse?: (operation: string, nth: number) => boolean;
  /** Simulates that the program is killed at this moment: every later call fails with {@link HaltedError}. */
  shouldHalt?: (operation: string, nth: number, when: 'before' | 'after') => boolean;
  /** A change that someone else makes just before the operation reaches the account. */
  getOutsideChange?: (operation: string, nth: number) => ((world: World) => void) | undefined;
};

/** Simulates that the program was killed. The SDK does not retry it. */
export class HaltedError extends Error {
  override name = 'HaltedError';
  constructor() {
    super('the program was killed here');
  }
}

/** Too many calls. The SDK waits and retries. */
export const createThrottlingError = () => new ErrorResponse('Throttling', 400, 'Rate exceeded');

/** The caller lacks the permission. The SDK does not retry. */
export const createAccessDeniedError = (operation: string, principal = 'the caller') =>
  new ErrorResponse(
    'AccessDenied',
    403,
    `User: ${principal} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
  );

/** The temporary credentials have expired. */
export const createExpiredTokenError = () =>
  new ErrorResponse('ExpiredToken', 403, 'The security token included in the request is expired');

/** The connection broke before the answer arrived, so the SDK cannot know whether the call was performed. */
export const createConnectionResetError = (): Error =>
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
