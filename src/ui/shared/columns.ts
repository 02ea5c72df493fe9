import stringWidth from 'string-width';

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export const charactersOf = (text: string): string[] =>
  [...characters.segment(text)].map((one) => one.segment);

/** As many characters of `text` as fit into `width` columns. */
export const startOf = (text: string, width: number): string => {
  let kept = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return kept;
};

/** Text that is at most `width` columns wide; what does not fit gives way to `more`. */
export const fitted = (text: string, width: number, more = '…'): string =>
  stringWidth(text) <= width
    ? text
    : `${startOf(text, Math.max(0, width - stringWidth(more))).trimEnd()}${more}`;

/** Text filled up with spaces. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
