import { describe, expect, it } from 'vitest';
import { findObjection, normalizeAnswer } from '../../../src/core/question.ts';
import { createEmailQuestion } from '../../../src/steps/shared/email-question.ts';
import { parseTypedAnswer } from '../../../src/ui/shared/typed-answer.ts';
import { applyKey, createField } from '../../../src/ui/ink/field.ts';

const question = createEmailQuestion('Which address?', '');
const judge = (typed: string) => findObjection(question, normalizeAnswer(question, typed));

describe('an e-mail address', () => {
  it.each([
    ['maria@example.com'],
    ['Maria.Lopez+aws@mail.example.co.uk'],
    ["o'brien@example.com"],
    ['m@xn--exmple-cua.com'],
    ['1_2-3@4.example.org'],
    [`${'m'.repeat(64)}@example.com`],
  ])('is taken as it is: %s', (typed) => {
    expect(judge(typed)).toBeUndefined();
    expect(normalizeAnswer(question, typed)).toBe(typed);
  });

  it.each([
    ['mailto:maria@example.com'],
    ['MAILTO:maria@example.com?subject=Hello'],
    ['mailto:maria%40example.com'],
    ['Maria Lopez <maria@example.com>'],
    ['"Lopez, Maria" <maria@example.com>'],
    ['<maria@example.com>'],
    ['"maria@example.com"'],
    ["'maria@example.com'"],
    ['\u200Bmaria@example.com\uFEFF '],
    [' <mailto:maria@example.com> '],
  ])('is taken out of what was pasted: %s', (typed) => {
    expect(normalizeAnswer(question, typed)).toBe('maria@example.com');
    expect(parseTypedAnswer(question, typed)).toEqual({ value: 'maria@example.com' });
    const field = applyKey(question, createField(question), { name: 'text', text: typed });
    const answered = 'field' in field ? applyKey(question, field.field, { name: 'enter' }) : field;
    expect(answered).toEqual({ answer: 'maria@example.com' });
  });

  it.each([
    ['', 'Give one e-mail address, such as maria@example.com.'],
    ['maria', 'Give one e-mail address, such as maria@example.com.'],
    ['maria@', 'There is nothing after the @.'],
    ['@example.com', 'There is nothing before the @.'],
    ['maria@example', 'After the @ a part is missing, such as .com.'],
    ['maria@example..com', 'There are two dots in a row after the @.'],
    ['maria@.example.com', 'There is a dot too many after the @.'],
    ['maria@example.com.', 'There is a dot too many at the end.'],
    ['maria..l@example.com', 'There are two dots in a row before the @.'],
    ['.maria@example.com', 'There is a dot too many beside the name before the @.'],
    ['maria.@example.com', 'There is a dot too many beside the name before the @.'],
    ['maria@-example.com', 'No part of a domain begins or ends with a hyphen.'],
    ['maria@example-.com', 'No part of a domain begins or ends with a hyphen.'],
    [
      'maria@exämple.com',
      'AWS takes only plain letters after the @: write xn--exmple-cua.com for exämple.com.',
    ],
    ['mária@example.com', 'Before the @ AWS takes letters from a to z, digits and signs, and no others.'],
    ['maria@exam ple.com', 'An address has no spaces in it.'],
    ['ma ria@example.com', 'An address has no spaces in it.'],
    ['maria@exam_ple.com', 'After the @ is a sign that a domain cannot have.'],
    ['maria@192.168.0.1', 'The address does not end like a domain, such as .com.'],
    ['maria@[192.168.0.1]', 'After the @ is a sign that a domain cannot have.'],
    ['maria@example.c', 'The address does not end like a domain, such as .com.'],
    ['maria@example.com, jo@example.com', 'Give one address only.'],
    ['maria@example.com;jo@example.com', 'Give one address only.'],
    ['maria@example.com jo@example.com', 'Give one address only.'],
    ['maria@home@example.com', 'An address has one @ only.'],
    ['maria(work)@example.com', 'Before the @ is a sign that an address cannot have.'],
    ['maria@server.local', 'No mail of AWS reaches server.local: it exists on your own network at most.'],
    ['maria@x.invalid', 'No mail of AWS reaches x.invalid: it exists on your own network at most.'],
    [`${'m'.repeat(65)}@example.com`, 'At most 64 characters before the @; this has 65.'],
    [`maria@${'e'.repeat(64)}.com`, 'A part of the domain is longer than 63 characters.'],
    [`maria@${'example.'.repeat(40)}com`, 'At most 254 characters; this has 329.'],
    ['maria@\u{1F600}\u0000.com', 'The part after the @ is no domain.'],
  ])('is refused in one sentence: %s', (typed, sentence) => {
    expect(judge(typed)).toBe(sentence);
  });
});
