/** What every question has: the words, what is answered by just pressing Enter, and when it is asked at all. */
type Base = {
  message: string;
  /** One more sentence for whoever does not know what to answer. */
  help?: string;
  /** Nothing comes before it: Esc leads nowhere, and front ends do not offer it. */
  noWayBack?: true;
  /** Asked only if this holds for the answers given so far; without it, always. */
  when?: (soFar: Readonly<Record<string, unknown>>) => boolean;
};

/** Yes or no. */
export type Confirm = Base & { kind: 'confirm'; default?: boolean };

/** A whole number within bounds. */
export type Count = Base & { kind: 'count'; default?: number; min: number; max: number; unit?: string };

/** One line of text. */
export type Text = Base & {
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
  /** Answers that are well formed and still not possible, compared without regard to case, as IAM does. */
  refused?: readonly { value: string; because: string }[];
};

/**
 * Something that must not be remembered: a code from an authenticator app or, where `format` says so, the link of a
 * mail. Never read from an answers file.
 */
export type Secret = Base & {
  kind: 'secret';
  format?: 'confirmation-link';
  pattern: RegExp;
  rule: string;
  max: number;
};

/** One possible answer of a choice. */
export type Option = { value: string; label: string; hint?: string };

/** One of several. */
export type Choice = Base & {
  kind: 'choice';
  options: readonly Option[];
  default?: string;
  /** An answer that is not proposed because an earlier run was given it: what it asked for was begun by then. */
  spent?: string;
};

/** Any number of several. */
export type Choices = Base & {
  kind: 'choices';
  options: readonly Option[];
  default?: readonly string[];
  min?: number;
};

/** A question is data; every front end asks it in its own way and accepts what {@link objection} accepts. */
export type Question = Confirm | Count | Text | Secret | Choice | Choices;

/** The type of the answer to a question. */
export type AnswerTo<Q extends Question> = Q extends Confirm
  ? boolean
  : Q extends Count
    ? number
    : Q extends Choices
      ? readonly string[]
      : string;

/** Questions by name, in the order in which they are asked; the names are those of the answers file. */
export type Questions = Readonly<Record<string, Question>>;

/** What `Questions` lead to. A question with a `when` may have been left out. */
export type Answers<Asks extends Questions> = {
  readonly [Name in keyof Asks]: Asks[Name] extends { when: unknown }
    ? AnswerTo<Asks[Name]> | undefined
    : AnswerTo<Asks[Name]>;
};

const known = (options: readonly Option[], value: string) => options.some((option) => option.value === value);

const listed = (options: readonly Option[]) => options.map((option) => option.value).join(', ');

const objectionToLine = (question: Text | Secret, value: string): string | undefined => {
  if (value.length > question.max) return `At most ${question.max} characters; this has ${value.length}.`;
  if (!question.pattern.test(value)) return `${question.rule}.`;
  if (question.kind === 'secret') return undefined;
  return question.refused?.find((one) => one.value.toLowerCase() === value.toLowerCase())?.because;
};

/** Says in one sentence why `value` cannot be the answer to `question`, or nothing if it can. */
export const objection = (question: Question, value: unknown): string | undefined => {
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
      return typeof value === 'string' ? objectionToLine(question, value) : 'Please give a text.';
    case 'choice':
      return typeof value === 'string' && known(question.options, value)
        ? undefined
        : `Please choose one of: ${listed(question.options)}.`;
    case 'choices': {
      const good =
        Array.isArray(value) && value.every((one) => typeof one === 'string' && known(question.options, one));
      if (!good) return `Please choose among: ${listed(question.options)}.`;
      const min = question.min ?? 0;
      return value.length >= min ? undefined : `Please choose at least ${min}.`;
    }
  }
};

/** The answer that a question takes when nobody changes anything, or nothing if it needs one. */
export const defaultOf = <Q extends Question>(question: Q): AnswerTo<Q> | undefined =>
  question.kind === 'secret' ? undefined : (question.default as AnswerTo<Q> | undefined);
