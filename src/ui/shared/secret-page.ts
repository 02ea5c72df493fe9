import { stripVTControlCharacters } from 'node:util';
import type { QrMessage, SecretMessage } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { breakWord, wrapText } from '../../lib/text.ts';
import { wrapWithHangingIndent } from './hanging-indent.ts';
import type { Theme } from './theme.ts';
import { qrTextGap, renderQrLines } from './qr.ts';
import { groupInFours, sanitizeUrl } from './wording.ts';

/** How large a screen is; a terminal that does not say is taken for the usual one. */
export type TerminalSize = { columns?: number | undefined; rows?: number | undefined };

/** A page that is shown and wiped, and where on it (row and column, from 1) there is room for one changing line. */
export type SecretPageLayout = {
  rows: readonly string[];
  liveLineArea: { row: number; column: number; width: number };
};

const minQrTextColumns = 24;
const questionRows = 1;

const wrapBesideQr = (text: string, width: number): string[] => {
  const words = sanitize(text)
    .split(' ')
    .filter(Boolean)
    .flatMap((word) => breakWord(word, width));
  return wrapText(words.join(' '), width, 'keep');
};

const renderTextBesideQr = (
  drawn: readonly string[],
  width: number,
  note: QrMessage,
  columns: number,
  theme: Theme,
): SecretPageLayout => {
  const room = columns - width - qrTextGap;
  const title = wrapBesideQr(note.title, room).map((row) => theme.paint('strong', row));
  const text = [...note.instructions, `Secret: ${groupInFours(note.secret)}`].flatMap((one) => [
    '',
    ...wrapBesideQr(one, room),
  ]);
  const right = [...title, '', ...text];
  const count = Math.max(drawn.length, right.length);
  const rows = Array.from(
    { length: count },
    (_, row) => `${drawn[row] ?? ' '.repeat(width)}${' '.repeat(qrTextGap)}${right[row] ?? ''}`,
  );
  return { rows, liveLineArea: { row: title.length + 1, column: width + qrTextGap + 1, width: room } };
};

const renderQrFallback = (note: QrMessage, why: string, columns: number, theme: Theme): SecretPageLayout => ({
  rows: [
    theme.paint('strong', sanitize(note.title)),
    '',
    ...note.fallbackInstructions.map((line) => sanitize(line)),
    `Secret: ${sanitize(groupInFours(note.secret))}`,
    why,
  ].map((line) => wrapWithHangingIndent(line, columns)),
  liveLineArea: { row: 2, column: 1, width: columns },
});

const layoutQrPage = (
  note: QrMessage,
  { columns = 80, rows = 24 }: TerminalSize,
  theme: Theme,
): SecretPageLayout => {
  if (!theme.canDrawBlocks)
    return renderQrFallback(note, 'This terminal cannot draw the code.', columns, theme);
  const drawn = renderQrLines(note.uri);
  const width = stripVTControlCharacters(drawn[0] ?? '').length;
  const needed = { rows: drawn.length + questionRows, columns: width + qrTextGap + minQrTextColumns };
  if (needed.rows <= rows && needed.columns <= columns)
    return renderTextBesideQr(drawn, width, note, columns, theme);
  const why = `The code needs ${needed.columns} columns and ${needed.rows} rows, and here are ${columns} and ${rows}. To scan it, press Esc, enlarge the window, and take this step again.`;
  return renderQrFallback(note, why, columns, theme);
};

/** The page that shows a secret; the password has a line to itself, so that it can be picked with the mouse. */
export const layoutSecretPage = (note: SecretMessage, size: TerminalSize, theme: Theme): SecretPageLayout => {
  if (note.kind === 'qr') return layoutQrPage(note, size, theme);
  const title = theme.paint('strong', sanitize(note.title));
  const instructions = note.instructions.map((line) => sanitize(line));
  const rows = [
    title,
    '',
    sanitize(note.password),
    '',
    `Sign in at: ${sanitizeUrl(note.url)}`,
    ...instructions,
  ];
  return { rows, liveLineArea: { row: 2, column: 1, width: 0 } };
};
