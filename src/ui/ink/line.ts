import stringWidth from 'string-width';
import { clean } from '../../clean.ts';
import type { Role, Theme } from '../theme.ts';

/** A piece of text and what it is; `href` is where it leads, in terminals that can follow links. */
export type Span = { text: string; role: Role; href?: string };

/** One row of the screen. It is drawn as it is: whoever makes it makes sure that it fits. */
export type Line = readonly Span[];

/** The longest text that is drawn in one piece; what comes from AWS is never nearly as long. */
const LONGEST = 1000;

/** A span; plain if no role is given. All text on its way to the screen passes here, and is made harmless here. */
export const span = (text: string, role: Role = 'plain'): Span => ({ text: clean(text, LONGEST), role });

/** A row without anything in it. */
export const blank: Line = [];

/** How many columns a row takes; wide characters take two. */
export const widthOf = (line: Line): number => stringWidth(line.map((one) => one.text).join(''));

/** The row as a terminal wants it. */
export const painted = (line: Line, theme: Theme): string =>
  line.map((one) => linked(theme.paint(one.role, one.text), one.href)).join('');

/** A hyperlink (OSC 8): an address broken over two rows can still be followed as one. Others show the text alone. */
const linked = (text: string, href: string | undefined): string =>
  href === undefined ? text : `\u001B]8;;${href}\u0007${text}\u001B]8;;\u0007`;

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export const charactersOf = (text: string): string[] =>
  [...characters.segment(text)].map((one) => one.segment);

/** As many characters of `text` as fit into `width` columns. */
export const startOf = (text: string, width: number): string => {
  let kept = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return kept;
};

/** Text that is at most `width` columns wide; what does not fit gives way to `more`. */
export const fitted = (text: string, width: number, more = '…'): string =>
  stringWidth(text) <= width
    ? text
    : `${startOf(text, Math.max(0, width - stringWidth(more))).trimEnd()}${more}`;

/** Text filled up with spaces. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

/** Two ends of one row; the left one gives way. */
export const spread = (left: Line, right: Line, width: number): Line => [
  ...left,
  span(' '.repeat(Math.max(1, width - widthOf(left) - widthOf(right)))),
  ...right,
];

const pieces = (line: Line): Span[] =>
  line.flatMap((one) => one.text.split(/(?<= )(?! )/u).map((text) => ({ ...one, text })));

/** Cuts a word that is longer than a row. */
const broken = (word: Span, width: number): Span[] => {
  const parts: Span[] = [];
  let rest = word.text;
  while (stringWidth(rest.trimEnd()) > width) {
    const part = startOf(rest, width) || charactersOf(rest).slice(0, 1).join('');
    parts.push({ ...word, text: part });
    rest = rest.slice(part.length);
  }
  return [...parts, { ...word, text: rest }];
};

const trimmed = (line: Line): Line => {
  const last = line.at(-1);
  return last === undefined ? line : [...line.slice(0, -1), { ...last, text: last.text.trimEnd() }];
};

/** Breaks a row between words so that it fits into `width` columns; rows after the first begin with `indent` spaces. */
export const wrapped = (line: Line, width: number, indent = 0): Line[] => {
  const room = Math.max(8, width);
  const rows: Line[] = [];
  let row: Span[] = [];
  let used = 0;
  for (const word of pieces(line).flatMap((one) => broken(one, Math.max(4, room - indent)))) {
    if (used > 0 && used + stringWidth(word.text.trimEnd()) > room) {
      rows.push(trimmed(row));
      row = indent > 0 ? [span(' '.repeat(indent))] : [];
      used = indent;
    }
    row.push(word);
    used += stringWidth(word.text);
  }
  return [...rows, trimmed(row)];
};

/** An address that can be followed, over as many rows as it takes. */
export const link = (url: string, width: number): Line[] => {
  const text = clean(url, LONGEST);
  return wrapped([{ text, role: 'accent', href: text }], width);
};

/** A paragraph in one role. */
export const paragraph = (text: string, width: number, role: Role = 'plain'): Line[] =>
  wrapped([span(text, role)], width);
