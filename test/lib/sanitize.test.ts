import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../_support/any-text.ts';
import { sanitize } from '../../src/lib/sanitize.ts';

describe('sanitize', () => {
  it('leaves ordinary text alone, in any script', () => {
    for (const text of [
      'maria',
      'Zoë Müller-Łukasz',
      '管理者',
      'مرحبا',
      'שלום',
      '5 USD, 20 €',
      'हिन्दी',
      'a\u0301',
    ]) {
      expect(sanitize(text)).toBe(text);
    }
  });

  it('keeps emoji whole', () => {
    for (const text of ['👍🏽', '👩‍👩‍👧', '❤️', '🇩🇪', '👩🏽‍💻', '🏳️‍🌈']) expect(sanitize(text)).toBe(text);
  });

  it.each([
    ['a colour', '\u001B[31mred\u001B[0m', 'red'],
    ['a cleared screen', 'a\u001B[2J\u001B[Hb', 'ab'],
    ['a one-byte control sequence introducer', 'a\u009B31mb', 'ab'],
    ['a window title', 'a\u001B]0;owned\u0007b', 'ab'],
    ['a window title that is closed the other way', 'a\u001B]0;owned\u001B\\b', 'ab'],
    ['something put on the clipboard', 'a\u001B]52;c;cm0gLXJm\u0007b', 'ab'],
    ['a link', '\u001B]8;;https://evil.example\u0007click\u001B]8;;\u0007', 'click'],
    ['a device control string', 'a\u001BP$q"p\u001B\\b', 'ab'],
    ['a string that is never closed', 'a\u001B]0;owned', 'a'],
    ['a lone escape', 'a\u001Bb', 'ab'],
    ['an escape at the end', 'a\u001B', 'a'],
    ['backspaces that paint over', 'abc\b\b\bxyz', 'abcxyz'],
    ['a bell and a null', 'a\u0007b\u0000c', 'abc'],
    ['one-byte controls', 'a\u0085b\u0084c', 'a bc'],
  ])('removes %s', (_, hostile, harmless) => {
    expect(sanitize(hostile)).toBe(harmless);
  });

  it.each([
    ['line feed', '\n'],
    ['carriage return', '\r\n'],
    ['tab', '\t'],
    ['line separator', '\u2028'],
    ['paragraph separator', '\u2029'],
  ])('turns a %s into one space', (_, character) => {
    expect(sanitize(`a${character}b`)).toBe('a b');
  });

  it('removes characters that change the direction of the text', () => {
    expect(sanitize('user\u202Egnp.exe')).toBe('usergnp.exe');
    expect(sanitize('\u2066a\u2069\u200Fb\u061C')).toBe('ab');
  });

  it('removes invisible characters', () => {
    expect(sanitize('ad\u200Bm\u00ADin\uFEFF\u2060')).toBe('admin');
    expect(sanitize('ad\u200Dmin')).toBe('admin');
    expect(sanitize('\u{E0061}admin\u{E007F}')).toBe('admin');
    expect(sanitize('a\u3164\u115F\uFFA0b')).toBe('ab');
    expect(sanitize('a\uD800b\uE000c')).toBe('abc');
  });

  it('leaves at most four marks on a letter', () => {
    expect(sanitize(`a${'\u0301'.repeat(50)}b`)).toBe(`a${'\u0301'.repeat(4)}b`);
  });

  it('shortens text that is too long to 500 characters and marks it with an ellipsis', () => {
    expect(sanitize('x'.repeat(500))).toBe('x'.repeat(500));
    expect(sanitize('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
    expect(sanitize('abcdef', 4)).toBe('abc…');
  });

  it('is fast for endless text', () => {
    expect(sanitize('x'.repeat(1_000_000))).toBe(`${'x'.repeat(499)}…`);
    expect(sanitize('\u200B'.repeat(1_000_000))).toBe('');
  });

  it('does not cut an emoji in two', () => {
    expect(sanitize('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…');
  });

  it('never lets a control character, a change of direction or a second line through, and is idempotent', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '\u001B',
        '[',
        ']',
        '2J',
        '\u009B',
        '\u0007',
        '\\',
        ';',
        'm',
        'a',
        '\n',
        '\u202E',
        '\u200D',
        '❤',
        '\u0301',
      ),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, anyText()), (text) => {
        const harmless = sanitize(text);
        expect(harmless).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F]/u);
        expect(sanitize(harmless)).toBe(harmless);
      }),
      { numRuns: 2000 },
    );
  });
});
