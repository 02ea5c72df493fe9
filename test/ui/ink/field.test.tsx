import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/core/question.ts';
import { formatFieldAnswer, createField, applyKey } from '../../../src/ui/ink/field.ts';
import type { KeyPress } from '../../../src/ui/ink/keys.ts';
import { getEditorText } from '../../../src/ui/ink/line-editor.ts';

const keyOf = (word: string): KeyPress =>
  word.length === 1 || word.includes(' ') ? { name: 'text', text: word } : ({ name: word } as KeyPress);

/** Presses keys one after the other; a single character, or several words, are text. */
const after = (question: Question, ...keys: string[]) => {
  let field = createField(question);
  for (const key of keys) {
    const pressed = applyKey(question, field, keyOf(key));
    if ('answer' in pressed) return pressed;
    field = pressed.field;
  }
  return { field };
};

const textOf = (result: ReturnType<typeof after>) =>
  'field' in result && result.field.kind === 'line' ? getEditorText(result.field.editor) : undefined;

const problemOf = (result: ReturnType<typeof after>) =>
  'field' in result ? result.field.problem : undefined;

const name: Question = {
  kind: 'text',
  message: 'User name',
  default: 'admin',
  example: 'maria',
  pattern: /^\S+$/,
  rule: 'Use no spaces',
  max: 20,
  refused: [{ value: 'root', because: 'That is the root user.' }],
};
const limit: Question = { kind: 'count', message: 'Limit', default: 5, min: 1, max: 10, unit: 'USD' };
const code: Question = {
  kind: 'secret',
  message: 'Code',
  pattern: /^\d{6}$/,
  rule: 'A code has six digits',
  max: 9,
};
const options = [
  { value: 'a', label: 'Apple' },
  { value: 'b', label: 'Banana' },
  { value: 'c', label: 'Cherry' },
];
const choice: Question = { kind: 'choice', message: 'Fruit', options, default: 'b' };
const choices: Question = { kind: 'choices', message: 'Fruits', options, default: ['b'], min: 1 };

describe('a confirm', () => {
  it('begins at its default and at yes without one', () => {
    expect(after({ kind: 'confirm', message: 'Sure?', default: false }, 'enter')).toEqual({ answer: false });
    expect(after({ kind: 'confirm', message: 'Sure?' }, 'enter')).toEqual({ answer: true });
  });

  it('is moved with the arrows, round both ends', () => {
    const sure: Question = { kind: 'confirm', message: 'Sure?', default: true };
    expect(after(sure, 'right', 'enter')).toEqual({ answer: false });
    expect(after(sure, 'left', 'enter')).toEqual({ answer: false });
    expect(after(sure, 'down', 'up', 'enter')).toEqual({ answer: true });
  });

  it('takes no letter for an answer', () => {
    expect(after({ kind: 'confirm', message: 'Sure?', default: false }, 'y', 'enter')).toEqual({
      answer: false,
    });
  });
});

describe('a choice', () => {
  it('begins at its default', () => expect(after(choice, 'enter')).toEqual({ answer: 'b' }));
  it('goes to the ends', () => {
    expect(after(choice, 'home', 'enter')).toEqual({ answer: 'a' });
    expect(after(choice, 'end', 'enter')).toEqual({ answer: 'c' });
    expect(after(choice, 'end', 'down', 'enter')).toEqual({ answer: 'a' });
  });
});

describe('several choices', () => {
  it('are ticked and unticked with the space bar, and answered in the order of the list', () => {
    expect(after(choices, ' ', 'enter')).toEqual({ answer: ['a', 'b'] });
    expect(after(choices, ' ', 'down', ' ', 'enter')).toEqual({ answer: ['a'] });
  });

  it('say so when too few are ticked, until something changes', () => {
    const refused = after(choices, 'down', ' ', 'enter');
    expect(problemOf(refused)).toBe('Please choose at least 1.');
    expect(problemOf(after(choices, 'down', ' ', 'enter', ' '))).toBeUndefined();
  });
});

describe('a text', () => {
  it('takes its default on Enter', () => expect(after(name, 'enter')).toEqual({ answer: 'admin' }));
  it('takes what was typed, without the spaces around it', () => {
    expect(after(name, 'm', 'a', 'x', 'enter')).toEqual({ answer: 'max' });
    expect(after(name, ' maria ', 'enter')).toEqual({ answer: 'maria' });
  });

  it('is edited anywhere', () => {
    expect(textOf(after(name, 'a', 'b', 'c', 'left', 'left', 'x', 'end', 'y', 'home', 'z'))).toBe('zaxbcy');
    expect(textOf(after(name, 'a', 'b', 'c', 'left', 'backspace'))).toBe('ac');
    expect(textOf(after(name, 'a', 'b', 'c', 'home', 'delete'))).toBe('bc');
    expect(textOf(after(name, 'a', 'b', 'erase-line'))).toBe('');
  });

  it('moves over and erases what a reader takes for one character', () => {
    expect(textOf(after(name, '👩‍👩‍👧', 'x', 'left', 'backspace'))).toBe('x');
  });

  it('takes its default over to be changed with the right arrow', () => {
    expect(textOf(after(name, 'right', 'backspace', 'backspace'))).toBe('adm');
  });

  it('says in words why it does not take an answer, until something changes', () => {
    expect(problemOf(after(name, 'a b', 'enter'))).toBe('Use no spaces.');
    expect(problemOf(after(name, 'R', 'o', 'o', 't', 'enter'))).toBe('That is the root user.');
    expect(problemOf(after(name, 'a b', 'enter', 'backspace'))).toBeUndefined();
  });

  it('takes pasted text without what could harm a terminal', () => {
    const pasted = applyKey(name, createField(name), { name: 'text', text: '\u001B[31mma\nria\u0007' });
    expect(textOf(pasted)).toBe('ma ria');
  });

  it('does not grow without end', () => {
    const pasted = applyKey(name, createField(name), { name: 'text', text: 'x'.repeat(100_000) });
    expect(textOf(pasted)?.length).toBeLessThanOrEqual(3000);
  });
});

describe('a count', () => {
  it('takes its default, and what is typed', () => {
    expect(after(limit, 'enter')).toEqual({ answer: 5 });
    expect(after(limit, '7', 'enter')).toEqual({ answer: 7 });
  });

  it('goes up and down within its bounds', () => {
    expect(after(limit, 'up', 'up', 'enter')).toEqual({ answer: 7 });
    expect(after(limit, '9', 'up', 'up', 'enter')).toEqual({ answer: 10 });
    expect(after(limit, '2', 'down', 'down', 'enter')).toEqual({ answer: 1 });
  });

  it.each(['11', '0', '-1', '1.5', '1e1', 'x', '0x5'])('refuses %s', (text) => {
    const pressed = applyKey(limit, createField(limit), { name: 'text', text });
    const result = 'field' in pressed ? applyKey(limit, pressed.field, { name: 'enter' }) : pressed;
    expect(problemOf(result)).toBe('Please give a whole number from 1 to 10.');
  });
});

describe('a secret', () => {
  it('is taken with or without the gap in the middle', () => {
    expect(after(code, '123 456', 'enter')).toEqual({ answer: '123456' });
    expect(after(code, '1', '2', '3', '4', '5', '6', 'enter')).toEqual({ answer: '123456' });
  });

  it('has no default', () => expect(problemOf(after(code, 'enter'))).toBe('A code has six digits.'));
  it('is never put into words', () => expect(formatFieldAnswer(code, '123456')).toBeUndefined());
});

describe('an answer in words', () => {
  it('is what the list called it, not its value', () => {
    expect(formatFieldAnswer(choice, 'a')).toBe('Apple');
    expect(formatFieldAnswer(choices, ['a', 'c'])).toBe('Apple, Cherry');
    expect(formatFieldAnswer(choices, [])).toBe('none');
    expect(formatFieldAnswer({ kind: 'confirm', message: '' }, false)).toBe('No');
    expect(formatFieldAnswer(limit, 5)).toBe('5 USD');
  });
});
