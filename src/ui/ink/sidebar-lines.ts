import type { StepEntry, Header } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { truncateToWidth, padText } from '../../lib/text.ts';
import { createSpan, getLineWidth, type ScreenLine } from './line.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';

/** From this width on there is room for the rail. */
const minColumnsForSidebar = 70;

/** From this width on the rail has words beside the signs. */
const minColumnsForStatusWords = 110;

/** The widest of the words, with a gap before it. */
const statusWordColumns = 13;

/** How wide the rail is; 0 where there is none. */
export const getSidebarWidth = (columns: number, place: Header | undefined): number => {
  if (columns < minColumnsForSidebar || place === undefined || place.entries.length === 0) return 0;
  const longest = Math.max(...place.entries.map((entry) => getLineWidth([createSpan(entry.title)])));
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
    ...(words ? [createSpan(`  ${statusLabels[entry.status].word}`, role)] : []),
  ];
};

/** The steps and their states, `height` rows of exactly `width` columns, the current one always among them. */
export const renderSidebar = (
  place: Header,
  width: number,
  height: number,
  words: boolean,
  theme: Theme,
): ScreenLine[] => {
  const at = Math.max(
    0,
    place.entries.findIndex((entry) => entry.id === place.current),
  );
  const from = Math.min(Math.max(0, at - Math.floor(height / 2)), Math.max(0, place.entries.length - height));
  return place.entries
    .slice(from, from + height)
    .map((entry) => renderSidebarRow(entry, entry.id === place.current, width, words, theme));
};

/** Whether the rail is wide enough for words. */
export const hasStatusWords = (columns: number): boolean => columns >= minColumnsForStatusWords;

/** `3 of 7`, or nothing outside of the steps. */
export const formatStepCount = (place: Header | undefined): string | undefined => {
  const at = place?.entries.findIndex((entry) => entry.id === place.current) ?? -1;
  return place === undefined || at < 0 ? undefined : `${at + 1} of ${place.entries.length}`;
};

/** What stands in for the rail where there is no room for it. */
export const renderProgressLine = (place: Header, width: number, theme: Theme): ScreenLine => {
  const current = place.entries.find((entry) => entry.id === place.current);
  const done = place.entries.filter((entry) => entry.status === 'met' || entry.status === 'attested').length;
  const text = current
    ? `${formatStepCount(place)} ${theme.signs.dot} ${current.title}`
    : `${done} of ${place.entries.length} steps done`;
  return [createSpan(padText(truncateToWidth(text, width, theme.signs.more), 0), 'dim')];
};
