import { Secret, TOTP } from 'otpauth';

const codePeriodSeconds = 30;

/** How many windows around now are searched for a code, to distinguish a wrong clock from a wrong code. */
const maxWindowOffset = 20;

/**
 * The verdict on two typed codes. `dueToLocalClock`: they are rejected only because of this computer's clock, so AWS
 * may still accept them.
 */
export type CodesVerdict = { plausible: true } | { plausible: false; reason: string; dueToLocalClock?: true };

const getTimeWindow = (now: Date) => Math.floor(now.getTime() / 1000 / codePeriodSeconds);

/** The 30-second windows near now, counted from 1970, in which the authenticator shows `code`. */
const findMatchingWindows = (seed: string, code: string, now: Date): number[] => {
  const totp = new TOTP({ secret: Secret.fromBase32(seed), digits: 6, period: codePeriodSeconds });
  const center = getTimeWindow(now);
  const windows = Array.from(
    { length: 2 * maxWindowOffset + 1 },
    (_, index) => center - maxWindowOffset + index,
  );
  return windows.filter((window) => totp.generate({ timestamp: window * codePeriodSeconds * 1000 }) === code);
};

const rejectCodes = (because: string): CodesVerdict => ({ plausible: false, reason: because });

/**
 * Checks two codes before AWS sees them (RFC 6238, 30 seconds, 6 digits, SHA-1), so that the owner learns which common
 * mistake it was. AWS decides, by its own clock.
 */
export const judgeCodes = (seed: string, first: string, second: string, now: Date): CodesVerdict => {
  if (first === second) {
    return rejectCodes(
      'Both codes are the same. Wait until the app shows the next one, then type that as the second.',
    );
  }
  const [firsts, seconds] = [findMatchingWindows(seed, first, now), findMatchingWindows(seed, second, now)];
  if (firsts.length === 0 && seconds.length === 0) {
    const because =
      'Neither code belongs to this entry in the app. Is it the newest entry for AWS, and are the clocks of the phone and of this computer right?';
    return { plausible: false, reason: because, dueToLocalClock: true };
  }
  if (firsts.length === 0 || seconds.length === 0) {
    const which = firsts.length === 0 ? 'first' : 'second';
    return rejectCodes(
      `The ${which} code does not belong to this entry in the app, or it was mistyped. Start again with the next code.`,
    );
  }
  if (firsts.some((window) => seconds.includes(window + 1))) return { plausible: true };
  if (firsts.some((window) => seconds.includes(window - 1))) {
    return rejectCodes(
      'The codes are swapped: the second is the older one. Type the next two in the order they appear.',
    );
  }
  return rejectCodes(
    'There was another code between these two. Type two codes that follow each other directly.',
  );
};

/**
 * The longest text that fits a QR code of version 6 at error correction L (ISO/IEC 18004: 134 bytes). Its 41 modules
 * are the most that an 80x24 terminal can show.
 */
const maxQrBytes = 134;

/**
 * The otpauth URI for an authenticator app (Google's key URI format). Shortens the user's name if the QR code would get
 * too large.
 */
export const formatOtpauthUri = (seed: string, user: string, accountId: string): string => {
  const uri = (name: string) =>
    `otpauth://totp/AWS:${encodeURIComponent(name)}@${accountId}?secret=${seed}&issuer=AWS`;
  let name = user;
  while (uri(name).length > maxQrBytes && name.length > 1) name = name.slice(0, -1);
  return uri(name);
};
