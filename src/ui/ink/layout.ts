import { countOf, railInOneLine, railWidth } from './rail-lines.ts';
import { fitted } from '../shared/columns.ts';
import { blank, span, spread, widthOf, type Line } from './line.ts';
import type { Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

/** Where everything is. Coordinates are those of the terminal, from 0. */
export type Layout = {
  height: number;
  margin: number;
  head: Line[];
  rail: number;
  middle: { x: number; y: number; width: number; whole: number; height: number };
  /** Whether a row is left free above the help line. */
  airBelow: boolean;
};

const TITLE = 'AWS First Steps';
const LONGEST_ROW = 90;

/** Whose account, and whether it is a real one: that must never be in doubt, so it is what stays when room is scarce. */
const whereabouts = (scene: Scene, practice: boolean, room: number, theme: Theme): Line => {
  const { identity, account } = scene.place ?? {};
  const kind = practice ? span('practice', 'warn') : span('real account', 'good');
  const who = [identity, account].filter((one) => one !== undefined).join(' of ');
  const dot = ` ${theme.signs.dot} `;
  const left = room - widthOf([kind]) - dot.length;
  return who === '' || left < 8
    ? [kind]
    : [span(fitted(who, left, theme.signs.more), 'dim'), span(dot, 'dim'), kind];
};

const headLines = (scene: Scene, practice: boolean, width: number, rail: number, theme: Theme): Line[] => {
  const count = rail > 0 ? countOf(scene.place) : undefined;
  const numbers = count ? [span(`   ${count}`, 'dim')] : [];
  const room = width - TITLE.length - 2 - widthOf(numbers);
  const first = spread(
    [span(TITLE, 'strong')],
    [...whereabouts(scene, practice, room, theme), ...numbers],
    width,
  );
  const { place } = scene;
  const narrow = rail === 0 && place !== undefined && place.entries.length > 0;
  return narrow ? [first, railInOneLine(place, width, theme)] : [first];
};

/** Divides the screen. */
export const layoutOf = (scene: Scene, practice: boolean, theme: Theme): Layout => {
  const { columns, rows, place } = scene;
  const height = Math.max(4, rows);
  const margin = columns >= 60 ? 2 : 0;
  const rail = railWidth(columns, place);
  const head = headLines(scene, practice, columns - 2 * margin, rail, theme);
  const air = height >= 16 ? [blank] : [];
  const airBelow = height >= 20;
  const x = margin + (rail > 0 ? rail + 3 : 0);
  const y = head.length + air.length;
  return {
    height,
    margin,
    head: [...head, ...air],
    rail,
    middle: {
      x,
      y,
      width: Math.max(10, Math.min(LONGEST_ROW, columns - x - Math.max(1, margin))),
      whole: columns,
      height: Math.max(1, height - y - (airBelow ? 2 : 1)),
    },
    airBelow,
  };
};
