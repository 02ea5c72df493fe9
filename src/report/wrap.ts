import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

const hardWrap = (text: string, width: number): string[] => wrapAnsi(text, width, { hard: true }).split('\n');

/**
 * Breaks text into lines of at most `width` columns, between words where it can. Some syllables (conjoining Hangul) are
 * narrower to wrap-ansi than to string-width; lines that came out too wide for that are broken again, a little earlier.
 */
export const wrapText = (text: string, width: number): string[] => {
  let lines = hardWrap(text.split(' ').filter(Boolean).join(' '), width);
  for (let less = width - 1; less > 0 && lines.some((line) => stringWidth(line) > width); less -= 1)
    lines = lines.flatMap((line) => (stringWidth(line) > width ? hardWrap(line, less) : [line]));
  return lines;
};

/** Fills text up with spaces to `width` columns. */
export const padText = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
