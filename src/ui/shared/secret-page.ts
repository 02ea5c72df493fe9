import { stripVTControlCharacters } from 'node:util';
import type { SecretMessage } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { folded } from './folded.ts';
import type { Theme } from './theme.ts';
import { qrLines } from './qr.ts';
import { inFours } from './streams.ts';
import { cleanUrl } from './wording.ts';

/** How large a screen is; a terminal that does not say is taken for the usual one. */
export type Size = { columns?: number | undefined; rows?: number | undefined };

/** A page that is shown and wiped, and where on it (row and column, from 1) there is room for one changing line. */
export type Page = { rows: readonly string[]; aside: { row: number; column: number; width: number } };

// The code brings its own quiet zone.
const GAP = 1;
const NARROWEST_TEXT = 24;
const QUESTION_ROWS = 1;

const wrapped = (text: string, width: number): string[] => {
  const rows = [''];
  for (const word of text.match(new RegExp(`\\S{1,${width}}`, 'gu')) ?? []) {
    const row = rows.at(-1) ?? '';
    if (row === '') rows[rows.length - 1] = word;
    else if (row.length + 1 + word.length <= width) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
};

type QrNote = Extract<SecretMessage, { kind: 'qr' }>;

const besides = (
  drawn: readonly string[],
  width: number,
  note: QrNote,
  columns: number,
  theme: Theme,
): Page => {
  const room = columns - width - GAP;
  const title = wrapped(sanitize(note.title), room).map((row) => theme.paint('strong', row));
  const text = [...note.instructions, `Secret: ${inFours(note.secret)}`].flatMap((one) => [
    '',
    ...wrapped(sanitize(one), room),
  ]);
  const right = [...title, '', ...text];
  const count = Math.max(drawn.length, right.length);
  const rows = Array.from(
    { length: count },
    (_, row) => `${drawn[row] ?? ' '.repeat(width)}${' '.repeat(GAP)}${right[row] ?? ''}`,
  );
  return { rows, aside: { row: title.length + 1, column: width + GAP + 1, width: room } };
};

const withoutCode = (note: QrNote, why: string, columns: number, theme: Theme): Page => ({
  rows: [
    theme.paint('strong', sanitize(note.title)),
    '',
    ...note.fallbackInstructions.map((line) => sanitize(line)),
    `Secret: ${sanitize(inFours(note.secret))}`,
    why,
  ].map((line) => folded(line, columns)),
  aside: { row: 2, column: 1, width: columns },
});

const qrPage = (note: QrNote, { columns = 80, rows = 24 }: Size, theme: Theme): Page => {
  if (!theme.blocks) return withoutCode(note, 'This terminal cannot draw the code.', columns, theme);
  const drawn = qrLines(note.uri);
  const width = stripVTControlCharacters(drawn[0] ?? '').length;
  const needed = { rows: drawn.length + QUESTION_ROWS, columns: width + GAP + NARROWEST_TEXT };
  if (needed.rows <= rows && needed.columns <= columns) return besides(drawn, width, note, columns, theme);
  const why = `The code needs ${needed.columns} columns and ${needed.rows} rows, and here are ${columns} and ${rows}. To scan it, press Esc, enlarge the window, and take this step again.`;
  return withoutCode(note, why, columns, theme);
};

/** The page that shows a secret; the password has a line to itself, so that it can be picked with the mouse. */
export const secretPage = (note: SecretMessage, size: Size, theme: Theme): Page => {
  if (note.kind === 'qr') return qrPage(note, size, theme);
  const title = theme.paint('strong', sanitize(note.title));
  const instructions = note.instructions.map((line) => sanitize(line));
  const rows = [title, '', sanitize(note.password), '', `Sign in at: ${cleanUrl(note.url)}`, ...instructions];
  return { rows, aside: { row: 2, column: 1, width: 0 } };
};
