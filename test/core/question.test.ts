import { describe, expect, it } from 'vitest';
import {
  findObjection,
  getLeftOutAnswer,
  normalizeAnswer,
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
