import {
  getDefault,
  findObjection,
  type ChoiceQuestion,
  type MultiChoiceQuestion,
  type ChoiceOption,
  type Question,
} from '../../core/question.ts';

/** What a typed line comes to: an answer, or one sentence that says why it cannot be one. */
export type Typed = { value: unknown } | { objection: string };

const YES = new Set(['y', 'yes', 'true']);
const NO = new Set(['n', 'no', 'false']);

const yesOrNo = (word: string): boolean | undefined => {
  if (YES.has(word.toLowerCase())) return true;
  return NO.has(word.toLowerCase()) ? false : undefined;
};

const named = (options: readonly ChoiceOption[], word: string): string => {
  const position = /^\d{1,3}$/u.test(word) ? options[Number(word) - 1] : undefined;
  const same = (text: string) => text.toLowerCase() === word.toLowerCase();
  return (position ?? options.find(({ value, label }) => same(value) || same(label)))?.value ?? word;
};

const several = (question: MultiChoiceQuestion, line: string): string[] => {
  if (line === '' || line === '0' || line.toLowerCase() === 'none') return [];
  const words = line.split(/[\s,]+/u).filter(Boolean);
  return [...new Set(words.map((word) => named(question.options, word)))];
};

const meant = (question: Question, line: string): unknown => {
  switch (question.kind) {
    case 'confirm':
      return yesOrNo(line);
    case 'count':
      return /^\d{1,15}$/u.test(line) ? Number(line) : undefined;
    case 'text':
      return line;
    case 'secret':
      // Phones show codes in groups, and so they are typed.
      return line.replaceAll(/\s/gu, '');
    case 'choice':
      return named(question.options, line);
    case 'choices':
      return several(question, line);
  }
};

const range = ({ options }: ChoiceQuestion | MultiChoiceQuestion) => `a number from 1 to ${options.length}`;

const objectionInWords = (question: Question, value: unknown): string | undefined => {
  const why = findObjection(question, value);
  if (why === undefined) return undefined;
  if (question.kind === 'confirm') return 'Please answer yes or no.';
  return question.kind === 'choice' ? `Please type ${range(question)}.` : why;
};

/** Reads a typed line as the answer to a question; an empty one is the default. Options go by number, value or label. */
export const readTyped = (question: Question, typed: string): Typed => {
  const line = typed.trim();
  const byDefault = getDefault(question);
  const value: unknown = line === '' && byDefault !== undefined ? byDefault : meant(question, line);
  const why = objectionInWords(question, value);
  return why === undefined ? { value } : { objection: why };
};

const positions = (options: readonly ChoiceOption[], values: readonly string[]) =>
  values.map((value) => options.findIndex((option) => option.value === value) + 1).join(',') || 'none';

const bracketed = (value: string | undefined) => (value === undefined ? '' : ` [${value}]`);

/** The last line of a question, after which the answer is typed: what is expected, and the default in brackets. */
export const invitation = (question: Question): string => {
  switch (question.kind) {
    case 'confirm':
      return `yes or no${bracketed(question.default === undefined ? undefined : question.default ? 'yes' : 'no')}: `;
    case 'count':
      return `${question.min} to ${question.max}${question.unit ? ` ${question.unit}` : ''}${bracketed(question.default?.toString())}: `;
    case 'text':
      if (question.default !== undefined) return `Enter for [${question.default}]: `;
      return question.format === 'confirmation' ? 'Type it: ' : `for example ${question.example}: `;
    case 'secret':
      return 'Type it: ';
    case 'choice':
      return `Type ${range(question)}${bracketed(question.default === undefined ? undefined : positions(question.options, [question.default]))}: `;
    case 'choices':
      return `Type numbers with commas between them, 0 for none${bracketed(question.default && positions(question.options, question.default))}: `;
  }
};
