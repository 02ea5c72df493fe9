import { ownQuestion } from '../../core/question-names.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { formatStepCount, getSidebarWidth } from './sidebar-lines.ts';
import { blankLine, createSpan, joinEnds, getLineWidth, type ScreenLine } from './line.ts';
import { getPageTitle, type Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

/** Where everything is. Coordinates are those of the terminal, from 0. */
export type ScreenLayout = {
  height: number;
  margin: number;
  /** How many columns are used, margins left out: no more in a window that is wider than can be read. */
  width: number;
  head: ScreenLine[];
  sidebarWidth: number;
  middle: { x: number; y: number; width: number; whole: number; height: number };
  /** Whether a row is left free above the help line. */
  hasBlankRowAboveHelp: boolean;
};

const headerTitle = 'AWS First Steps';
const maxColumns = 130;
const maxRowColumns = 90;

/** Whose account, and whether it is a real one: that must never be in doubt, so it is what stays when room is scarce. */
const renderAccountLine = (scene: Scene, practice: boolean, room: number, theme: Theme): ScreenLine => {
  const { identity, account } = scene.header ?? {};
  if (account === undefined && !practice) return blankLine;
  const kind = practice ? createSpan('practice', 'practice') : createSpan('real account', 'real');
  const who = [identity, account].filter((one) => one !== undefined).join(' of ');
  const dot = ` ${theme.signs.dot} `;
  const left = room - getLineWidth([kind]) - dot.length;
  return who === '' || left < 8
    ? [kind]
    : [createSpan(truncateToWidth(who, left, theme.signs.more)), createSpan(dot, 'dim'), kind];
};

/** `3 of 8 · Password policy`; outside of the steps what the page is about, or how much is done. */
const renderTitle = (scene: Scene, { signs }: Theme): ScreenLine => {
  const { header } = scene;
  const title = getPageTitle(scene);
  const count = formatStepCount(header);
  if (title !== undefined && count !== undefined)
    return [createSpan(`${count} ${signs.dot} `), createSpan(title, 'strong')];
  if (title !== undefined) return [createSpan(title, 'strong')];
  // As long as AWS is being asked, there is nothing to count.
  if (header === undefined || header.entries.some(({ status }) => status === 'unseen')) return blankLine;
  const done = header.entries.filter(({ status }) => status === 'met' || status === 'attested').length;
  return [createSpan(`${done} of ${header.entries.length} steps done`, 'strong')];
};

/** The price of the step, where there is room for the whole of it beside the title. */
const renderPrice = ({ header }: Scene, room: number): ScreenLine => {
  if (header?.cost === undefined) return blankLine;
  const price = [createSpan(header.cost, 'accent')];
  return getLineWidth(price) + 2 <= room ? price : blankLine;
};

/** The title, and as much of it as fits into the row. */
const renderShownTitle = (scene: Scene, width: number, theme: Theme): ScreenLine => {
  let room = width;
  return renderTitle(scene, theme).map((one) => {
    const text = truncateToWidth(one.text, room, theme.signs.more);
    room -= getLineWidth([{ ...one, text }]);
    return { ...one, text };
  });
};

/** The price that stands in the head, so that the plan need not repeat it. */
export const getPriceInHead = (scene: Scene, width: number, theme: Theme): string | undefined =>
  renderPrice(scene, width - getLineWidth(renderShownTitle(scene, width, theme))).length > 0
    ? scene.header?.cost
    : undefined;

const renderHeadLines = (scene: Scene, practice: boolean, width: number, theme: Theme): ScreenLine[] => {
  const account = renderAccountLine(scene, practice, width - headerTitle.length - 2, theme);
  const hasRoomForName = headerTitle.length + 1 + getLineWidth(account) <= width;
  const name = hasRoomForName ? [createSpan(headerTitle, 'strong')] : blankLine;
  const first = hasRoomForName ? joinEnds(name, account, width) : account;
  const shown = renderShownTitle(scene, width, theme);
  if (shown.length === 0) return [first];
  const price = renderPrice(scene, width - getLineWidth(shown));
  return [first, price.length > 0 ? joinEnds(shown, price, width) : shown];
};

/** The list of steps has all the room that it wants: then the one at the side would only repeat it. */
const isListOfSteps = ({ pendingQuestion }: Scene): boolean => pendingQuestion?.name === ownQuestion('list');

/** Divides the screen. */
export const computeLayout = (scene: Scene, practice: boolean, theme: Theme): ScreenLayout => {
  const { columns, rows, header } = scene;
  const height = Math.max(4, rows);
  const margin = columns >= 60 ? 2 : 0;
  const width = Math.min(columns, maxColumns) - 2 * margin;
  const isList = isListOfSteps(scene);
  const sidebarWidth = isList ? 0 : getSidebarWidth(columns, header);
  const head = renderHeadLines(scene, practice, width, theme);
  const spacer = height >= 16 ? [blankLine] : [];
  const hasBlankRowAboveHelp = height >= 20;
  const x = margin + (sidebarWidth > 0 ? sidebarWidth + 3 : 0);
  const y = head.length + spacer.length;
  return {
    height,
    margin,
    width,
    head: [...head, ...spacer],
    sidebarWidth,
    middle: {
      x,
      y,
      width: Math.max(10, Math.min(isList ? maxColumns : maxRowColumns, margin + width - x)),
      whole: columns,
      height: Math.max(1, height - y - (hasBlankRowAboveHelp ? 2 : 1)),
    },
    hasBlankRowAboveHelp,
  };
};
