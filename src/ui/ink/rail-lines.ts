import type { StepEntry, Header } from '../../core/dialogue.ts';
import { fitted, padded } from '../shared/columns.ts';
import { span, widthOf, type Line } from './line.ts';
import { signOf, wordOf, type Theme } from '../shared/theme.ts';

/** From this width on there is room for the rail. */
export const RAIL_FROM = 70;

/** From this width on the rail has words beside the signs. */
const WORDS_FROM = 110;

/** The widest of the words, with a gap before it. */
const WORD_WIDTH = 13;

/** How wide the rail is; 0 where there is none. */
export const railWidth = (columns: number, place: Header | undefined): number => {
  if (columns < RAIL_FROM || place === undefined || place.entries.length === 0) return 0;
  const longest = Math.max(...place.entries.map((entry) => widthOf([span(entry.title)])));
  const words = columns >= WORDS_FROM ? WORD_WIDTH : 0;
  return Math.min(longest + 2 + words, Math.floor(columns * (words > 0 ? 0.36 : 0.29)));
};

const row = (entry: StepEntry, current: boolean, width: number, words: boolean, { signs }: Theme): Line => {
  const { sign, role } = signOf(entry.status, signs);
  const room = width - 2 - (words ? WORD_WIDTH : 0);
  const title = padded(fitted(entry.title, room, signs.more), room);
  const quiet = role === 'dim' ? 'dim' : 'plain';
  return [
    span(`${current ? signs.current : sign} `, current ? 'accent' : role),
    span(title, current ? 'accent' : quiet),
    ...(words ? [span(`  ${wordOf(entry.status)}`, role)] : []),
  ];
};

/** The steps and their states, `height` rows of exactly `width` columns, the current one always among them. */
export const railLines = (
  place: Header,
  width: number,
  height: number,
  words: boolean,
  theme: Theme,
): Line[] => {
  const at = Math.max(
    0,
    place.entries.findIndex((entry) => entry.id === place.current),
  );
  const from = Math.min(Math.max(0, at - Math.floor(height / 2)), Math.max(0, place.entries.length - height));
  return place.entries
    .slice(from, from + height)
    .map((entry) => row(entry, entry.id === place.current, width, words, theme));
};

/** Whether the rail is wide enough for words. */
export const railHasWords = (columns: number): boolean => columns >= WORDS_FROM;

/** `3 of 7`, or nothing outside of the steps. */
export const countOf = (place: Header | undefined): string | undefined => {
  const at = place?.entries.findIndex((entry) => entry.id === place.current) ?? -1;
  return place === undefined || at < 0 ? undefined : `${at + 1} of ${place.entries.length}`;
};

/** What stands in for the rail where there is no room for it. */
export const railInOneLine = (place: Header, width: number, theme: Theme): Line => {
  const current = place.entries.find((entry) => entry.id === place.current);
  const done = place.entries.filter((entry) => entry.status === 'met' || entry.status === 'attested').length;
  const text = current
    ? `${countOf(place)} ${theme.signs.dot} ${current.title}`
    : `${done} of ${place.entries.length} steps done`;
  return [span(padded(fitted(text, width, theme.signs.more), 0), 'dim')];
};
