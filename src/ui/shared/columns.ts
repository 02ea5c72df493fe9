import stringWidth from 'string-width';

const graphemeSegmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for one character each. */
export const splitCharacters = (text: string): string[] =>
  [...graphemeSegmenter.segment(text)].map((one) => one.segment);

/** As many characters of `text` as fit into `width` columns. */
export const takeColumns = (text: string, width: number): string => {
  let kept = '';
  let used = 0;
  for (const { segment } of graphemeSegmenter.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return kept;
};

/** Text that is at most `width` columns wide; what does not fit gives way to `more`. */
export const truncateToWidth = (text: string, width: number, more = '…'): string =>
  stringWidth(text) <= width
    ? text
    : `${takeColumns(text, Math.max(0, width - stringWidth(more))).trimEnd()}${more}`;

/** Text filled up with spaces. */
export const padText = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
