import {
  findObjection,
  normalizeAnswer,
  type AnswerTo,
  type ChoiceOption,
  type Question,
} from '../../core/question.ts';
import type { KeyPress } from './keys.ts';
import { findTypedOption, nothingChosenText } from '../shared/type-ahead.ts';
import { editLine, emptyLineEditor, getEditorText, type LineEditor } from './line-editor.ts';

/** The state of an answer: a line being typed, or a position in a list and the letters that were typed there. */
export type AnswerField =
  | { kind: 'line'; editor: LineEditor; problem?: string | undefined }
  | { kind: 'list'; index: number; typed?: string | undefined; problem?: string | undefined }
  | {
      kind: 'ticks';
      index: number;
      ticked: readonly string[];
      typed?: string | undefined;
      problem?: string | undefined;
    };

/** What a key did: the field changed, or the question is answered. */
export type KeyResult = { field: AnswerField } | { answer: AnswerTo<Question> };

const yesNoOptions: readonly ChoiceOption[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** What can be chosen, where there is something to choose. */
export const getOptions = (question: Question): readonly ChoiceOption[] => {
  if (question.kind === 'confirm') return yesNoOptions;
  return question.kind === 'choice' || question.kind === 'choices' ? question.options : [];
};

/** The field as it is before any key. */
export const createField = (question: Question): AnswerField => {
  switch (question.kind) {
    case 'confirm':
      return { kind: 'list', index: question.default === false ? 1 : 0 };
    case 'choice':
      return {
        kind: 'list',
        index: Math.max(
          0,
          question.options.findIndex((one) => one.value === question.default),
        ),
      };
    case 'choices':
      return { kind: 'ticks', index: 0, ticked: question.default ?? [] };
    case 'count':
    case 'text':
    case 'secret':
      return { kind: 'line', editor: emptyLineEditor };
  }
};

/** Whether Enter would still take what the question began with. */
export const isFieldUntouched = (question: Question, field: AnswerField): boolean =>
  JSON.stringify({ ...field, problem: undefined }) === JSON.stringify(createField(question));

/** The answer that Enter takes while nothing is typed, as it would be typed. */
export const getDefaultText = (question: Question): string | undefined => {
  if (question.kind === 'text') return question.default;
  return question.kind === 'count' ? question.default?.toString() : undefined;
};

const isDigitsOnly = (text: string) => /^\d{1,15}$/u.test(text);

/** What was typed, as an answer. Spaces around it, and within a code, come from copying and mean nothing. */
const parseFieldText = (question: Question, text: string): unknown => {
  const value = text === '' ? (getDefaultText(question) ?? '') : text;
  if (question.kind === 'count') return isDigitsOnly(value.trim()) ? Number(value.trim()) : value;
  const squeezed =
    question.kind === 'secret' ? value.replaceAll(' ', '') : normalizeAnswer(question, value.trim());
  return question.kind === 'text' || findObjection(question, squeezed) === undefined ? squeezed : value;
};

/** `objection` has seen to it that the value is one that the question accepts. */
const acceptAnswer = (question: Question, field: AnswerField, value: unknown): KeyResult => {
  const problem = findObjection(question, value);
  return problem === undefined ? { answer: value as AnswerTo<Question> } : { field: { ...field, problem } };
};

const getFieldValue = (question: Question, field: AnswerField): unknown => {
  if (field.kind === 'line') return parseFieldText(question, getEditorText(field.editor));
  if (field.kind === 'ticks')
    return getOptions(question)
      .map((one) => one.value)
      .filter((one) => field.ticked.includes(one));
  const value = getOptions(question)[field.index]?.value;
  return question.kind === 'confirm' ? value === 'yes' : value;
};

const moveIndex = (at: number, by: number, count: number) => (count === 0 ? 0 : (at + by + count) % count);

/** A letter goes to the option that begins with it. Text that fits none stays, and makes the next Enter harmless. */
const typeInList = (
  question: Question,
  field: Exclude<AnswerField, { kind: 'line' }>,
  typed: string,
): AnswerField => {
  if (typed.trim() === '') return { ...field, typed: undefined, problem: undefined };
  const index = findTypedOption(getOptions(question), typed);
  return index === undefined
    ? { ...field, typed, problem: nothingChosenText }
    : { ...field, typed, index, problem: undefined };
};

/** Whether letters were typed that choose nothing. */
const hasStrayText = (question: Question, { typed }: { typed?: string | undefined }): boolean =>
  typed !== undefined && findTypedOption(getOptions(question), typed) === undefined;

const listKeyOffsets: Partial<Record<KeyPress['name'], number>> = { up: -1, left: -1, down: 1, right: 1 };

const pressKeyInList = (
  question: Question,
  field: Exclude<AnswerField, { kind: 'line' }>,
  key: KeyPress,
): AnswerField => {
  const options = getOptions(question);
  const by = listKeyOffsets[key.name];
  const moved = { ...field, typed: undefined, problem: undefined };
  if (by !== undefined) return { ...moved, index: moveIndex(field.index, by, options.length) };
  if (key.name === 'home' || key.name === 'end')
    return { ...moved, index: key.name === 'home' ? 0 : options.length - 1 };
  const { typed = '' } = field;
  if (key.name === 'backspace') return typeInList(question, field, typed.slice(0, -1));
  if (key.name === 'erase-line') return moved;
  const value = options[field.index]?.value;
  if (key.name !== 'text' || value === undefined) return field;
  if (field.kind === 'list' || key.text !== ' ') return typeInList(question, field, typed + key.text);
  const rest = field.ticked.filter((one) => one !== value);
  return {
    ...field,
    ticked: rest.length < field.ticked.length ? rest : [...rest, value],
    typed: undefined,
    problem: undefined,
  };
};

const pressKeyInLine = (
  question: Question,
  field: Extract<AnswerField, { kind: 'line' }>,
  key: KeyPress,
): AnswerField => {
  const byOne = key.name === 'up' ? 1 : key.name === 'down' ? -1 : 0;
  if (question.kind === 'count' && byOne !== 0) {
    const now = Number(getEditorText(field.editor) || (question.default ?? question.min));
    const next = Math.min(
      question.max,
      Math.max(question.min, (Number.isFinite(now) ? now : question.min) + byOne),
    );
    return { kind: 'line', editor: { before: String(next), after: '' } };
  }
  // The right arrow, in an empty field, takes the suggestion over to be changed.
  const suggestion = getDefaultText(question);
  if (key.name === 'right' && getEditorText(field.editor) === '' && suggestion !== undefined) {
    return { kind: 'line', editor: { before: suggestion, after: '' } };
  }
  const editor = editLine(field.editor, key);
  return editor === field.editor ? field : { kind: 'line', editor };
};

/** The field after a key, or the answer. Pure: what a key means depends on nothing but the question and the field. */
export const applyKey = (question: Question, field: AnswerField, key: KeyPress): KeyResult => {
  if (key.name === 'enter' && field.kind !== 'line' && hasStrayText(question, field))
    return { field: { ...field, typed: undefined } };
  if (key.name === 'enter') return acceptAnswer(question, field, getFieldValue(question, field));
  return {
    field:
      field.kind === 'line' ? pressKeyInLine(question, field, key) : pressKeyInList(question, field, key),
  };
};

/** An answer as it is shown once it is given; nothing for what must not be seen again. */
export const formatFieldAnswer = (question: Question, answer: unknown): string | undefined => {
  if (question.kind === 'secret') return undefined;
  if (question.kind === 'confirm') return answer === true ? 'Yes' : 'No';
  const label = (value: unknown) =>
    getOptions(question).find((one) => one.value === value)?.label ?? String(value);
  if (Array.isArray(answer)) return answer.length === 0 ? 'none' : answer.map((one) => label(one)).join(', ');
  const unit = question.kind === 'count' && question.unit ? ` ${question.unit}` : '';
  return answer === '' ? 'none' : `${label(answer)}${unit}`;
};
