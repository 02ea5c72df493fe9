import { findObjection, type AnswerTo, type ChoiceOption, type Question } from '../../core/question.ts';
import type { Key } from './keys.ts';
import { edit, emptyEditor, typed, type Editor } from './line-editor.ts';

/** Where the owner is with a question: a line being typed, or a place in a list. */
export type Field =
  | { kind: 'line'; editor: Editor; problem?: string | undefined }
  | { kind: 'list'; at: number; problem?: string | undefined }
  | { kind: 'ticks'; at: number; ticked: readonly string[]; problem?: string | undefined };

/** What a key did: the field changed, or the question is answered. */
export type Pressed = { field: Field } | { answer: AnswerTo<Question> };

const YES_NO: readonly ChoiceOption[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** What can be chosen, where there is something to choose. */
export const optionsOf = (question: Question): readonly ChoiceOption[] => {
  if (question.kind === 'confirm') return YES_NO;
  return question.kind === 'choice' || question.kind === 'choices' ? question.options : [];
};

/** The field as it is before any key. */
export const fieldOf = (question: Question): Field => {
  switch (question.kind) {
    case 'confirm':
      return { kind: 'list', at: question.default === false ? 1 : 0 };
    case 'choice':
      return {
        kind: 'list',
        at: Math.max(
          0,
          question.options.findIndex((one) => one.value === question.default),
        ),
      };
    case 'choices':
      return { kind: 'ticks', at: 0, ticked: question.default ?? [] };
    case 'count':
    case 'text':
    case 'secret':
      return { kind: 'line', editor: emptyEditor };
  }
};

/** Whether Enter would still take what the question began with. */
export const isUntouched = (question: Question, field: Field): boolean =>
  JSON.stringify({ ...field, problem: undefined }) === JSON.stringify(fieldOf(question));

/** The answer that Enter takes while nothing is typed, as it would be typed. */
export const defaultText = (question: Question): string | undefined => {
  if (question.kind === 'text') return question.default;
  return question.kind === 'count' ? question.default?.toString() : undefined;
};

const digitsOnly = (text: string) => /^\d{1,15}$/u.test(text);

/** What was typed, as an answer. Spaces around it, and within a code, come from copying and mean nothing. */
const reading = (question: Question, text: string): unknown => {
  const value = text === '' ? (defaultText(question) ?? '') : text;
  if (question.kind === 'count') return digitsOnly(value.trim()) ? Number(value.trim()) : value;
  const squeezed = question.kind === 'secret' ? value.replaceAll(' ', '') : value.trim();
  return findObjection(question, squeezed) === undefined ? squeezed : value;
};

/** `objection` has seen to it that the value is one that the question accepts. */
const accept = (question: Question, field: Field, value: unknown): Pressed => {
  const problem = findObjection(question, value);
  return problem === undefined ? { answer: value as AnswerTo<Question> } : { field: { ...field, problem } };
};

const chosen = (question: Question, field: Field): unknown => {
  if (field.kind === 'line') return reading(question, typed(field.editor));
  if (field.kind === 'ticks')
    return optionsOf(question)
      .map((one) => one.value)
      .filter((one) => field.ticked.includes(one));
  const value = optionsOf(question)[field.at]?.value;
  return question.kind === 'confirm' ? value === 'yes' : value;
};

const moved = (at: number, by: number, count: number) => (count === 0 ? 0 : (at + by + count) % count);

const STEPS: Partial<Record<Key['name'], number>> = { up: -1, left: -1, down: 1, right: 1 };

const pressInList = (question: Question, field: Exclude<Field, { kind: 'line' }>, key: Key): Field => {
  const options = optionsOf(question);
  const by = STEPS[key.name];
  if (by !== undefined) return { ...field, at: moved(field.at, by, options.length), problem: undefined };
  if (key.name === 'home' || key.name === 'end')
    return { ...field, at: key.name === 'home' ? 0 : options.length - 1 };
  const value = options[field.at]?.value;
  if (field.kind === 'list' || key.name !== 'text' || key.text !== ' ' || value === undefined) return field;
  const rest = field.ticked.filter((one) => one !== value);
  return {
    ...field,
    ticked: rest.length < field.ticked.length ? rest : [...rest, value],
    problem: undefined,
  };
};

const pressInLine = (question: Question, field: Extract<Field, { kind: 'line' }>, key: Key): Field => {
  const byOne = key.name === 'up' ? 1 : key.name === 'down' ? -1 : 0;
  if (question.kind === 'count' && byOne !== 0) {
    const now = Number(typed(field.editor) || (question.default ?? question.min));
    const next = Math.min(
      question.max,
      Math.max(question.min, (Number.isFinite(now) ? now : question.min) + byOne),
    );
    return { kind: 'line', editor: { before: String(next), after: '' } };
  }
  // The right arrow, in an empty field, takes the suggestion over to be changed.
  const suggestion = defaultText(question);
  if (key.name === 'right' && typed(field.editor) === '' && suggestion !== undefined) {
    return { kind: 'line', editor: { before: suggestion, after: '' } };
  }
  const editor = edit(field.editor, key);
  return editor === field.editor ? field : { kind: 'line', editor };
};

/** The field after a key, or the answer. Pure: what a key means depends on nothing but the question and the field. */
export const press = (question: Question, field: Field, key: Key): Pressed => {
  if (key.name === 'enter') return accept(question, field, chosen(question, field));
  return {
    field: field.kind === 'line' ? pressInLine(question, field, key) : pressInList(question, field, key),
  };
};

/** An answer as it is shown once it is given; nothing for what must not be seen again. */
export const answerInWords = (question: Question, answer: unknown): string | undefined => {
  if (question.kind === 'secret') return undefined;
  if (question.kind === 'confirm') return answer === true ? 'Yes' : 'No';
  const label = (value: unknown) =>
    optionsOf(question).find((one) => one.value === value)?.label ?? String(value);
  if (Array.isArray(answer)) return answer.length === 0 ? 'none' : answer.map((one) => label(one)).join(', ');
  const unit = question.kind === 'count' && question.unit ? ` ${question.unit}` : '';
  return `${label(answer)}${unit}`;
};
