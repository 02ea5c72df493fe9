import { Secret, TOTP } from 'otpauth';

const period = 30;

/** The number of the 30-second window that a moment lies in. */
export const windowAt = (moment: Date): number => Math.floor(moment.getTime() / (period * 1000));

/** The six digits that an authenticator app shows in a window (RFC 6238 with SHA-1, as AWS uses it). */
export const codeIn = (seed: string, window: number): string =>
  new TOTP({ secret: Secret.fromBase32(seed), algorithm: 'SHA1', digits: 6, period }).generate({
    timestamp: window * period * 1000,
  });

/** How far from now the second code may lie, in windows: a slow typist before, a fast clock after. */
const drift = { before: 2, after: 1 };

/**
 * The window of `second`, if the two are the codes of two consecutive windows, recent enough, and both newer than
 * `lastUsed`; nothing if they are to be refused.
 */
export const consecutive = (
  seed: string,
  [first, second]: readonly [string, string],
  now: Date,
  lastUsed = -Infinity,
): number | undefined => {
  const current = windowAt(now);
  for (let window = current + drift.after; window >= current - drift.before; window -= 1) {
    const matches = codeIn(seed, window - 1) === first && codeIn(seed, window) === second;
    if (matches && window - 1 > lastUsed) return window;
  }
  return undefined;
};
