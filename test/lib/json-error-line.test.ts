import { describe, expect, it } from 'vitest';
import { findJsonErrorLine } from '../../src/lib/json-error-line.ts';

describe('the line in which a text stops being JSON', () => {
  it.each([
    ['a word without quotes', '{\n  "a": true,\n  "b": yes\n}', 3],
    ['a comma too many', '{\n  "a": true,\n}\n', 3],
    ['a missing comma', '{\n  "a": true\n  "b": true\n}', 3],
    ['a comment', '{\n  // no\n  "a": true\n}', 2],
    ['a single quote', "{\n\n\n  'a': true }", 4],
    ['a text that is not closed', '{\n  "a": "b\n}', 2],
    ['a text that is cut off', '{\n  "a": true', 2],
    ['something after the end', '{}\n\nx', 3],
    ['nothing at all', '', 1],
    ['no JSON', 'maria', 1],
  ])('is found after %s', (_, text, line) => {
    expect(findJsonErrorLine(text)).toBe(line);
  });

  it('is found in a large file without reading it line by line', () => {
    const lines = Array.from({ length: 9000 }, (_, index) => `"key-${index}": true,`);
    expect(findJsonErrorLine(['{', ...lines, 'x: maria', ...lines].join('\n'))).toBe(9002);
  });
});
