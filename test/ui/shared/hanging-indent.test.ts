import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { wrapWithHangingIndent } from '../../../src/ui/shared/hanging-indent.ts';

describe('a line with a hanging indent', () => {
  it('continues under its text, whatever is before it', () => {
    expect(wrapWithHangingIndent('  1. one two three four', 12)).toBe('  1. one two\n     three\n     four');
    expect(wrapWithHangingIndent('  no number in front', 12)).toBe('  no number\n  in front');
    expect(wrapWithHangingIndent('\u001B[32m✔\u001B[39m one two three', 10)).toBe(
      '\u001B[32m✔\u001B[39m one two\n  three',
    );
  });

  it('keeps an address in one piece', () => {
    const url = 'https://example.com/a/long/way/to/go';
    expect(wrapWithHangingIndent(`The page: ${url}`, 20).split('\n')).toEqual(['The page:', url]);
  });

  it('starts no row with a stray space, and is not wider than allowed', () => {
    const words = fc.array(fc.constantFrom('a', 'of', 'words', 'longer', '日本'), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (some, columns) => {
        for (const row of wrapWithHangingIndent(some.join(' '), columns).split('\n')) {
          expect(row).toMatch(/^\S/);
          expect(stringWidth(row)).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});
