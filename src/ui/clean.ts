import { stripVTControlCharacters } from 'node:util';

// What an escape sequence can look like when it is hostile or cut off: the strings that an OSC, DCS, SOS, PM or APC
// opens (a window title, a link, the clipboard) go as a whole, even when nothing closes them.
const CONTROL_STRING =
  /(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?/gu;

const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

// Controls, lone surrogates, unassigned code points, private use, and the format characters: those that turn the
// direction of text round, and those that nobody sees. The joiner and the variation selector stay, for emoji.
const INVISIBLE =
  /(?![\u200D])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]|[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFFA0]/gu;

// A joiner that joins no emoji is only there to make two names look alike.
const IDLE_JOINER =
  /(?<!\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Hundreds of accents on one letter climb over the lines above and below it.
const MARKS = /(\p{M}{4})\p{M}+/gu;

const shorten = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of characters.segment(text)) {
    if (count === longest)
      return `${kept.slice(0, -(characters.segment(kept).containing(kept.length - 1)?.segment.length ?? 0))}…`;
    kept += segment;
    count += 1;
  }
  return kept;
};

/**
 * Makes text from AWS, a file or the owner safe to print: one line, without escape sequences, control characters,
 * changes of direction or invisible characters, and not longer than `longest` characters as a reader counts them.
 */
export const clean = (text: string, longest = 500): string =>
  shorten(
    stripVTControlCharacters(text.replaceAll(CONTROL_STRING, ''))
      .replaceAll(LINE_BREAKS, ' ')
      .replaceAll(INVISIBLE, '')
      .replaceAll(IDLE_JOINER, '')
      .replaceAll(MARKS, '$1'),
    longest,
  );
