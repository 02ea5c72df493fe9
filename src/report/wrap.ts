import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Breaks text into lines of at most `width` columns, between words where it can. */
export const wrap = (text: string, width: number): string[] =>
  wrapAnsi(text.split(' ').filter(Boolean).join(' '), width, { hard: true }).split('\n');

/** Fills text up with spaces to `width` columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
