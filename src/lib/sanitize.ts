import { stripVTControlCharacters } from 'node:util';
import { truncateCharacters } from './text.ts';

// oxlint-disable no-control-regex, no-misleading-character-class -- control characters are what this file is about

// Escape sequences with a payload (OSC, DCS, SOS, PM, APC: a window title, a link, the clipboard) are removed whole,
// even if nothing closes them.
const controlStrings =
  /(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?/gu;

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

// Controls, lone surrogates, unassigned and private code points, and format characters that are invisible or change the
// direction of text. The joiner and the variation selector stay, for emoji.
const invisibleCharacters =
  /(?!\u200D)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFFA0]/gu;

// A joiner outside an emoji only serves to make two names look alike.
const strayJoiners =
  /(?<!\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

// Hundreds of accents on one letter would cover the lines above and below.
const stackedMarks = /(\p{M}{4})\p{M}+/gu;

// The most UTF-16 units that one character may take; a family emoji takes 11. What is beyond is cut off unread.
const maxUnitsPerCharacter = 16;

const printableAscii = /^[\u0020-\u007E]*$/u;

/**
 * Makes text from AWS, a file or the owner safe to print: one line, without escape sequences, control characters,
 * changes of direction or invisible characters, and not longer than `longest` characters as a reader counts them.
 */
export const sanitize = (text: string, longest = 500): string => {
  if (text.length <= longest && printableAscii.test(text)) return text;
  const harmless = stripVTControlCharacters(
    text.slice(0, longest * maxUnitsPerCharacter).replaceAll(controlStrings, ''),
  )
    .replaceAll(lineBreaks, ' ')
    .replaceAll(invisibleCharacters, '')
    .replaceAll(strayJoiners, '')
    .replaceAll(stackedMarks, '$1');
  return truncateCharacters(harmless, longest);
};
