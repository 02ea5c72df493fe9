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

describe('a confirmation field', () => {
  it('starts at its default, or at yes without one', () => {
    expect(after({ kind: 'confirm', message: 'Sure?', default: false }, 'enter')).toEqual({ answer: false });
    expect(after({ kind: 'confirm', message: 'Sure?' }, 'enter')).toEqual({ answer: true });
  });

  it('moves with the arrow keys, and wraps around at both ends', () => {
    const sure: Question = { kind: 'confirm', message: 'Sure?', default: true };
    expect(after(sure, 'right', 'enter')).toEqual({ answer: false });
    expect(after(sure, 'left', 'enter')).toEqual({ answer: false });
    expect(after(sure, 'down', 'up', 'enter')).toEqual({ answer: true });
  });

  it('accepts a letter, and nothing that begins neither yes nor no', () => {
    const sure: Question = { kind: 'confirm', message: 'Sure?', default: false };
    expect(after(sure, 'y', 'enter')).toEqual({ answer: true });
    expect(problemOf(after(sure, 'y', 'o', 'enter'))).toContain('Nothing here begins with that');
  });
});

describe('a choice field', () => {
  it('starts at its default', () => expect(after(choice, 'enter')).toEqual({ answer: 'b' }));
  it('jumps to the first and the last option', () => {
    expect(after(choice, 'home', 'enter')).toEqual({ answer: 'a' });
    expect(after(choice, 'end', 'enter')).toEqual({ answer: 'c' });
    expect(after(choice, 'end', 'down', 'enter')).toEqual({ answer: 'a' });
  });
});

describe('what is typed into a list', () => {
  it('is taken back letter by letter', () => {
    expect(after(choice, 'a', 'x', 'backspace', 'enter')).toEqual({ answer: 'a' });
    expect(after(choice, 'a', 'x', 'erase-line', 'enter')).toEqual({ answer: 'a' });
  });

  it('is forgotten once the arrow keys choose', () => {
    expect(after(choice, 'x', 'down', 'enter')).toEqual({ answer: 'c' });
  });

  it('makes only one Enter harmless', () => {
    expect(after(choice, 'x', 'enter', 'enter')).toEqual({ answer: 'b' });
  });

  it('is not a tick', () => {
    expect(after(choices, 'x', ' ', 'backspace', 'enter')).toEqual({ answer: ['a', 'b'] });
  });
});

describe('a field with several choices', () => {
  it('is ticked and unticked with the space bar, and returns its answers in the order of the list', () => {
    expect(after(choices, ' ', 'enter')).toEqual({ answer: ['a', 'b'] });
    expect(after(choices, ' ', 'down', ' ', 'enter')).toEqual({ answer: ['a'] });
  });

  it('says when too few options are ticked, until something changes', () => {
    const refused = after(choices, 'down', ' ', 'enter');
    expect(problemOf(refused)).toBe('Please choose at least 1.');
    expect(problemOf(after(choices, 'down', ' ', 'enter', ' '))).toBeUndefined();
  });
});

describe('a text field', () => {
  it('uses its default on Enter', () => expect(after(name, 'enter')).toEqual({ answer: 'admin' }));
  it('returns what was typed, without the spaces around it', () => {
    expect(after(name, 'm', 'a', 'x', 'enter')).toEqual({ answer: 'max' });
    expect(after(name, ' maria ', 'enter')).toEqual({ answer: 'maria' });
  });

  it('can be edited anywhere', () => {
    expect(textOf(after(name, 'a', 'b', 'c', 'left', 'left', 'x', 'end', 'y', 'home', 'z'))).toBe('zaxbcy');
    expect(textOf(after(name, 'a', 'b', 'c', 'left', 'backspace'))).toBe('ac');
    expect(textOf(after(name, 'a', 'b', 'c', 'home', 'delete'))).toBe('bc');
    expect(textOf(after(name, 'a', 'b', 'erase-line'))).toBe('');
  });

  it('moves over and erases what a reader sees as one character', () => {
    expect(textOf(after(name, '👩‍👩‍👧', 'x', 'left', 'backspace'))).toBe('x');
  });

  it('copies its default for editing on the right arrow', () => {
    expect(textOf(after(name, 'right', 'backspace', 'backspace'))).toBe('adm');
  });

  it('says why it does not accept an answer, until something changes', () => {
    expect(problemOf(after(name, 'a b', 'enter'))).toBe('Use no spaces.');
    expect(problemOf(after(name, 'R', 'o', 'o', 't', 'enter'))).toBe('That is the root user.');
    expect(problemOf(after(name, 'a b', 'enter', 'backspace'))).toBeUndefined();
  });

  it('accepts pasted text without the characters that could harm a terminal', () => {
    const pasted = applyKey(name, createField(name), { name: 'text', text: '\u001B[31mma\nria\u0007' });
    expect(textOf(pasted)).toBe('ma ria');
  });

  it('has a maximum length', () => {
    const pasted = applyKey(name, createField(name), { name: 'text', text: 'x'.repeat(100_000) });
    expect(textOf(pasted)?.length).toBeLessThanOrEqual(9000);
  });
});

describe('a count field', () => {
  it('uses its default, or what is typed', () => {
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

describe('a code field', () => {
  it('accepts a code with or without the gap in the middle', () => {
    expect(after(code, '123 456', 'enter')).toEqual({ answer: '123456' });
    expect(after(code, '1', '2', '3', '4', '5', '6', 'enter')).toEqual({ answer: '123456' });
  });

  it('has no default', () => expect(problemOf(after(code, 'enter'))).toBe('A code has six digits.'));
  it('has no description of its answer', () => expect(formatFieldAnswer(code, '123456')).toBeUndefined());
});

describe('the description of an answer', () => {
  it('is the label of an option, not its value', () => {
    expect(formatFieldAnswer(choice, 'a')).toBe('Apple');
    expect(formatFieldAnswer(choices, ['a', 'c'])).toBe('Apple, Cherry');
    expect(formatFieldAnswer(choices, [])).toBe('none');
    expect(formatFieldAnswer({ kind: 'confirm', message: '' }, false)).toBe('No');
    expect(formatFieldAnswer(limit, 5)).toBe('5 USD');
  });
});
