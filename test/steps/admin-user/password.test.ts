import { describe, expect, it } from 'vitest';
import { generatePassword } from '../../../src/steps/admin-user/password.ts';

const many = (length: number) => Array.from({ length: 300 }, () => generatePassword(length));

describe('a generated password', () => {
  it('is made of six groups of four, joined by hyphens', () => {
    for (const password of many(0)) expect(password).toMatch(/^(?:[A-Za-z2-9]{4}-){5}[A-Za-z2-9]{4}$/);
  });

  it('has no characters that are taken for each other', () => {
    expect(many(0).join('')).not.toMatch(/[IOlo01]/);
  });

  it('has all kinds of characters that an IAM policy can require', () => {
    for (const password of many(0)) {
      for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /-/]) expect(password).toMatch(kind);
    }
  });

  it.each([30, 31, 34, 35, 127, 128])('is %i characters long if the policy asks for that', (length) => {
    for (const password of many(length)) {
      expect(password).toHaveLength(length);
      expect(password).toMatch(/^(?:[A-Za-z2-9]{4}-)+[A-Za-z2-9]{1,5}$/);
    }
  });

  it('is another one each time', () => {
    expect(new Set(many(0)).size).toBe(300);
  });
});
