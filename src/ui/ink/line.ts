import stringWidth from 'string-width';
import { sanitize } from '../../lib/sanitize.ts';
import { breakWord } from '../../lib/text.ts';
import type { TextRole, Theme } from '../shared/theme.ts';

/** A piece of text and what it is; `href` is where it leads, in terminals that can follow links. */
export type TextSpan = { text: string; role: TextRole; href?: string };

/** One row of the screen. It is drawn as it is, so it must fit. */
export type ScreenLine = readonly TextSpan[];

/** How wide rows may be: `width` beside the list of steps, `whole` where an address stands alone on its row. */
export type RowRoom = { width: number; whole: number };

/** The longest text that is drawn in one piece; what comes from AWS is never nearly as long. */
const maxSpanLength = 1000;

/** A span; plain if no role is given. All text on its way to the screen passes here, and is made harmless here. */
export const createSpan = (text: string, role: TextRole = 'plain'): TextSpan => ({
  text: sanitize(text, maxSpanLength),
  role,
});

/** A row without anything in it. */
export const blankLine: ScreenLine = [];

/** How many columns a row takes; wide characters take two. */
export const getLineWidth = (line: ScreenLine): number => stringWidth(line.map((one) => one.text).join(''));

/** The row as a terminal wants it. */
export const paintLine = (line: ScreenLine, theme: Theme): string =>
  line.map((one) => formatHyperlink(theme.paint(one.role, one.text), one.href)).join('');

/** A hyperlink (OSC 8): an address broken over two rows can still be followed as one. Others show the text alone. */
const formatHyperlink = (text: string, href: string | undefined): string =>
  href === undefined ? text : `\u001B]8;;${href}\u0007${text}\u001B]8;;\u0007`;

/** Two ends of one row; the left one gives way. */
export const joinEnds = (left: ScreenLine, right: ScreenLine, width: number): ScreenLine => [
  ...left,
  createSpan(' '.repeat(Math.max(1, width - getLineWidth(left) - getLineWidth(right)))),
  ...right,
];

const splitIntoWords = (line: ScreenLine): TextSpan[] =>
  line.flatMap((one) => one.text.split(/(?<= )(?! )/u).map((text) => ({ ...one, text })));

const trimLineEnd = (line: ScreenLine): ScreenLine => {
  const last = line.at(-1);
  return last === undefined ? line : [...line.slice(0, -1), { ...last, text: last.text.trimEnd() }];
};

/**
 * Breaks a row between words so that it fits into `width` columns; rows after the first begin with `indent` spaces. An
 * address that is wider gets a row of its own if it fits into `whole` columns: broken, it could not be copied.
 */
export const wrapLine = (line: ScreenLine, width: number, indent = 0, whole = width): ScreenLine[] => {
  const room = Math.max(8, width);
  const rows: ScreenLine[] = [];
  let row: TextSpan[] = [];
  let used = 0;
  let isEmpty = true;
  const endRow = () => {
    if (!isEmpty) rows.push(trimLineEnd(row));
    row = indent > 0 && rows.length > 0 ? [createSpan(' '.repeat(indent))] : [];
    used = rows.length > 0 ? indent : 0;
    isEmpty = true;
  };
  const standsAlone = ({ text, href }: TextSpan) => {
    const needed = stringWidth(text.trimEnd());
    return href !== undefined && needed > room - indent && needed <= whole;
  };
  for (const piece of splitIntoWords(line)) {
    const alone = standsAlone(piece);
    if (alone) {
      endRow();
      rows.push(trimLineEnd([piece]));
    }
    for (const text of alone ? [] : breakWord(piece.text, Math.max(4, room - indent))) {
      if (isEmpty || used + stringWidth(text.trimEnd()) > room) endRow();
      row.push({ ...piece, text });
      used += stringWidth(text);
      isEmpty = false;
    }
  }
  endRow();
  return rows.length > 0 ? rows : [blankLine];
};

/** What may stand in a hyperlink (OSC 8). An address shortened with "…" leads nowhere. */
const linkPattern = /^[!-~]+$/u;

const addressPattern = /(?<address>https?:\/\/[^\s"]*[^\s".,;:)])[.,;:)"]*\s*/gu;

/** Text in which addresses can be followed. */
export const createLinkedSpans = (text: string, role: TextRole = 'plain'): TextSpan[] => {
  const safe = sanitize(text, maxSpanLength);
  const spans: TextSpan[] = [];
  let end = 0;
  for (const { 0: found, index, groups } of safe.matchAll(addressPattern)) {
    const href = groups?.['address'] ?? '';
    const link = linkPattern.test(href) ? { href } : {};
    spans.push(createSpan(safe.slice(end, index), role), { text: found, role, ...link });
    end = index + found.length;
  }
  return [...spans, createSpan(safe.slice(end), role)].filter((one) => one.text !== '');
};

/** A paragraph in one role. */
export const renderParagraph = (
  text: string,
  width: number,
  role: TextRole = 'plain',
  whole = width,
): ScreenLine[] => wrapLine(createLinkedSpans(text, role), width, 0, whole);
