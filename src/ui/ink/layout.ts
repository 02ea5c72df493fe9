import { formatStepCount, renderProgressLine, getSidebarWidth } from './sidebar-lines.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { blankLine, createSpan, joinEnds, getLineWidth, type ScreenLine } from './line.ts';
import type { Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

/** Where everything is. Coordinates are those of the terminal, from 0. */
export type ScreenLayout = {
  height: number;
  margin: number;
  head: ScreenLine[];
  sidebarWidth: number;
  middle: { x: number; y: number; width: number; whole: number; height: number };
  /** Whether a row is left free above the help line. */
  hasBlankRowAboveHelp: boolean;
};

const headerTitle = 'AWS First Steps';
const maxRowColumns = 90;

/** Whose account, and whether it is a real one: that must never be in doubt, so it is what stays when room is scarce. */
const renderAccountLine = (scene: Scene, practice: boolean, room: number, theme: Theme): ScreenLine => {
  const { identity, account } = scene.header ?? {};
  const kind = practice ? createSpan('practice', 'warn') : createSpan('real account', 'good');
  const who = [identity, account].filter((one) => one !== undefined).join(' of ');
  const dot = ` ${theme.signs.dot} `;
  const left = room - getLineWidth([kind]) - dot.length;
  return who === '' || left < 8
    ? [kind]
    : [createSpan(truncateToWidth(who, left, theme.signs.more), 'dim'), createSpan(dot, 'dim'), kind];
};

const renderHeadLines = (
  scene: Scene,
  practice: boolean,
  width: number,
  sidebarWidth: number,
  theme: Theme,
): ScreenLine[] => {
  const count = sidebarWidth > 0 ? formatStepCount(scene.header) : undefined;
  const stepCount = count ? [createSpan(`   ${count}`, 'dim')] : [];
  const room = width - headerTitle.length - 2 - getLineWidth(stepCount);
  const first = joinEnds(
    [createSpan(headerTitle, 'strong')],
    [...renderAccountLine(scene, practice, room, theme), ...stepCount],
    width,
  );
  const { header } = scene;
  const narrow = sidebarWidth === 0 && header !== undefined && header.entries.length > 0;
  return narrow ? [first, renderProgressLine(header, width, theme)] : [first];
};

/** Divides the screen. */
export const computeLayout = (scene: Scene, practice: boolean, theme: Theme): ScreenLayout => {
  const { columns, rows, header } = scene;
  const height = Math.max(4, rows);
  const margin = columns >= 60 ? 2 : 0;
  const sidebarWidth = getSidebarWidth(columns, header);
  const head = renderHeadLines(scene, practice, columns - 2 * margin, sidebarWidth, theme);
  const spacer = height >= 16 ? [blankLine] : [];
  const hasBlankRowAboveHelp = height >= 20;
  const x = margin + (sidebarWidth > 0 ? sidebarWidth + 3 : 0);
  const y = head.length + spacer.length;
  return {
    height,
    margin,
    head: [...head, ...spacer],
    sidebarWidth,
    middle: {
      x,
      y,
      width: Math.max(10, Math.min(maxRowColumns, columns - x - Math.max(1, margin))),
      whole: columns,
      height: Math.max(1, height - y - (hasBlankRowAboveHelp ? 2 : 1)),
    },
    hasBlankRowAboveHelp,
  };
};
