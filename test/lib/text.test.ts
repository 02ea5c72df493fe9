import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  breakWord,
  padText,
  takeColumns,
  truncateCharacters,
  truncateToWidth,
  wrapText,
} from '../../src/lib/text.ts';

const anyWords = fc.string({
  unit: fc.constantFrom('a', 'bc', ' ', '日', '👍', 'é', '-', 'longer', '한'),
  maxLength: 60,
});

describe('text that is too long', () => {
  it('is cut to columns, with an ellipsis at its end', () => {
    expect(truncateToWidth('administrator', 13)).toBe('administrator');
    expect(truncateToWidth('administrator', 6)).toBe('admin…');
    expect(truncateToWidth('administrator', 6, '...')).toBe('adm...');
  });

  it('is cut by columns and not by characters', () => {
    expect(takeColumns('日本語', 5)).toBe('日本');
    expect(stringWidth(truncateToWidth('日本語日本語', 6))).toBeLessThanOrEqual(6);
  });

  it('is cut to characters as a reader counts them', () => {
    expect(truncateCharacters('日本語', 3)).toBe('日本語');
    expect(truncateCharacters('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…');
  });
});

describe('padText', () => {
  it('pads text to columns, and leaves wider text alone', () => {
    expect(padText('日本', 6)).toBe('日本  ');
    expect(padText('日本', 3)).toBe('日本');
  });
});

describe('breakWord', () => {
  it('cuts a word into pieces that fit, and loses nothing', () => {
    expect(breakWord('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(breakWord('日本語', 3)).toEqual(['日', '本', '語']);
    expect(breakWord('abc ', 3)).toEqual(['abc ']);
  });

  it('stops when not even one character fits', () => {
    expect(breakWord('日本', 1)).toEqual(['日', '本', '']);
  });
});

describe('wrapText', () => {
  it('breaks a long word, or keeps it whole', () => {
    expect(wrapText('see https://example.com', 10, 'break')).toEqual(['see', 'https://ex', 'ample.com']);
    expect(wrapText('see https://example.com', 10, 'keep')).toEqual(['see', 'https://example.com']);
  });

  it('does not count escape codes', () => {
    expect(wrapText('\u001B[1mone two\u001B[0m', 7, 'keep')).toEqual(['\u001B[1mone two\u001B[0m']);
  });

  it('never makes lines that are too wide, and loses no character', () => {
    fc.assert(
      fc.property(anyWords, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrapText(text, width, 'break');
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
