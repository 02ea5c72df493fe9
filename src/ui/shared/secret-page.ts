import { stripVTControlCharacters } from 'node:util';
import type { PasswordMessage, QrMessage, SecretMessage } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { breakWord, padText, wrapText } from '../../lib/text.ts';
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
  const why = `The code needs ${needed.columns} columns and ${needed.rows} rows, and here are ${columns} and ${rows}. Enlarge the window to scan it.`;
  return renderQrFallback(message, why, columns, theme);
};

/** The page of a password, with room below the title for what is said of copying it. */
const layoutPasswordPage = (
  message: PasswordMessage,
  { columns = 80 }: TerminalSize,
  theme: Theme,
): SecretPageLayout => {
  const wrap = (text: string) => wrapWithHangingIndent(sanitize(text), columns).split('\n');
  const title = wrap(message.title).map((row) => theme.paint('strong', row));
  const fields = [
    ['Sign in at', sanitizeUrl(message.url)],
    ['User name', sanitize(message.userName)],
    ['Password', sanitize(message.password)],
  ] as const;
  // Only the terminal breaks what is to be copied.
  const rows = fields.map(([label, value]) => `${padText(label, 13)}${theme.paint('accent', value)}`);
  return {
    rows: [...title, '', '', ...rows, '', ...message.instructions.flatMap(wrap)],
    liveLineArea: { row: title.length + 1, column: 1, width: columns },
  };
};

/** The page that shows a secret. */
export const layoutSecretPage = (
  message: SecretMessage,
  size: TerminalSize,
  theme: Theme,
): SecretPageLayout => {
  return message.kind === 'qr'
    ? layoutQrPage(message, size, theme)
    : layoutPasswordPage(message, size, theme);
};
