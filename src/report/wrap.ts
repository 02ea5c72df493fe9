import stringWidth from 'string-width';

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The word in pieces of at most `width` columns; a character that is wider stands alone. */
const pieces = (word: string, width: number): string[] => {
  if (stringWidth(word) <= width) return [word];
  const cut: string[] = [''];
  for (const { segment } of characters.segment(word)) {
    const last = cut.at(-1) ?? '';
    if (last !== '' && stringWidth(last + segment) > width) cut.push(segment);
    else cut[cut.length - 1] = last + segment;
  }
  return cut;
};

/** Breaks text into lines of at most `width` columns, between words where it can. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [''];
  for (const word of text
    .split(' ')
    .filter(Boolean)
    .flatMap((one) => pieces(one, width))) {
    const last = lines.at(-1) ?? '';
    const joined = last === '' ? word : `${last} ${word}`;
    if (stringWidth(joined) <= width || last === '') lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
};

/** Fills text up with spaces to `width` columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));
