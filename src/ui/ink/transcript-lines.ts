import type { TranscriptBlock } from './scene.ts';
import { padText } from '../../lib/text.ts';
import { blankLine, createSpan, getLineWidth, wrapLine, type ScreenLine, type RowRoom } from './line.ts';
import { renderMessage } from './message-lines.ts';
import type { Theme } from '../shared/theme.ts';

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
    [createSpan(label, 'dim'), createSpan(block.answer, 'accent')],
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

/** What belongs together stands together; a row is left free between the rest. */
const needsNoGap = (before: TranscriptBlock | undefined, block: TranscriptBlock): boolean =>
  before === undefined || (before.kind === block.kind && block.kind !== 'message');

/** The rows of each block in the middle, with the free row before it where there is one. */
export const renderTranscriptParts = (
  blocks: readonly TranscriptBlock[],
  room: RowRoom,
  theme: Theme,
): ScreenLine[][] => {
  const { width } = room;
  const column = getLabelColumns(blocks);
  const drawn = (block: TranscriptBlock): ScreenLine[] => {
    if (block.kind === 'answer') return renderAnswerBlock(block, column, width);
    return block.kind === 'done'
      ? renderWorkBlock(block, width, theme)
      : renderMessage(block.message, room, theme);
  };
  return blocks.map((block, index) => [
    ...(needsNoGap(blocks[index - 1], block) ? [] : [blankLine]),
    ...drawn(block),
  ]);
};

/** The blocks on a page of their own as rows of at most `width` columns. */
export const renderTranscript = (
  blocks: readonly TranscriptBlock[],
  width: number,
  theme: Theme,
): ScreenLine[] => renderTranscriptParts(blocks, { width, whole: width }, theme).flat();
