import { describe, expect, it } from 'vitest';
import { joinNames } from '../../../src/steps/shared/name-list.ts';

describe('a list of names within a sentence', () => {
  it.each([
    [[], ''],
    [['anna'], 'anna'],
    [['anna', 'maria'], 'anna or maria'],
    [['anna', 'maria', 'otto'], 'anna, maria or otto'],
    [['anna', 'maria', 'otto', 'paul'], 'anna, maria, otto and 1 more'],
    [['anna', 'maria', 'otto', 'paul', 'rosa', 'tom', 'uta'], 'anna, maria, otto and 4 more'],
  ])('names three of %j, and counts the rest', (names, text) => {
    expect(joinNames(names, 'or')).toBe(text);
  });

  it('shortens a name that is too long, and keeps escape codes out', () => {
    expect(joinNames(['x'.repeat(300)], 'and')).toBe(`${'x'.repeat(63)}…`);
    expect(joinNames(['an\u001B[31mna', 'maria'], 'and')).toBe('anna and maria');
  });
});
