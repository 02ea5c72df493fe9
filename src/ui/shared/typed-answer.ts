import { findTypedOption } from './type-ahead.ts';
import {
  getDefault,
  findObjection,
  normalizeAnswer,
  type ChoiceQuestion,
  type MultiChoiceQuestion,
  type ChoiceOption,
  type Question,
} from '../../core/question.ts';

/** What a typed line comes to: an answer, or one sentence that says why it cannot be one. */
export type TypedAnswer = { value: unknown } | { objection: string };

const yesWords = new Set(['y', 'yes', 'true']);
const noWords = new Set(['n', 'no', 'false']);

const parseYesOrNo = (word: string): boolean | undefined => {
  if (yesWords.has(word.toLowerCase())) return true;
  return noWords.has(word.toLowerCase()) ? false : undefined;
};

const findOptionValue = (options: readonly ChoiceOption[], word: string): string => {
  const position = /^\d{1,3}$/u.test(word) ? options[Number(word) - 1] : undefined;
  const same = (text: string) => text.toLowerCase() === word.toLowerCase();
  const named = position ?? options.find(({ value, label }) => same(value) || same(label));
  return (named ?? options[findTypedOption(options, word) ?? -1])?.value ?? word;
};

const parseOptionList = (question: MultiChoiceQuestion, line: string): string[] => {
  if (line === '' || line === '0' || line.toLowerCase() === 'none') return [];
  const words = line.split(/[\s,]+/u).filter(Boolean);
  return [...new Set(words.map((word) => findOptionValue(question.options, word)))];
};

const parseTypedValue = (question: Question, line: string): unknown => {
  switch (question.kind) {
    case 'confirm':
      return parseYesOrNo(line);
    case 'count':
      return /^\d{1,15}$/u.test(line) ? Number(line) : undefined;
    case 'text':
      return normalizeAnswer(question, line);
    case 'secret':
      // Phones show codes in groups, and so they are typed.
      return line.replaceAll(/\s/gu, '');
    case 'choice':
      return findOptionValue(question.options, line);
    case 'choices':
      return parseOptionList(question, line);
  }
};

const describeOptionRange = ({ options }: ChoiceQuestion | MultiChoiceQuestion) =>
  `a number from 1 to ${options.length}`;

const describeObjection = (question: Question, value: unknown): string | undefined => {
  const why = findObjection(question, value);
  if (why === undefined) return undefined;
  if (question.kind === 'confirm') return 'Please answer yes or no.';
  return question.kind === 'choice' ? `Please type ${describeOptionRange(question)}.` : why;
};

/** Reads a typed line as the answer to a question; an empty one is the default. Options go by number, value or label. */
export const parseTypedAnswer = (question: Question, typed: string): TypedAnswer => {
  const line = typed.trim();
  const byDefault = getDefault(question);
  const value: unknown = line === '' && byDefault !== undefined ? byDefault : parseTypedValue(question, line);
  const why = describeObjection(question, value);
  return why === undefined ? { value } : { objection: why };
};

const formatOptionNumbers = (options: readonly ChoiceOption[], values: readonly string[]) =>
  values.map((value) => options.findIndex((option) => option.value === value) + 1).join(',') || 'none';

const formatBracketedDefault = (value: string | undefined) => (value === undefined ? '' : ` [${value}]`);

/** The last line of a question, after which the answer is typed: what is expected, and the default in brackets. */
export const formatTypingHint = (question: Question): string => {
  switch (question.kind) {
    case 'confirm':
      return `yes or no${formatBracketedDefault(question.default === undefined ? undefined : question.default ? 'yes' : 'no')}: `;
    case 'count':
      return `${question.min} to ${question.max}${question.unit ? ` ${question.unit}` : ''}${formatBracketedDefault(question.default?.toString())}: `;
    case 'text':
      if (question.default !== undefined) return `Enter for [${question.default}]: `;
      return question.format === 'confirmation' ? 'Type it: ' : `for example ${question.example}: `;
    case 'secret':
      return 'Type it: ';
    case 'choice':
      return `Type ${describeOptionRange(question)}${formatBracketedDefault(question.default === undefined ? undefined : formatOptionNumbers(question.options, [question.default]))}: `;
    case 'choices':
      return `Type numbers with commas between them, 0 for none${formatBracketedDefault(question.default && formatOptionNumbers(question.options, question.default))}: `;
  }
};
