import { Secret, TOTP } from 'otpauth';

const period = 30;

/** How far the windows around now are searched for a code, so that a wrong clock can be told from a wrong code. */
const horizon = 20;

/**
 * What two codes typed by the owner turned out to be. `byThisClock`: they are refused only because of the time as this
 * computer has it, so that they may be good all the same.
 */
export type Verdict = { good: true } | { good: false; because: string; byThisClock?: true };

const windowNow = (now: Date) => Math.floor(now.getTime() / 1000 / period);

/** The windows near now, counted from 1970 in steps of 30 seconds, in which the authenticator shows `code`. */
const windowsOf = (seed: string, code: string, now: Date): number[] => {
  const totp = new TOTP({ secret: Secret.fromBase32(seed), digits: 6, period });
  const center = windowNow(now);
  const windows = Array.from({ length: 2 * horizon + 1 }, (_, index) => center - horizon + index);
  return windows.filter((window) => totp.generate({ timestamp: window * period * 1000 }) === code);
};

const refused = (because: string): Verdict => ({ good: false, because });

/**
 * Judges two codes before AWS sees them (RFC 6238, 30 seconds, 6 digits, SHA-1), so that the owner learns which of
 * the usual mistakes it was. AWS, whose clock counts, has the last word.
 */
export const judgeCodes = (seed: string, first: string, second: string, now: Date): Verdict => {
  if (first === second) {
    return refused(
      'Both codes are the same. Wait until the app shows the next one, then type that as the second.',
    );
  }
  const [firsts, seconds] = [windowsOf(seed, first, now), windowsOf(seed, second, now)];
  if (firsts.length === 0 && seconds.length === 0) {
    const because =
      'Neither code belongs to this entry in the app. Is it the newest entry for AWS, and are the clocks of the phone and of this computer right?';
    return { good: false, because, byThisClock: true };
  }
  if (firsts.length === 0 || seconds.length === 0) {
    const which = firsts.length === 0 ? 'first' : 'second';
    return refused(
      `The ${which} code does not belong to this entry in the app, or it was mistyped. Start again with the next code.`,
    );
  }
  if (firsts.some((window) => seconds.includes(window + 1))) return { good: true };
  if (firsts.some((window) => seconds.includes(window - 1))) {
    return refused(
      'The codes are swapped: the second is the older one. Type the next two in the order they appear.',
    );
  }
  return refused('There was another code between these two. Type two codes that follow each other directly.');
};

/**
 * The longest text that still fits a QR code of version 6 at error correction L (ISO/IEC 18004: 134 bytes): 41 modules,
 * which is what an 80x24 terminal can show.
 */
const qrCapacity = 134;

/** The otpauth URI for an authenticator app (Google's key URI format). The user's name is cut where the QR would grow. */
export const otpauthUri = (seed: string, user: string, accountId: string): string => {
  const uri = (name: string) =>
    `otpauth://totp/AWS:${encodeURIComponent(name)}@${accountId}?secret=${seed}&issuer=AWS`;
  let name = user;
  while (uri(name).length > qrCapacity && name.length > 1) name = name.slice(0, -1);
  return uri(name);
};
