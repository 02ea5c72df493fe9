import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { wrapText } from '../../lib/text.ts';

/** What a row begins with that the rows after it leave free: the number of an instruction, a sign. */
const bulletPattern = /^(?:\d+\. |[^\p{L}\p{N}\s] )/u;

/**
 * Breaks a line between words so that it fits into `columns`; what follows stands under its text. A word that is wider,
 * which is an address, is left to the terminal: it can then still be copied as one.
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
