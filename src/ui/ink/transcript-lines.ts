import type { Block } from './scene.ts';
import { padded } from '../shared/columns.ts';
import { blank, span, widthOf, wrapped, type Line, type Room } from './line.ts';
import { noteLines } from './note-lines.ts';
import type { Theme } from '../shared/theme.ts';

type Answer = Extract<Block, { kind: 'answer' }>;

const WIDEST_LABEL = 30;

const labelOf = (block: Answer) => block.message.trim().replace(/[?:]$/u, '');

const isAnswer = (block: Block): block is Answer => block.kind === 'answer';

/** The labels that are not too long stand in a column. */
const columnOf = (blocks: readonly Block[]) =>
  Math.max(
    0,
    ...blocks
      .filter(isAnswer)
      .map((one) => widthOf([span(labelOf(one))]))
      .filter((one) => one <= WIDEST_LABEL),
  );

const answerLines = (block: Answer, column: number, width: number): Line[] => {
  const label = `${padded(labelOf(block), column)}   `;
  return wrapped(
    [span(label, 'dim'), span(block.answer, 'accent')],
    width,
    Math.min(widthOf([span(label)]), 4),
  );
};

const doneLines = (block: Extract<Block, { kind: 'done' }>, width: number, { signs }: Theme): Line[] => {
  const mark = block.failed ? span(`${signs.failed} `, 'bad') : span(`${signs.met} `, 'good');
  return wrapped([mark, span(block.label), ...(block.failed ? [span(' (failed)', 'bad')] : [])], width, 2);
};

/** What belongs together stands together; a row is left free between the rest. */
const closeTogether = (before: Block | undefined, block: Block): boolean =>
  before === undefined || (before.kind === block.kind && block.kind !== 'note');

/** The rows of each block in the middle, with the free row before it where there is one. */
export const transcriptParts = (blocks: readonly Block[], room: Room, theme: Theme): Line[][] => {
  const { width } = room;
  const column = columnOf(blocks);
  const drawn = (block: Block): Line[] => {
    if (block.kind === 'answer') return answerLines(block, column, width);
    return block.kind === 'done' ? doneLines(block, width, theme) : noteLines(block.note, room, theme);
  };
  return blocks.map((block, index) => [
    ...(closeTogether(blocks[index - 1], block) ? [] : [blank]),
    ...drawn(block),
  ]);
};

/** The blocks on a page of their own as rows of at most `width` columns. */
export const transcriptLines = (blocks: readonly Block[], width: number, theme: Theme): Line[] =>
  transcriptParts(blocks, { width, whole: width }, theme).flat();
