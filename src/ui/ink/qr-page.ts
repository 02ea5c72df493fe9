import type { SecretMessage } from '../../core/dialogue.ts';
import { qrBlocks } from '../shared/qr.ts';
import type { Drawn } from './field-lines.ts';
import { helpLine } from './help-line.ts';
import { fitted, padded } from '../shared/columns.ts';
import { blank, paragraph, span, widthOf, wrapped, type Line } from './line.ts';
import { footLines } from './middle-lines.ts';
import { numbered } from './note-lines.ts';
import type { Page, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { transcriptLines } from './transcript-lines.ts';

type QrNote = Extract<SecretMessage, { kind: 'qr' }>;

/** How the two halves are shown: side by side, one at a time, or only the words because the code does not fit. */
export type Fit = 'beside' | 'turns' | 'words';

const NARROWEST_WORDS = 28;
const GAP = 1;
const PERIOD = 30;

const sizeOf = (code: readonly string[]) => ({ width: code[0]?.length ?? 0, height: code.length });

/** Which way of showing a window of this size allows. */
export const fitOf = (note: QrNote, scene: Scene, theme: Theme): Fit => {
  const { width, height } = sizeOf(qrBlocks(note.uri));
  if (!theme.blocks || height > scene.rows || width > scene.columns) return 'words';
  return scene.columns - width - GAP >= NARROWEST_WORDS ? 'beside' : 'turns';
};

const tooSmall = (note: QrNote, scene: Scene, width: number, theme: Theme): Line[] => {
  const code = sizeOf(qrBlocks(note.uri));
  const why = theme.blocks
    ? `The code needs ${code.height} rows and ${code.width} columns; this window has ${scene.rows} and ${scene.columns}. Enlarge it to scan the code.`
    : 'This terminal cannot draw the code.';
  return wrapped([span('! ', 'warn'), span(why)], width, 2);
};

/** The secret in groups of four, as many on a row as fit. */
const groups = (secret: string, width: number): Line[] =>
  paragraph((secret.match(/.{1,4}/gu) ?? []).join(' '), width, 'accent');

/** What is left of the 30 seconds for which a code is good. */
const countdown = (scene: Scene, width: number, { signs }: Theme): Line => {
  const left = PERIOD - (Math.floor(scene.now / 1000) % PERIOD);
  const room = Math.min(PERIOD, width - 6);
  const full = Math.round((room * left) / PERIOD);
  return [
    span(signs.full.repeat(full), left <= 5 ? 'warn' : 'accent'),
    span(signs.empty.repeat(room - full), 'dim'),
    span(` ${String(left).padStart(2)} s`, 'dim'),
  ];
};

type Part = {
  lines: Line[];
  /** Parts with a higher number are left out first when rows are scarce. */ spare: number;
};

const wordsParts = (
  scene: Scene,
  page: Page,
  note: QrNote,
  fit: Fit,
  width: number,
  theme: Theme,
): Part[] => {
  const accepted = page.accepted.map((one): Line => [span(`${theme.signs.met} `, 'good'), span(one)]);
  return [
    { lines: paragraph(note.title, width, 'strong'), spare: 3 },
    { lines: fit === 'words' ? tooSmall(note, scene, width, theme) : [], spare: 1 },
    { lines: numbered(fit === 'words' ? note.fallbackInstructions : note.instructions, width), spare: 4 },
    {
      lines: [[span('The secret, for typing:', 'dim')], ...groups(note.secret, width)],
      spare: fit === 'words' ? 0 : 2,
    },
    {
      lines: [
        ...(note.getLiveLine ? paragraph(note.getLiveLine(), width, 'good') : []),
        countdown(scene, width, theme),
      ],
      spare: 1,
    },
    { lines: [...transcriptLines(page.told.slice(-1), width, theme), ...accepted.slice(-2)], spare: 1 },
  ].filter((part) => part.lines.length > 0);
};

const rowsOf = (parts: readonly Part[], air: boolean): Line[] =>
  parts.flatMap(({ lines }, index) => (air && index > 0 ? [blank, ...lines] : lines));

/** Leaves out the free rows first, then whole parts, until the rest fits. */
const squeezed = (parts: readonly Part[], height: number): Line[] => {
  const airy = rowsOf(parts, true);
  if (airy.length <= height) return airy;
  const tight = rowsOf(parts, false);
  const most = Math.max(0, ...parts.map((part) => part.spare));
  if (tight.length <= height || most === 0) return tight.slice(0, Math.max(0, height));
  return squeezed(
    parts.filter((part) => part.spare < most),
    height,
  );
};

const words = (scene: Scene, page: Page, note: QrNote, fit: Fit, width: number, theme: Theme): Drawn => {
  const height = scene.rows;
  const help = helpLine(scene, fit === 'turns' ? { key: 'tab the code' } : {}, width, theme);
  const foot = footLines(scene, width, height - 1, theme);
  const room = height - foot.lines.length - 1;
  const top = squeezed(wordsParts(scene, page, note, fit, width, theme), room - 1);
  const gap = top.length > 0 ? [blank] : [];
  const filler = Array.from({ length: Math.max(0, room - top.length - gap.length) }, () => blank);
  return {
    lines: [...top, ...gap, ...foot.lines, ...filler, help],
    cursor: foot.cursor && { x: foot.cursor.x, y: foot.cursor.y + top.length + gap.length },
  };
};

/** The code with nothing beside it but how to get to the other half, below it if a row is free. */
const codeAlone = (code: Line[], { rows, columns }: Scene): Line[] => {
  if (rows > code.length)
    return [...code, [span(fitted('tab to the fields and the secret', columns), 'dim')]];
  const beside = ['tab', 'next'].map((one) => span(` ${one}`, 'dim'));
  const room = columns - widthOf(code[0] ?? blank) >= 5;
  return code.map((row, index) => [...row, ...(room ? beside.slice(index, index + 1) : [])]);
};

/** The page of a QR code, the code on the left and all that is to be read and typed on the right. */
export const qrPage = (scene: Scene, page: Page, note: QrNote, theme: Theme): Drawn => {
  const fit = fitOf(note, scene, theme);
  const { columns } = scene;
  if (fit === 'words') return words(scene, page, note, fit, columns, theme);
  const code = qrBlocks(note.uri).map((row): Line => [span(row, 'code')]);
  if (fit === 'turns') {
    if (page.face === 'words') return words(scene, page, note, fit, columns, theme);
    return { lines: codeAlone(code, scene) };
  }
  const width = sizeOf(qrBlocks(note.uri)).width;
  const right = words(scene, page, note, fit, Math.min(60, columns - width - GAP), theme);
  const empty: Line = [span(' '.repeat(width))];
  return {
    lines: Array.from({ length: Math.max(code.length, right.lines.length) }, (_, row) => [
      ...(code[row] ?? empty),
      span(padded('', GAP)),
      ...(right.lines[row] ?? blank),
    ]),
    cursor: right.cursor && { x: right.cursor.x + width + GAP, y: right.cursor.y },
  };
};
