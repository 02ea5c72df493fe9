import { span, type Line } from './line.ts';

/** A part of many rows, and how many of them are hidden on either side of it. */
export type Window = {
  lines: Line[];
  above: number;
  below: number;
  /** How many rows are hidden below after one page up or down. */
  up: number;
  down: number;
};

/** What the marks say where rows are hidden: the sign for "more", and the keys that lead there. */
export type Marks = { more: string; up: string; down: string };

/** Where the window stands: the row that it begins with, or the rows that stay hidden below it. */
export type Standing = { from: number } | { below: number };

/** In fewer rows than this, a mark at both ends would leave too little between them. */
const ROOM_FOR_BOTH = 4;

const mark = (sign: string, count: number, where: string, keys: string): Line => [
  span(`${sign} ${count} lines ${where} (${keys})`, 'dim'),
];

/** The `height` rows that are seen of `lines`. A mark stands on a row of its own, which hides one row more. */
export const windowOf = (lines: Line[], height: number, standing: Standing, marks: Marks): Window => {
  const last = lines.length - height;
  if (last <= 0) return { lines, above: 0, below: 0, up: 0, down: 0 };
  const within = (row: number) => Math.min(last, Math.max(0, row));
  const first = within('from' in standing ? standing.from : last - standing.below);
  const bothEnds = height >= ROOM_FOR_BOTH;
  const above = first > 0 ? first + 1 : 0;
  const below = first < last ? last - first + 1 : 0;
  const part = lines.slice(first, first + height);
  const begun = above > 0 && bothEnds ? [mark(marks.more, above, 'above', marks.up), ...part.slice(1)] : part;
  const page = bothEnds ? height - 2 : height - 1;
  return {
    lines: below > 0 ? [...begun.slice(0, -1), mark(marks.more, below, 'below', marks.down)] : begun,
    above,
    below,
    up: last - within(first - page),
    down: last - within(first + page),
  };
};
