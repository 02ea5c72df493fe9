import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { wrapText } from '../../lib/text.ts';

/** What the first row begins with and the rows after it are indented by: a number, a sign. */
const bulletPattern = /^(?:\d+\. |[^\p{L}\p{N}\s] )/u;

/**
 * Wraps a line to `columns` and indents the rows after the first under its text. A word that is wider, which is an
 * address, sticks out: the terminal breaks it, and it can still be copied as one.
 */
export const wrapWithHangingIndent = (line: string, columns: number): string => {
  const text = line.trimStart();
  const indent = line.length - text.length;
  const bulleted = bulletPattern.test(stripVTControlCharacters(text));
  const bullet = bulleted ? text.slice(0, text.indexOf(' ') + 1) : '';
  const hang = stringWidth(bullet);
  const rows = wrapText(text.slice(bullet.length), Math.max(8, columns - indent - hang), 'keep');
  return rows
    .map((row, index) => ' '.repeat(indent) + (index > 0 ? ' '.repeat(hang) : bullet) + row)
    .join('\n');
};
