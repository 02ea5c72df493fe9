import type { StepEntry, Header } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { truncateToWidth, padText } from '../../lib/text.ts';
import { createSpan, getLineWidth, type ScreenLine } from './line.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';

/** From this width on there is room for the list of steps: beside it, text still has 70 columns. */
const minColumnsForSidebar = 100;

/** From this width on it has words beside the signs. */
const minColumnsForStatusWords = 120;

/** The widest of the words, with a gap before it. */
const statusWordColumns = 13;

/** How wide the list of steps is; 0 where there is no room for it. */
export const getSidebarWidth = (columns: number, header: Header | undefined): number => {
  if (columns < minColumnsForSidebar || header === undefined || header.entries.length === 0) return 0;
  const longest = Math.max(...header.entries.map((entry) => getLineWidth([createSpan(entry.title)])));
  const words = columns >= minColumnsForStatusWords ? statusWordColumns : 0;
  return Math.min(longest + 2 + words, Math.floor(columns * (words > 0 ? 0.36 : 0.29)));
};

const renderSidebarRow = (
  entry: StepEntry,
  current: boolean,
  width: number,
  words: boolean,
  { signs }: Theme,
): ScreenLine => {
  const { sign, role } = getStatusSign(entry.status, signs);
  const room = width - 2 - (words ? statusWordColumns : 0);
  const title = padText(truncateToWidth(entry.title, room, signs.more), room);
  const quiet = role === 'dim' ? 'dim' : 'plain';
  return [
    createSpan(`${current ? signs.current : sign} `, current ? 'accent' : role),
    createSpan(title, current ? 'accent' : quiet),
    ...(words ? [createSpan(padText(`  ${statusLabels[entry.status].word}`, statusWordColumns), role)] : []),
  ];
};

/** The steps and their states, `height` rows of exactly `width` columns, the current one always among them. */
export const renderSidebar = (
  header: Header,
  width: number,
  height: number,
  words: boolean,
  theme: Theme,
): ScreenLine[] => {
  const at = Math.max(
    0,
    header.entries.findIndex((entry) => entry.id === header.current),
  );
  const from = Math.min(
    Math.max(0, at - Math.floor(height / 2)),
    Math.max(0, header.entries.length - height),
  );
  return header.entries
    .slice(from, from + height)
    .map((entry) => renderSidebarRow(entry, entry.id === header.current, width, words, theme));
};

/** Whether there is room for words beside the signs. */
export const hasStatusWords = (columns: number): boolean => columns >= minColumnsForStatusWords;

/** `3 of 7`, or nothing outside of the steps. */
export const formatStepCount = (header: Header | undefined): string | undefined => {
  const at = header?.entries.findIndex((entry) => entry.id === header.current) ?? -1;
  return header === undefined || at < 0 ? undefined : `${at + 1} of ${header.entries.length}`;
};
