import stringWidth from 'string-width';
import { sanitize } from '../../lib/sanitize.ts';
import { charactersOf, startOf } from '../shared/columns.ts';
import type { Role, Theme } from '../shared/theme.ts';

/** A piece of text and what it is; `href` is where it leads, in terminals that can follow links. */
export type Span = { text: string; role: Role; href?: string };

/** One row of the screen. It is drawn as it is: whoever makes it makes sure that it fits. */
export type Line = readonly Span[];

/** How wide rows may be: `width` beside the list of steps, `whole` where an address stands alone on its row. */
export type Room = { width: number; whole: number };

/** The longest text that is drawn in one piece; what comes from AWS is never nearly as long. */
const LONGEST = 1000;

/** A span; plain if no role is given. All text on its way to the screen passes here, and is made harmless here. */
export const span = (text: string, role: Role = 'plain'): Span => ({ text: sanitize(text, LONGEST), role });

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

/**
 * Breaks a row between words so that it fits into `width` columns; rows after the first begin with `indent` spaces. An
 * address that is wider gets a row of its own if it fits into `whole` columns: broken, it could not be copied.
 */
export const wrapped = (line: Line, width: number, indent = 0, whole = width): Line[] => {
  const room = Math.max(8, width);
  const rows: Line[] = [];
  let row: Span[] = [];
  let used = 0;
  let isEmpty = true;
  const endRow = () => {
    if (!isEmpty) rows.push(trimmed(row));
    row = indent > 0 && rows.length > 0 ? [span(' '.repeat(indent))] : [];
    used = rows.length > 0 ? indent : 0;
    isEmpty = true;
  };
  const standsAlone = ({ text, href }: Span) => {
    const needed = stringWidth(text.trimEnd());
    return href !== undefined && needed > room - indent && needed <= whole;
  };
  for (const piece of pieces(line)) {
    const alone = standsAlone(piece);
    if (alone) {
      endRow();
      rows.push(trimmed([piece]));
    }
    for (const word of alone ? [] : broken(piece, Math.max(4, room - indent))) {
      if (isEmpty || used + stringWidth(word.text.trimEnd()) > room) endRow();
      row.push(word);
      used += stringWidth(word.text);
      isEmpty = false;
    }
  }
  endRow();
  return rows.length > 0 ? rows : [blank];
};

const ADDRESS = /(?<address>https?:\/\/[^\s"]*[^\s".,;:)])[.,;:)"]*\s*/gu;

/** Text in which addresses can be followed. */
export const withLinks = (text: string, role: Role = 'plain'): Span[] => {
  const safe = sanitize(text, LONGEST);
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: found, index, groups } of safe.matchAll(ADDRESS)) {
    spans.push(span(safe.slice(end, index), role), { text: found, role, href: groups?.['address'] ?? '' });
    end = index + found.length;
  }
  return [...spans, span(safe.slice(end), role)].filter((one) => one.text !== '');
};

/** A paragraph in one role. */
export const paragraph = (text: string, width: number, role: Role = 'plain', whole = width): Line[] =>
  wrapped(withLinks(text, role), width, 0, whole);
