import { Secret, TOTP } from 'otpauth';

const codeWindowSeconds = 30;

/** The number of the 30-second window that contains a moment. */
export const getCodeWindow = (moment: Date): number =>
  Math.floor(moment.getTime() / (codeWindowSeconds * 1000));

/** The six digits that an authenticator app shows in a window (RFC 6238 with SHA-1, which AWS uses). */
export const generateCode = (seed: string, window: number): string =>
  new TOTP({
    secret: Secret.fromBase32(seed),
    algorithm: 'SHA1',
    digits: 6,
    period: codeWindowSeconds,
  }).generate({
    timestamp: window * codeWindowSeconds * 1000,
  });

/** How many windows the second code may be away from now: `before` allows for slow typing, `after` for a fast clock. */
const allowedWindowDrift = { before: 2, after: 1 };

/**
 * The window of `second` if the two codes belong to consecutive, recent windows that are both newer than `lastUsed`.
 * Undefined if AWS would reject the codes.
 */
export const findConsecutiveWindow = (
  seed: string,
  [first, second]: readonly [string, string],
  now: Date,
  lastUsed = -Infinity,
): number | undefined => {
  const current = getCodeWindow(now);
  for (
    let window = current + allowedWindowDrift.after;
    window >= current - allowedWindowDrift.before;
    window -= 1
  ) {
    const matches = generateCode(seed, window - 1) === first && generateCode(seed, window) === second;
    if (matches && window - 1 > lastUsed) return window;
  }
  return undefined;
};
