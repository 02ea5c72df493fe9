import { ErrorResponse } from './error-response.ts';
import type { World } from './world/world.ts';

/**
 * What goes wrong, and when: for tests. `operation` is written `iam:CreateUser`; `nth` counts how often that operation
 * has reached the account, from 1, the SDK's own retries included.
 */
export type Faults = {
  /** A change is seen by reads only after this many further calls; a call that needs it gets NoSuchEntity. */
  lag?: number;
  /** Thrown instead of performing the operation. */
  getError?: (operation: string, nth: number) => Error | undefined;
  /** The operation is performed and its answer is lost on the way. */
  shouldLoseResponse?: (operation: string, nth: number) => boolean;
  /** The program is killed at this moment: every call from then on fails with {@link HaltedError}. */
  shouldHalt?: (operation: string, nth: number, when: 'before' | 'after') => boolean;
  /** What somebody else does to the account just before the operation reaches it. */
  getOutsideChange?: (operation: string, nth: number) => ((world: World) => void) | undefined;
};

/** The program was killed, as far as the practice account goes. The SDK does not try again. */
export class HaltedError extends Error {
  override name = 'HaltedError';
  constructor() {
    super('the program was killed here');
  }
}

/** Too many calls: the SDK waits and tries again. */
export const createThrottlingError = () => new ErrorResponse('Throttling', 400, 'Rate exceeded');

/** The caller may not do that. The SDK does not try again. */
export const createAccessDeniedError = (operation: string, principal = 'the caller') =>
  new ErrorResponse(
    'AccessDenied',
    403,
    `User: ${principal} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
  );

/** The temporary credentials are too old. */
export const createExpiredTokenError = () =>
  new ErrorResponse('ExpiredToken', 403, 'The security token included in the request is expired');

/** The connection broke before the answer arrived: the SDK cannot know whether the call was carried out. */
export const createConnectionResetError = (): Error =>
  Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
