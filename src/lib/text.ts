import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const graphemeSegmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Lazily, because on Node 20 every single segment holds a copy of the whole text.
const segmentCharacters = function* (text: string): Generator<string> {
  for (const { segment } of graphemeSegmenter.segment(text)) yield segment;
};

/** Splits text into what a reader takes for one character each. */
export const splitCharacters = (text: string): string[] => [...segmentCharacters(text)];

/** As many characters of `text` as fit into `width` columns. */
export const takeColumns = (text: string, width: number): string => {
  let kept = '';
  let used = 0;
  for (const character of segmentCharacters(text)) {
    used += stringWidth(character);
    if (used > width) break;
    kept += character;
  }
  return kept;
};

/** Shortens text to `width` columns; `ellipsis` stands for what is cut off. */
export const truncateToWidth = (text: string, width: number, ellipsis = '…'): string =>
  stringWidth(text) <= width
    ? text
    : `${takeColumns(text, Math.max(0, width - stringWidth(ellipsis))).trimEnd()}${ellipsis}`;

/** Shortens text to `longest` characters as a reader counts them, however wide they are. */
export const truncateCharacters = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const kept: string[] = [];
  for (const character of segmentCharacters(text)) {
    if (kept.length === longest) return `${kept.slice(0, -1).join('')}…`;
    kept.push(character);
  }
  return text;
};

/** Fills text up with spaces to `width` columns. */
export const padText = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Cuts a word that is wider than `width` columns into pieces that are not; spaces at its end do not count. */
export const breakWord = (word: string, width: number): string[] => {
  const pieces: string[] = [];
  let rest = word;
  while (stringWidth(rest.trimEnd()) > width) {
    const piece = takeColumns(rest, width) || (splitCharacters(rest)[0] ?? '');
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
};

/**
 * Wraps text between words into lines of `width` columns; escape codes take no room. `longWords` says whether a word
 * that is wider, such as an address, is broken or sticks out, so that it can be copied.
 */
export const wrapText = (text: string, width: number, longWords: 'break' | 'keep'): string[] => {
  const wrap = (line: string, columns: number) =>
    wrapAnsi(line, columns, { hard: longWords === 'break' }).split('\n');
  let lines = wrap(text, width);
  if (longWords === 'keep') return lines;
  // Some syllables (conjoining Hangul) are narrower to wrap-ansi than to string-width: such lines are wrapped again.
  const isTooWide = (line: string) => stringWidth(line) > width;
  for (let less = width - 1; less > 0 && lines.some(isTooWide); less -= 1)
    lines = lines.flatMap((line) => (isTooWide(line) ? wrap(line, less) : [line]));
  return lines;
};
