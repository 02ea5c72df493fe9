import { describe, expect, it } from 'vitest';
import {
  findObjection,
  getLeftOutAnswer,
  normalizeAnswer,
  normalizeFileAnswer,
  type CountQuestion,
  type TextQuestion,
} from '../../src/core/question.ts';

const amount: TextQuestion = {
  kind: 'text',
  message: 'How much?',
  example: '10',
  pattern: /^\d+(\.\d+)?$/,
  rule: 'Give an amount',
  max: 10,
};

describe('an answer to a question for a text', () => {
  it('may be a number in the answers file', () => {
    expect(normalizeAnswer(amount, 10)).toBe('10');
    expect(normalizeAnswer(amount, 5.5)).toBe('5.5');
    expect(findObjection(amount, normalizeAnswer(amount, -3))).toBe('Give an amount.');
    expect(findObjection(amount, normalizeAnswer(amount, true))).toBe('Please give a text.');
  });

  it('is empty when a file leaves it out, if that is what Enter gives on the screen', () => {
    expect(getLeftOutAnswer({ ...amount, default: '' })).toBe('');
    expect(getLeftOutAnswer({ ...amount, default: '10' })).toBeUndefined();
    expect(getLeftOutAnswer(amount)).toBeUndefined();
  });
});

describe('a text of an answers file', () => {
  const confirmation: TextQuestion = { ...amount, emptyInFile: 'keep' };

  it('stands for what the question says where it is empty, and for itself elsewhere', () => {
    expect(normalizeFileAnswer(confirmation, '')).toBe('keep');
    expect(normalizeFileAnswer(confirmation, 'ABCD')).toBe('ABCD');
    expect(normalizeFileAnswer(amount, '')).toBe('');
    expect(normalizeFileAnswer({ kind: 'confirm', message: 'Sure?' }, '')).toBe('');
  });

  it('is left as it is where it is no number that could be typed', () => {
    expect(normalizeAnswer(amount, Number.NaN)).toBeNaN();
    expect(normalizeAnswer(amount, Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(normalizeAnswer({ ...amount, normalize: (typed) => typed.trim() }, ' 5 ')).toBe('5');
    expect(normalizeAnswer({ ...amount, normalize: (typed) => typed.trim() }, true)).toBe(true);
  });
});

describe('a number', () => {
  const length: CountQuestion = { kind: 'count', message: 'How long?', min: 8, max: 128 };

  it.each<[unknown, boolean]>([
    [8, true],
    [128, true],
    [14, true],
    [7, false],
    [129, false],
    [14.5, false],
    [Number.NaN, false],
    ['14', false],
    [true, false],
    [undefined, false],
  ])('%s is taken between 8 and 128: %s', (value, isTaken) => {
    expect(findObjection(length, value) === undefined).toBe(isTaken);
  });
});
