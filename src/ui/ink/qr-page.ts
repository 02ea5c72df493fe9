import type { QrMessage } from '../../core/dialogue.ts';
import { codePeriodSeconds } from '../shared/code-period.ts';
import { qrTextGap, renderQrBlocks } from '../shared/qr.ts';
import { groupInFours } from '../shared/wording.ts';
import { getOptions } from './field.ts';
import { getSpinnerSign, type RenderedLines } from './field-lines.ts';
import { renderHelpLine } from './help-line.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { blankLine, renderParagraph, createSpan, getLineWidth, wrapLine, type ScreenLine } from './line.ts';
import { renderFooter } from './middle-lines.ts';
import { renderInstructions } from './message-lines.ts';
import type { SecretPage, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { renderTranscript } from './transcript-lines.ts';

/** How the two halves are shown: side by side, one at a time, or only the words because the code does not fit. */
export type QrFit = 'side-by-side' | 'one-at-a-time' | 'text-only';

const minQrWordsColumns = 28;
const maxWordsColumns = 60;

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

/** What does not change while the page is shown, but for the line of the practice phone and the time that is left. */
const createFixedParts = (
  scene: Scene,
  message: QrMessage,
  fit: QrFit,
  width: number,
  theme: Theme,
): QrPagePart[] => {
  const isTextOnly = fit === 'text-only';
  const liveLine = message.getLiveLine
    ? [createSpan(truncateToWidth(message.getLiveLine(), width), 'good')]
    : [];
  return [
    { lines: renderParagraph(message.title, width, 'strong'), dropPriority: 3 },
    { lines: isTextOnly ? renderQrTooSmall(message, scene, width, theme) : [], dropPriority: 1 },
    {
      lines: renderInstructions(isTextOnly ? message.fallbackInstructions : message.instructions, width),
      dropPriority: 4,
    },
    {
      lines: [
        [createSpan('The secret, for typing:')],
        ...renderParagraph(groupInFours(message.secret), width, 'accent'),
      ],
      dropPriority: isTextOnly ? 0 : 2,
    },
    {
      lines: [...(liveLine.length > 0 ? [liveLine] : []), renderCountdown(scene, width, theme)],
      dropPriority: 1,
    },
  ].filter((part) => part.lines.length > 0);
};

/**
 * Puts the parts into exactly `height` rows if they fit, with a free row after as many of them as there is room for, the
 * last ones first. If they do not fit, whole parts are left out.
 */
const fitPartsToHeight = (parts: readonly QrPagePart[], height: number): ScreenLine[] => {
  const needed = parts.reduce((sum, { lines }) => sum + lines.length, 0);
  const most = Math.max(0, ...parts.map((part) => part.dropPriority));
  if (needed > height && most > 0) {
    const kept = parts.filter((part) => part.dropPriority < most);
    return fitPartsToHeight(kept, height);
  }
  const firstWithGap = Math.max(0, parts.length - (height - needed));
  return parts
    .flatMap(({ lines }, index) => (index >= firstWithGap ? [...lines, blankLine] : lines))
    .slice(0, Math.max(0, height));
};

/** The rows that are kept for the answer: the field, and below it a choice, its help and what is wrong with the codes. */
const getAnswerRows = (width: number): number => (width < 40 ? 7 : 5);

/** Whether the next code is waited for: nothing to choose, and the time that is left stands above. */
const isWaitForCode = ({ pendingQuestion }: Scene): boolean =>
  pendingQuestion?.since !== undefined && getOptions(pendingQuestion.question).length < 2;

/** The codes that were taken; one that is waited for is none yet. Hints in brackets belong to the field. */
const renderAcceptedRow = (scene: Scene, page: SecretPage, width: number, theme: Theme): ScreenLine => {
  const { blocks, acceptedQuestions } = page;
  const accepted = isWaitForCode(scene) ? acceptedQuestions.slice(0, -1) : acceptedQuestions;
  const shown = blocks.length > 0 ? [] : accepted.slice(-2);
  const row = shown.flatMap((one, index) => [
    createSpan(`${index > 0 ? '  ' : ''}${theme.signs.done} `, 'good'),
    createSpan(one.replace(/ \(.*\)$/u, '')),
  ]);
  return getLineWidth(row) <= width ? row : row.slice(-2);
};

const renderCodeWait = (scene: Scene, width: number, theme: Theme): RenderedLines | undefined => {
  const { pendingQuestion } = scene;
  if (pendingQuestion === undefined || !isWaitForCode(scene)) return undefined;
  const sign = createSpan(`${getSpinnerSign(theme, scene.frame)} `, 'accent');
  return { lines: wrapLine([sign, createSpan(pendingQuestion.question.message)], width, 2) };
};

/** The field, and below it what is wrong with the codes that were typed; that takes the place of the field's help. */
const renderAnswer = (
  scene: Scene,
  page: SecretPage,
  width: number,
  height: number,
  theme: Theme,
): RenderedLines => {
  const { pendingQuestion } = scene;
  const wait = renderCodeWait(scene, width, theme);
  if (wait) return wait;
  const doubt = renderTranscript(page.blocks.slice(-1), width, theme);
  const isCode = pendingQuestion?.question.kind === 'secret';
  const hidesHelp = isCode && doubt.length > 0;
  const shown = hidesHelp
    ? {
        ...scene,
        pendingQuestion: { ...pendingQuestion, question: { ...pendingQuestion.question, help: '' } },
      }
    : scene;
  const footer = renderFooter(shown, width, height, theme);
  const hasProblem = pendingQuestion?.field.problem !== undefined;
  return { ...footer, lines: [...footer.lines, ...(hasProblem ? [] : doubt)] };
};

/**
 * The words of the page in `height` rows. Each zone keeps its rows from the first code to the last, whatever is said in
 * another one: nobody has to look for the field again.
 */
const renderQrWords = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  fit: QrFit,
  { width, height }: { width: number; height: number },
  theme: Theme,
): RenderedLines => {
  const parts = createFixedParts(scene, message, fit, width, theme);
  const top = fitPartsToHeight(parts, height - getAnswerRows(width) - 1);
  const answer = renderAnswer(scene, page, width, height - 1, theme);
  const above = [...top, renderAcceptedRow(scene, page, width, theme)];
  // In a window of a few rows the field comes first.
  const kept = above.slice(0, Math.max(0, height - answer.lines.length));
  return {
    lines: [...kept, ...answer.lines].slice(0, height),
    cursor: answer.cursor && { x: answer.cursor.x, y: answer.cursor.y + kept.length },
  };
};

const fillRows = (lines: readonly ScreenLine[], height: number): ScreenLine[] =>
  Array.from({ length: height }, (_, row) => lines[row] ?? blankLine);

/** The words alone, where the code is on a page of its own or on none. */
const renderWordsPage = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  fit: QrFit,
  theme: Theme,
): RenderedLines => {
  const { columns, rows } = scene;
  const margin = columns >= 60 ? 2 : 0;
  const width = Math.min(maxWordsColumns, columns - 2 * margin);
  const words = renderQrWords(scene, page, message, fit, { width, height: rows - 1 }, theme);
  const help = renderHelpLine(scene, fit === 'one-at-a-time' ? { key: 'tab the code' } : {}, width, theme);
  const indent = createSpan(' '.repeat(margin));
  return {
    lines: [...fillRows(words.lines, rows - 1), help].map((line) => [indent, ...line]),
    cursor: words.cursor && { x: words.cursor.x + margin, y: words.cursor.y },
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

/** The code on the left, and all that is to be read and typed on the right. The keys are below, if a row is free there. */
const renderSideBySide = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  code: ScreenLine[],
  theme: Theme,
): RenderedLines => {
  const { columns, rows } = scene;
  const codeWidth = getLineWidth(code[0] ?? blankLine);
  const x = codeWidth + qrTextGap;
  const width = Math.min(maxWordsColumns, columns - x);
  const words = renderQrWords(scene, page, message, 'side-by-side', { width, height: rows - 1 }, theme);
  const isBelow = rows > code.length;
  const help = renderHelpLine(scene, {}, isBelow ? columns - 4 : width, theme);
  const right = [...fillRows(words.lines, rows - 1), ...(isBelow ? [] : [help])];
  const empty: ScreenLine = [createSpan(' '.repeat(codeWidth))];
  const gap = createSpan(' '.repeat(qrTextGap));
  const halves = right.map((line, row): ScreenLine => [...(code[row] ?? empty), gap, ...line]);
  return {
    lines: isBelow ? [...halves, [createSpan('  '), ...help]] : halves,
    cursor: words.cursor && { x: words.cursor.x + x, y: words.cursor.y },
  };
};

/** The page of a QR code. */
export const renderQrPage = (
  scene: Scene,
  page: SecretPage,
  message: QrMessage,
  theme: Theme,
): RenderedLines => {
  const fit = chooseQrFit(message, scene, theme);
  if (fit === 'text-only') return renderWordsPage(scene, page, message, fit, theme);
  const code = renderQrBlocks(message.uri).map((row): ScreenLine => [createSpan(row, 'code')]);
  if (fit === 'side-by-side') return renderSideBySide(scene, page, message, code, theme);
  return page.visibleHalf === 'text'
    ? renderWordsPage(scene, page, message, fit, theme)
    : { lines: renderQrCodeAlone(code, scene) };
};
