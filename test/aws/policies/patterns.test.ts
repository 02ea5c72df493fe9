import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../src/aws/policies/patterns.ts';

/* eslint-disable no-template-curly-in-string -- variables of IAM */

/** What `*` and `?` mean, said another way: the slow way, by trying everything. */
const matchesSlowly = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const [first = '', rest] = [pattern[0], pattern.slice(1)];
  if (first === '*')
    return matchesSlowly(rest, text) || (text !== '' && matchesSlowly(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && matchesSlowly(rest, text.slice(1));
};

describe('a pattern of a policy', () => {
  it('matches what its wildcards say, for any pattern and text', () => {
    const few = (signs: string, maxLength: number) =>
      fc.array(fc.constantFrom(...signs.split('')), { maxLength }).map((list) => list.join(''));
    fc.assert(
      fc.property(few('ab*?', 8), few('ab', 8), (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(matchesSlowly(pattern, text) ? 'yes' : 'no');
      }),
      { numRuns: 2000 },
    );
  });

  it('does not hold up the program with many wildcards', () => {
    const pattern = `${'*a'.repeat(40)}*b`;
    expect(matchesPattern(pattern, 'a'.repeat(2000))).toBe('no');
    expect(matchesPattern(`${pattern}\${aws:username}`, 'a'.repeat(2000))).toBe('no');
  });

  it.each([
    ['a star stands for nothing, too', 's3:Get*', 's3:Get', 'yes'],
    ['a question mark stands for exactly one sign', 's3:Get?', 's3:Get', 'no'],
    ['a question mark stands for one sign, whatever its length in UTF-16', 'a?b', 'a😀b', 'yes'],
    ['a star stands for line breaks and slashes', 'a*b', 'a/\n:b', 'yes'],
    ['a dot is a dot', 's3.Get', 's3:Get', 'no'],
    ['a bracket is a bracket', '[ab](c)+', '[ab](c)+', 'yes'],
    ['a bracket is no class', '[ab]', 'a', 'no'],
    ['a pattern must match the whole text', 'Get', 's3:GetObject', 'no'],
    ['letters must be the same', 'S3:*', 's3:Get', 'no'],
    ['an escaped star is a star', 'a${*}', 'a*', 'yes'],
    ['an escaped star is nothing else', 'a${*}', 'ab', 'no'],
    ['an unknown variable may fit', 'user/${aws:username}', 'user/x', 'unknown'],
    ['an unknown variable does not change the rest', 'user/${aws:username}', 'role/x', 'no'],
    ['an unfinished variable is text', 'a${b', 'a${b', 'yes'],
    ['a variable with a default is not known', "${aws:PrincipalTag/t, 'x'}", 'x', 'unknown'],
  ] as const)('%s', (_, pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it('does not distinguish letters where it is told so', () => {
    expect(matchesPattern('S3:GET*', 's3:GetObject', { ignoreCase: true })).toBe('yes');
  });

  it('takes a wildcard in the value of a variable as a sign', () => {
    const variables = { 'aws:username': 'm*' };
    expect(matchesPattern('user/${aws:UserName}', 'user/m*', { variables })).toBe('yes');
    expect(matchesPattern('user/${aws:UserName}', 'user/maria', { variables })).toBe('no');
  });

  it('takes no variable from what every object has', () => {
    expect(matchesPattern('${constructor}', 'x', { variables: {} })).toBe('unknown');
    expect(matchesPattern('${__proto__}', 'x', { variables: {} })).toBe('unknown');
  });

  it('takes wildcards as signs where it is literal, and still fills in variables', () => {
    const options = { isLiteral: true, variables: { 'aws:username': 'maria' } };
    expect(matchesPattern('*', 'x', options)).toBe('no');
    expect(matchesPattern('*', '*', options)).toBe('yes');
    expect(matchesPattern('${aws:username}', 'maria', options)).toBe('yes');
    expect(matchesPattern('a*', 'ab', { isLiteral: true })).toBe('no');
    expect(matchesPattern('a*', 'ab')).toBe('yes');
  });
});
