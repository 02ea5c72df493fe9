import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpan, joinEnds, getLineWidth, wrapLine, type ScreenLine } from '../../../src/ui/ink/line.ts';

const textOf = (line: ScreenLine) => line.map((one) => one.text).join('');

const words = fc.string({
  unit: fc.constantFrom('a', 'bc', ' ', '日', '👍', 'é', '-', 'longer'),
  maxLength: 60,
});

describe('the rows of a line', () => {
  it('are broken between words, and are indented after the first', () => {
    const rows = wrapLine([createSpan('1 ', 'dim'), createSpan('make the group Administrators')], 16, 2);
    expect(rows.map(textOf)).toEqual(['1 make the group', '  Administrators']);
    expect(rows[0]?.[0]?.role).toBe('dim');
  });

  it('break a word that is longer than a row', () => {
    expect(wrapLine([createSpan('https://example.com/path')], 10).map(textOf)).toEqual([
      'https://ex',
      'ample.com/',
      'path',
    ]);
  });

  it('are never wider than allowed, and lose no character', () => {
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 12, max: 40 }),
        fc.integer({ min: 0, max: 4 }),
        (text, width, indent) => {
          const rows = wrapLine([createSpan(text)], width, indent);
          for (const row of rows) expect(getLineWidth(row)).toBeLessThanOrEqual(width);
          expect(rows.map(textOf).join('').replaceAll(' ', '')).toBe(
            createSpan(text).text.replaceAll(' ', ''),
          );
        },
      ),
    );
  });

  it('can have text at both ends', () => {
    expect(textOf(joinEnds([createSpan('left')], [createSpan('right')], 20))).toBe('left           right');
  });
});

describe('a span', () => {
  it('contains no control characters, whatever its text', () => {
    expect(createSpan('a\u001B[31mb\u001B]0;x\u0007\nc').text).toBe('ab c');
  });
});
