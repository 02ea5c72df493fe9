import type { StepState } from './status.ts';

type QuestionBase = {
  message: string;
  /** One more sentence, for those who do not know what to answer. */
  help?: string;
  /** Nothing comes before it: Esc leads nowhere, and front ends do not offer it. */
  cannotGoBack?: true;
};

/** Yes or no. */
export type ConfirmQuestion = QuestionBase & { kind: 'confirm'; default?: boolean };

/** A whole number within bounds. */
export type CountQuestion = QuestionBase & {
  kind: 'count';
  default?: number;
  min: number;
  max: number;
  unit?: string;
};

/** One line of text. */
export type TextQuestion = QuestionBase & {
  kind: 'text';
  default?: string;
  /** Shown where there is no default, and used by `plan` in place of an answer. */
  example: string;
  /**
   * Tells front ends and the practice desk what kind of text is meant. Of a confirmation the example is what
   * confirms: it is not suggested, since typing it is what makes the owner look.
   */
  format?: 'email' | 'drill-words' | 'confirmation';
  /** The whole answer must match; `rule` says in words what it asks for. */
  pattern: RegExp;
  rule: string;
  /** The longest answer accepted, in characters. */
  max: number;
  /** Of a text that is one number: the largest that is accepted. `rule` says so. */
  largest?: number;
  /** Answers that are well formed and still not possible, compared without regard to case, as IAM does. */
  refused?: readonly { value: string; because: string }[];
  /** The question of another step whose answer is proposed here, if that was given. */
  sameAs?: { step: string; question: string };
  /** What an empty answer in an answers file stands for. A person has to type it. */
  emptyInFile?: string;
  /** Takes away what copying adds, such as the name before an address. */
  normalize?: (typed: string) => string;
  /** Why a value cannot be the answer, in one sentence, where a pattern could not say it. */
  findObjection?: (value: string) => string | undefined;
};

/**
 * Something that must not be remembered: a code from an authenticator app or, where `format` says so, the link of a
 * mail. Never read from an answers file.
 */
export type SecretQuestion = QuestionBase & {
  kind: 'secret';
  format?: 'confirmation-link';
  pattern: RegExp;
  rule: string;
  max: number;
};

export type ChoiceOption<Value extends string = string> = {
  value: Value;
  label: string;
  hint?: string;
  /** Of an option that is a step: its sign stands before the label, where signs are drawn. */
  state?: StepState;
};

/** One of several. */
export type ChoiceQuestion<Value extends string = string> = QuestionBase & {
  kind: 'choice';
  options: readonly ChoiceOption<Value>[];
  default?: Value;
  /** An answer that is not proposed because an earlier run was given it: what it asked for was begun by then. */
  doNotSuggest?: Value;
};

/** Any number of several. */
export type MultiChoiceQuestion<Value extends string = string> = QuestionBase & {
  kind: 'choices';
  options: readonly ChoiceOption<Value>[];
  default?: readonly Value[];
  min?: number;
};

/** A question is data; every front end asks it in its own way and accepts what {@link findObjection} accepts. */
export type Question =
  | ConfirmQuestion
  | CountQuestion
  | TextQuestion
  | SecretQuestion
  | ChoiceQuestion
  | MultiChoiceQuestion;

export type AnswerTo<Q extends Question> = Q extends ConfirmQuestion
  ? boolean
  : Q extends CountQuestion
    ? number
    : Q extends MultiChoiceQuestion<infer Value>
      ? readonly Value[]
      : Q extends ChoiceQuestion<infer Value>
        ? Value
        : string;

/** What makes a question depend on the answers before it: it is asked only if this holds for them. */
export type Condition = { when: (soFar: Readonly<Record<string, unknown>>) => boolean };

/** Questions by name, in the order in which they are asked; the names are those of the answers file. */
export type Questions = Readonly<Record<string, Question & Partial<Condition>>>;

/** Answers by the name of their question. */
export type GivenAnswers = Readonly<Record<string, AnswerTo<Question>>>;

const hasOption = (options: readonly ChoiceOption[], value: string) =>
  options.some((option) => option.value === value);

const listOptionValues = (options: readonly ChoiceOption[]) =>
  options.map((option) => option.value).join(', ');

const findTextObjection = (question: TextQuestion | SecretQuestion, value: string): string | undefined => {
  if (value.length > question.max) return `At most ${question.max} characters; this has ${value.length}.`;
  const objection = question.kind === 'text' ? question.findObjection?.(value) : undefined;
  if (objection !== undefined) return objection;
  if (!question.pattern.test(value)) return `${question.rule}.`;
  if (question.kind === 'secret') return undefined;
  if (question.largest !== undefined && Number(value) > question.largest) return `${question.rule}.`;
  return question.refused?.find((one) => one.value.toLowerCase() === value.toLowerCase())?.because;
};

/** A given answer as the question takes it: a number as text, and without what copying added. */
export const normalizeAnswer = <Value>(question: Question, value: Value): Value | string => {
  if (question.kind !== 'text') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return question.normalize !== undefined && typeof value === 'string' ? question.normalize(value) : value;
};

/** An answer of an answers file as the question takes it. */
export const normalizeFileAnswer = <Value>(question: Question, value: Value): Value | string =>
  question.kind === 'text' && question.emptyInFile !== undefined && value === ''
    ? question.emptyInFile
    : normalizeAnswer(question, value);

/** Says in one sentence why `value` cannot be the answer to `question`, or nothing if it can. */
export const findObjection = (question: Question, value: unknown): string | undefined => {
  switch (question.kind) {
    case 'confirm':
      return typeof value === 'boolean' ? undefined : 'Please answer yes (true) or no (false).';
    case 'count':
      return typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= question.min &&
        value <= question.max
        ? undefined
        : `Please give a whole number from ${question.min} to ${question.max}.`;
    case 'text':
    case 'secret':
      return typeof value === 'string' ? findTextObjection(question, value) : 'Please give a text.';
    case 'choice':
      return typeof value === 'string' && hasOption(question.options, value)
        ? undefined
        : `Please choose one of: ${listOptionValues(question.options)}.`;
    case 'choices': {
      const good =
        Array.isArray(value) &&
        value.every((one) => typeof one === 'string' && hasOption(question.options, one));
      if (!good) return `Please choose among: ${listOptionValues(question.options)}.`;
      const min = question.min ?? 0;
      return value.length >= min ? undefined : `Please choose at least ${min}.`;
    }
  }
};

/** The answer that a question takes when nobody changes anything, or nothing if it needs one. */
export const getDefault = <Q extends Question>(question: Q): AnswerTo<Q> | undefined =>
  question.kind === 'secret' ? undefined : (question.default as AnswerTo<Q> | undefined);

/** What an answers file says by leaving a question out: of a list, or of a text that may be empty, that there is none. */
export const getLeftOutAnswer = (question: Question): readonly string[] | '' | undefined => {
  if (question.kind === 'text') return question.default === '' ? '' : undefined;
  return question.kind === 'choices' && (question.min ?? 0) === 0 ? [] : undefined;
};
