import type { QrMessage } from '../../core/dialogue.ts';
import { codePeriodSeconds } from '../shared/code-period.ts';
import { qrTextGap, renderQrBlocks } from '../shared/qr.ts';
import { groupInFours } from '../shared/wording.ts';
import type { RenderedLines } from './field-lines.ts';
import { renderHelpLine } from './help-line.ts';
import { truncateToWidth, padText } from '../../lib/text.ts';
import { blankLine, renderParagraph, createSpan, getLineWidth, wrapLine, type ScreenLine } from './line.ts';
import { renderFooter } from './middle-lines.ts';
import { renderInstructions } from './message-lines.ts';
import type { SecretPage, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { renderTranscript } from './transcript-lines.ts';

/** How the two halves are shown: side by side, one at a time, or only the words because the code does not fit. */
export type QrFit = 'side-by-side' | 'one-at-a-time' | 'text-only';

const minQrWordsColumns = 28;

const getQrSize = (code: readonly string[]) => ({ width: code[0]?.length ?? 0, height: code.length });

/** Which way of showing a window of this size allows. */
export const chooseQrFit = (message: QrMessage, scene: Scene, theme: Theme): QrFit => {
  const { width, height } = getQrSize(renderQrBlocks(message.uri));
  if (!theme.canDrawBlocks || height > scene.rows || width > scene.columns) return 'text-only';
  return scene.columns - width - qrTextGap >= minQrWordsColumns ? 'side-by-side' : 'one-at-a-time';
};

const renderQrTooSmall = (message: QrMessage, scene: Scene, width: number, theme: Theme): ScreenLine[] => {
  const code = getQrSize(renderQrBlocks(message.uri));
  const why = theme.canDrawBlocks
    ? `The code needs ${code.height} rows and ${code.width} columns; this window has ${scene.rows} and ${scene.columns}. Enlarge it to scan the code.`
    : 'This terminal cannot draw the code.';
  return wrapLine([createSpan('! ', 'warn'), createSpan(why)], width, 2);
};

/** How long the current code is still valid. */
const renderCountdown = (scene: Scene, width: number, { signs }: Theme): ScreenLine => {
  const left = codePeriodSeconds - (Math.floor(scene.now / 1000) % codePeriodSeconds);
  const room = Math.min(codePeriodSeconds, width - 6);
  const full = Math.round((room * left) / codePeriodSeconds);
  return [
    createSpan(signs.full.repeat(full), left <= 5 ? 'warn' : 'accent'),
    createSpan(signs.empty.repeat(room - full), 'dim'),
    createSpan(` ${String(left).padStart(2)} s`, 'dim'),
  ];
};

type QrPagePart = {
  lines: ScreenLine[];
  /** Parts with a higher number are left out first when rows are scarce. */ dropPriority: number;
};

const createQrPageParts = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  fit: QrFit,
  width: number,
  theme: Theme,
): QrPagePart[] => {
  const accepted = page.acceptedQuestions.map((one): ScreenLine => [
    createSpan(`${theme.signs.done} `, 'good'),
    createSpan(one),
  ]);
  return [
    { lines: renderParagraph(message.title, width, 'strong'), dropPriority: 3 },
    { lines: fit === 'text-only' ? renderQrTooSmall(message, scene, width, theme) : [], dropPriority: 1 },
    {
      lines: renderInstructions(
        fit === 'text-only' ? message.fallbackInstructions : message.instructions,
        width,
      ),
      dropPriority: 4,
    },
    {
      lines: [
        [createSpan('The secret, for typing:', 'dim')],
        ...renderParagraph(groupInFours(message.secret), width, 'accent'),
      ],
      dropPriority: fit === 'text-only' ? 0 : 2,
    },
    {
      lines: [
        ...(message.getLiveLine ? renderParagraph(message.getLiveLine(), width, 'good') : []),
        renderCountdown(scene, width, theme),
      ],
      dropPriority: 1,
    },
    {
      lines: [...renderTranscript(page.blocks.slice(-1), width, theme), ...accepted.slice(-2)],
      dropPriority: 1,
    },
  ].filter((part) => part.lines.length > 0);
};

const joinPartRows = (parts: readonly QrPagePart[], spacer: boolean): ScreenLine[] =>
  parts.flatMap(({ lines }, index) => (spacer && index > 0 ? [blankLine, ...lines] : lines));

/** Leaves out the free rows first, then whole parts, until the rest fits. */
const fitPartsToHeight = (parts: readonly QrPagePart[], height: number): ScreenLine[] => {
  const spaced = joinPartRows(parts, true);
  if (spaced.length <= height) return spaced;
  const tight = joinPartRows(parts, false);
  const most = Math.max(0, ...parts.map((part) => part.dropPriority));
  if (tight.length <= height || most === 0) return tight.slice(0, Math.max(0, height));
  return fitPartsToHeight(
    parts.filter((part) => part.dropPriority < most),
    height,
  );
};

const renderQrText = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  fit: QrFit,
  width: number,
  theme: Theme,
): RenderedLines => {
  const height = scene.rows;
  const help = renderHelpLine(scene, fit === 'one-at-a-time' ? { key: 'tab the code' } : {}, width, theme);
  const footer = renderFooter(scene, width, height - 1, theme);
  const room = height - footer.lines.length - 1;
  const top = fitPartsToHeight(createQrPageParts(scene, page, message, fit, width, theme), room - 1);
  const gap = top.length > 0 ? [blankLine] : [];
  const filler = Array.from({ length: Math.max(0, room - top.length - gap.length) }, () => blankLine);
  return {
    lines: [...top, ...gap, ...footer.lines, ...filler, help],
    cursor: footer.cursor && { x: footer.cursor.x, y: footer.cursor.y + top.length + gap.length },
  };
};

/** The code with nothing beside it but how to get to the other half, below it if a row is free. */
const renderQrCodeAlone = (code: ScreenLine[], { rows, columns }: Scene): ScreenLine[] => {
  if (rows > code.length)
    return [...code, [createSpan(truncateToWidth('tab to the fields and the secret', columns), 'dim')]];
  const beside = ['tab', 'next'].map((one) => createSpan(` ${one}`, 'dim'));
  const room = columns - getLineWidth(code[0] ?? blankLine) >= 5;
  return code.map((row, index) => [...row, ...(room ? beside.slice(index, index + 1) : [])]);
};

/** The page of a QR code, the code on the left and all that is to be read and typed on the right. */
export const renderQrPage = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  theme: Theme,
): RenderedLines => {
  const fit = chooseQrFit(message, scene, theme);
  const { columns } = scene;
  if (fit === 'text-only') return renderQrText(scene, page, message, fit, columns, theme);
  const code = renderQrBlocks(message.uri).map((row): ScreenLine => [createSpan(row, 'code')]);
  if (fit === 'one-at-a-time') {
    if (page.visibleHalf === 'text') return renderQrText(scene, page, message, fit, columns, theme);
    return { lines: renderQrCodeAlone(code, scene) };
  }
  const width = getQrSize(renderQrBlocks(message.uri)).width;
  const right = renderQrText(scene, page, message, fit, Math.min(60, columns - width - qrTextGap), theme);
  const empty: ScreenLine = [createSpan(' '.repeat(width))];
  return {
    lines: Array.from({ length: Math.max(code.length, right.lines.length) }, (_, row) => [
      ...(code[row] ?? empty),
      createSpan(padText('', qrTextGap)),
      ...(right.lines[row] ?? blankLine),
    ]),
    cursor: right.cursor && { x: right.cursor.x + width + qrTextGap, y: right.cursor.y },
  };
};
