import type { TranscriptBlock } from './scene.ts';
import { padText } from '../../lib/text.ts';
import { blankLine, createSpan, getLineWidth, wrapLine, type ScreenLine } from './line.ts';
import {
  renderCurrentPlanLine,
  renderMessage,
  renderPlan,
  renderPreviousStep,
  type PlanRoom,
} from './message-lines.ts';
import type { Theme } from '../shared/theme.ts';

/** The room of the page, what its title is, and the beat of what turns. */
export type PageRoom = PlanRoom & { title?: string | undefined };

type AnswerBlock = Extract<TranscriptBlock, { kind: 'answer' }>;

const maxLabelColumns = 30;

const getAnswerLabel = (block: AnswerBlock) => block.questionText.trim().replace(/[?:]$/u, '');

const isAnswerBlock = (block: TranscriptBlock): block is AnswerBlock => block.kind === 'answer';

/** The labels that are not too long stand in a column. */
const getLabelColumns = (blocks: readonly TranscriptBlock[]) =>
  Math.max(
    0,
    ...blocks
      .filter(isAnswerBlock)
      .map((one) => getLineWidth([createSpan(getAnswerLabel(one))]))
      .filter((one) => one <= maxLabelColumns),
  );

const renderAnswerBlock = (block: AnswerBlock, column: number, width: number): ScreenLine[] => {
  const label = `${padText(getAnswerLabel(block), column)}   `;
  return wrapLine(
    [createSpan(label), createSpan(block.answer, 'accent')],
    width,
    Math.min(getLineWidth([createSpan(label)]), 4),
  );
};

const renderWorkBlock = (
  block: Extract<TranscriptBlock, { kind: 'done' }>,
  width: number,
  { signs }: Theme,
): ScreenLine[] => {
  const mark = block.failed ? createSpan(`${signs.failed} `, 'bad') : createSpan(`${signs.done} `, 'good');
  return wrapLine(
    [mark, createSpan(block.label), ...(block.failed ? [createSpan(' (failed)', 'bad')] : [])],
    width,
    2,
  );
};

const isText = (block: TranscriptBlock) => block.kind === 'message' && block.message.kind === 'text';

/** What belongs together stands together; a row is left free between the rest. */
const needsNoGap = (before: TranscriptBlock, block: TranscriptBlock): boolean =>
  (before.kind === block.kind && block.kind !== 'message') || (isText(before) && isText(block));

/** Whether a line of the plan is being carried out. */
const isPlanLineOpen = (block: TranscriptBlock | undefined): boolean =>
  block?.kind === 'plan' && block.lines.some(({ state }) => state === 'begun');

/** Why the step is there, what was found, asked and to be done elsewhere is past once there is a plan, which says it all. */
const isPast = (block: TranscriptBlock): boolean =>
  block.kind === 'previous-step' ||
  block.kind === 'answer' ||
  block.kind === 'done' ||
  block.kind === 'plan' ||
  (block.kind === 'message' && ['heading', 'finding', 'manual-task'].includes(block.message.kind));

/** The rows of each block in the middle, with the free row before it where there is one; none for what is folded. */
export const renderTranscriptParts = (
  blocks: readonly TranscriptBlock[],
  room: PageRoom,
  theme: Theme,
): ScreenLine[][] => {
  const { width } = room;
  const column = getLabelColumns(blocks);
  const plan = blocks.findLastIndex(({ kind }) => kind === 'plan');
  const isInLine = isPlanLineOpen(blocks[plan]) && plan < blocks.length - 1;
  const draw = (block: TranscriptBlock, index: number): ScreenLine[] => {
    if (index < plan && (isInLine || isPast(block))) return [];
    switch (block.kind) {
      case 'answer':
        return renderAnswerBlock(block, column, width);
      case 'done':
        return renderWorkBlock(block, width, theme);
      case 'plan':
        return isInLine ? renderCurrentPlanLine(block, width, theme) : renderPlan(block, room, theme);
      case 'previous-step':
        return renderPreviousStep(block, width, theme);
      case 'message':
        return renderMessage(block.message, room, theme);
    }
  };
  let before: TranscriptBlock | undefined;
  return blocks.map((block, index) => {
    const lines = draw(block, index);
    if (lines.length === 0) return [];
    const gap = before === undefined || needsNoGap(before, block) ? [] : [blankLine];
    before = block;
    return [...gap, ...lines];
  });
};

/** The blocks on a page of their own as rows of at most `width` columns. */
export const renderTranscript = (
  blocks: readonly TranscriptBlock[],
  width: number,
  theme: Theme,
): ScreenLine[] => renderTranscriptParts(blocks, { width, whole: width }, theme).flat();
