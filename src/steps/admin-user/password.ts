import { randomInt } from 'node:crypto';

/**
 * Letters and digits that are not taken for each other: without I, O, l, o, 0 and 1. A phone's keyboard has them on its
 * first two pages.
 */
const passwordCharacters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** What every IAM password policy can ask for beside the symbol, which the hyphens are. */
const requiredKinds = [/[A-Z]/, /[a-z]/, /\d/] as const;

/**
 * Groups of four are read and typed without losing the place. The hyphen joins them because a double click takes the whole
 * password with it in xterm.js (its `wordSeparator`: space, brackets, quotes and comma), VTE
 * (`WORD_CHAR_EXCEPTIONS_DEFAULT` in vte.cc), iTerm2 (`WordCharacters`, by default `/-+\~_.`) and kitty
 * (`select_by_word_characters`), and because on a phone it stands beside the digits; the underscore, which some more
 * terminals take for a letter, is one page further on an iPhone. Windows Terminal and xterm stop at hyphens.
 */
const groupLength = 4;
const separator = '-';

const minPasswordLength = 6 * (groupLength + 1) - 1;

const generateCandidate = (length: number): string =>
  Array.from({ length }, (_, index) =>
    // A password does not end with a hyphen: its last group is one longer.
    index % (groupLength + 1) === groupLength && index < length - 1
      ? separator
      : passwordCharacters.charAt(randomInt(passwordCharacters.length)),
  ).join('');

/**
 * Generates a password such as `kq7R-mW3v-Hd2N-x9Fa-Tz4b-Ye6c`, at least `minLength` long. Its 24 random characters out of
 * 56 hold 139 bits: log2(56) is 5.8 for each, and drawing again what lacks a capital, a small letter or a digit costs less
 * than a twentieth of a bit. (Twenty characters out of 73, with symbols, would be at most 124.) It has all four kinds of
 * characters that an IAM password policy can require, and IAM takes up to 128 characters.
 */
export const generatePassword = (minLength: number): string => {
  const length = Math.max(minPasswordLength, minLength);
  for (;;) {
    const candidate = generateCandidate(length);
    if (requiredKinds.every((kind) => kind.test(candidate))) return candidate;
  }
};
