import { createSpan, type ScreenLine } from './line.ts';

/** A part of many rows, and how many of them are hidden on either side of it. */
export type ScrollWindow = {
  lines: ScreenLine[];
  hiddenAbove: number;
  hiddenBelow: number;
  /** How many rows one page scrolls. */
  pageRows: number;
  /** How many rows are hidden below after one page up or down. */
  belowAfterPageUp: number;
  belowAfterPageDown: number;
};

/** All rows are seen. */
export const unscrolled: ScrollWindow = {
  lines: [],
  hiddenAbove: 0,
  hiddenBelow: 0,
  pageRows: 1,
  belowAfterPageUp: 0,
  belowAfterPageDown: 0,
};

/** What marks hidden rows: the sign for "more", and the keys that scroll there. */
export type ScrollMarks = { more: string; up: string; down: string };

/** Where the window is: its first row, or how many rows are hidden below it. */
export type ScrollPosition = { from: number } | { below: number };

/** In fewer rows than this, a mark at both ends would leave too little between them. */
const minRowsForBothMarks = 4;

const renderScrollMark = (sign: string, count: number, where: string, keys: string): ScreenLine => [
  createSpan(`${sign} ${count} lines ${where} (${keys})`, 'dim'),
];

/** The `height` rows that are seen of `lines`. A mark stands on a row of its own, which hides one row more. */
export const createScrollWindow = (
  lines: ScreenLine[],
  height: number,
  position: ScrollPosition,
  marks: ScrollMarks,
): ScrollWindow => {
  const last = lines.length - height;
  if (last <= 0) return { ...unscrolled, lines };
  const within = (row: number) => Math.min(last, Math.max(0, row));
  const first = within('from' in position ? position.from : last - position.below);
  const hasBothMarks = height >= minRowsForBothMarks;
  const above = first > 0 ? first + 1 : 0;
  const below = first < last ? last - first + 1 : 0;
  const part = lines.slice(first, first + height);
  const withMarkAbove =
    above > 0 && hasBothMarks
      ? [renderScrollMark(marks.more, above, 'above', marks.up), ...part.slice(1)]
      : part;
  const page = hasBothMarks ? height - 2 : height - 1;
  return {
    lines:
      below > 0
        ? [...withMarkAbove.slice(0, -1), renderScrollMark(marks.more, below, 'below', marks.down)]
        : withMarkAbove,
    hiddenAbove: above,
    hiddenBelow: below,
    pageRows: page,
    belowAfterPageUp: last - within(first - page),
    belowAfterPageDown: last - within(first + page),
  };
};
