import { stripVTControlCharacters } from 'node:util';
import type { QrMessage, SecretMessage } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { breakWord, wrapText } from '../../lib/text.ts';
import { wrapWithHangingIndent } from './hanging-indent.ts';
import type { Theme } from './theme.ts';
import { qrTextGap, renderQrLines } from './qr.ts';
import { groupInFours, sanitizeUrl } from './wording.ts';

/** How large a screen is; 80 x 24 is assumed where the terminal does not say. */
export type TerminalSize = { columns?: number | undefined; rows?: number | undefined };

/** A page to show and wipe, and where on it (row and column, from 1) there is room for one line that changes. */
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
  message: QrMessage,
  columns: number,
  theme: Theme,
): SecretPageLayout => {
  const room = columns - width - qrTextGap;
  const title = wrapBesideQr(message.title, room).map((row) => theme.paint('strong', row));
  const text = [...message.instructions, `Secret: ${groupInFours(message.secret)}`].flatMap((one) => [
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

const renderQrFallback = (
  message: QrMessage,
  why: string,
  columns: number,
  theme: Theme,
): SecretPageLayout => ({
  rows: [
    theme.paint('strong', sanitize(message.title)),
    '',
    ...message.fallbackInstructions.map((line) => sanitize(line)),
    `Secret: ${sanitize(groupInFours(message.secret))}`,
    why,
  ].map((line) => wrapWithHangingIndent(line, columns)),
  liveLineArea: { row: 2, column: 1, width: columns },
});

const layoutQrPage = (
  message: QrMessage,
  { columns = 80, rows = 24 }: TerminalSize,
  theme: Theme,
): SecretPageLayout => {
  if (!theme.canDrawBlocks)
    return renderQrFallback(message, 'This terminal cannot draw the code.', columns, theme);
  const drawn = renderQrLines(message.uri);
  const width = stripVTControlCharacters(drawn[0] ?? '').length;
  const needed = { rows: drawn.length + questionRows, columns: width + qrTextGap + minQrTextColumns };
  if (needed.rows <= rows && needed.columns <= columns)
    return renderTextBesideQr(drawn, width, message, columns, theme);
  const why = `The code needs ${needed.columns} columns and ${needed.rows} rows, and here are ${columns} and ${rows}. To scan it, press Esc, enlarge the window, and take this step again.`;
  return renderQrFallback(message, why, columns, theme);
};

/** The page that shows a secret; the password has a line to itself, so that it can be picked with the mouse. */
export const layoutSecretPage = (
  message: SecretMessage,
  size: TerminalSize,
  theme: Theme,
): SecretPageLayout => {
  if (message.kind === 'qr') return layoutQrPage(message, size, theme);
  const title = theme.paint('strong', sanitize(message.title));
  const instructions = message.instructions.map((line) => sanitize(line));
  const rows = [
    title,
    '',
    sanitize(message.password),
    '',
    `Sign in at: ${sanitizeUrl(message.url)}`,
    ...instructions,
  ];
  return { rows, liveLineArea: { row: 2, column: 1, width: 0 } };
};
