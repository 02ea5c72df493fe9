import type { AnswerTo, Condition, GivenAnswers, Question, Questions } from './question.ts';

/**
 * What a step asks: by name, in the order in which it is asked, each question made of the facts. One that the account
 * answers already is not there. The names are those of the answers file.
 */
export type StepQuestions<Facts> = Readonly<
  Record<string, (facts: Facts) => (Question & Partial<Condition>) | undefined>
>;

type AnswerOrNothing<Q> = Q extends Question
  ? Q extends Condition
    ? AnswerTo<Q> | undefined
    : AnswerTo<Q>
  : undefined;

/** The answers that a plan is given: `undefined` only where a question may not have been asked. */
export type StepAnswers<Facts, Asks extends StepQuestions<Facts>> = {
  readonly [Name in keyof Asks]: AnswerOrNothing<ReturnType<Asks[Name]>>;
};

/** A question that is asked only of some facts, and that can be made of all of them. */
type OptionalQuestion<Facts, Q> = ((facts: Facts) => Q | undefined) & { create: (facts: Facts) => Q };

/**
 * A question that is asked only if the facts call for it. An answer to an interrupted run still counts when the question
 * is no longer asked, since half of what was agreed to is done: it is checked against `create`.
 */
export const askIf = <Facts, Q extends Question & Partial<Condition>>(
  isNeeded: (facts: Facts) => boolean,
  create: (facts: Facts) => Q,
): OptionalQuestion<Facts, Q> =>
  Object.assign((facts: Facts) => (isNeeded(facts) ? create(facts) : undefined), { create });

const isOptional = <Facts>(
  question: StepQuestions<Facts>[string],
): question is OptionalQuestion<Facts, Questions[string]> => 'create' in question;

export const createQuestions = <Facts>(questions: StepQuestions<Facts>, facts: Facts): Questions =>
  Object.fromEntries(
    Object.entries(questions).flatMap(([name, create]) => {
      const question = create(facts);
      return question ? [[name, question]] : [];
    }),
  );

const isOneOf = (options: readonly { value: string }[], value: unknown): value is string =>
  options.some((option) => option.value === value);

/**
 * `value` as an answer of the type that the question leads to, or nothing if it is of another one, or an option that is
 * no longer there. Text is not checked against `refused`: what an interrupted run has made is refused as taken.
 */
const toAnswer = (question: Question, value: unknown): AnswerTo<Question> | undefined => {
  switch (question.kind) {
    case 'confirm':
      return typeof value === 'boolean' ? value : undefined;
    case 'count':
      return typeof value === 'number' ? value : undefined;
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'choice':
      return isOneOf(question.options, value) ? value : undefined;
    case 'choices':
      return Array.isArray(value)
        ? value.filter((one: unknown) => isOneOf(question.options, one))
        : undefined;
    case 'secret':
      return undefined;
  }
};

/** Answers of an earlier run, and whether a plan can be made of them alone. */
export type RestoredAnswers = { answers: GivenAnswers; complete: boolean };

/** What of the answers of an earlier run still has the type that the plan relies on. */
export const restoreAnswers = <Facts>(
  questions: StepQuestions<Facts>,
  facts: Facts,
  remembered: Readonly<Record<string, unknown>>,
): RestoredAnswers => {
  const answers: Record<string, AnswerTo<Question>> = {};
  let complete = true;
  for (const [name, create] of Object.entries(questions)) {
    const asked = create(facts);
    const question = asked ?? (isOptional(create) ? create.create(facts) : undefined);
    const answer =
      question && Object.hasOwn(remembered, name) ? toAnswer(question, remembered[name]) : undefined;
    if (answer !== undefined) answers[name] = answer;
    else if (asked && !asked.when && !isOptional(create)) complete = false;
  }
  return { answers, complete };
};
