import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { splitCharacters } from '../../lib/text.ts';

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
    return rejectCodes('Both codes are the same. Wait for the next one, and type that as the second.');
  }
  const [firsts, seconds] = [findMatchingWindows(seed, first, now), findMatchingWindows(seed, second, now)];
  if (firsts.length === 0 && seconds.length === 0) {
    const because =
      'Neither code is right. Use the newest AWS entry in the app, and check the clocks of phone and computer.';
    return { plausible: false, reason: because, dueToLocalClock: true };
  }
  if (firsts.length === 0 || seconds.length === 0) {
    const which = firsts.length === 0 ? 'first' : 'second';
    return rejectCodes(
      `The ${which} code is not of this entry, or mistyped. Start again with the next code.`,
    );
  }
  if (firsts.some((window) => seconds.includes(window + 1))) return { plausible: true };
  if (firsts.some((window) => seconds.includes(window - 1))) {
    return rejectCodes('The codes are swapped. Type the next two in the order they appear.');
  }
  return rejectCodes('Another code came between these two. Type two that follow each other directly.');
};

/**
 * The longest text that fits a QR code of version 6 at error correction L (ISO/IEC 18004: 134 bytes). Its 41 modules
 * are the most that an 80x24 terminal can show.
 */
const maxQrBytes = 134;

/** A few characters that differ where names differ. */
const hashName = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 5);

const formatUri = (seed: string, name: string, accountId: string): string =>
  `otpauth://totp/AWS:${encodeURIComponent(name)}@${accountId}?secret=${seed}&issuer=AWS`;

/**
 * The name of a user as an authenticator app shows it. One that would make the QR code too large is cut and ends with a
 * hash: apps that tell entries apart by this label must not take two users for one and replace the first.
 */
export const formatAppUserName = (seed: string, user: string, accountId: string): string => {
  const fits = (name: string) => formatUri(seed, name, accountId).length <= maxQrBytes;
  if (fits(user)) return user;
  const characters = splitCharacters(user);
  const cut = (length: number) => `${characters.slice(0, length).join('')}~${hashName(user)}`;
  let length = characters.length;
  while (length > 0 && !fits(cut(length))) length -= 1;
  return cut(length);
};

/** The otpauth URI for an authenticator app (Google's key URI format). */
export const formatOtpauthUri = (seed: string, user: string, accountId: string): string =>
  formatUri(seed, formatAppUserName(seed, user, accountId), accountId);
