import { BackError, type Dialogue } from '../core/dialogue.ts';
import {
  findObjection,
  type AnswerTo,
  type Question,
  type Questions,
  type GivenAnswers,
} from '../core/question.ts';

/** The question with an earlier answer as its default, if that answer is still possible. */
const suggestAnswer = (question: Question, answer: unknown): Question =>
  question.kind === 'secret' || answer === undefined || findObjection(question, answer) !== undefined
    ? question
    : ({ ...question, default: answer } as Question);

/** Answers that were given in other steps to the same question, where this step has none yet. */
export const collectProposals = (
  questions: Questions,
  remembered: GivenAnswers,
  getAnswers: (stepId: string) => GivenAnswers,
): GivenAnswers =>
  Object.fromEntries(
    Object.entries(questions).flatMap(([name, question]) => {
      const { sameAs } = question.kind === 'text' ? question : {};
      const answer =
        sameAs && remembered[name] === undefined ? getAnswers(sameAs.step)[sameAs.question] : undefined;
      return answer === undefined ? [] : [[name, answer]];
    }),
  );

/** The answers of an earlier run that may be proposed again. */
export const selectReusableAnswers = (questions: Questions, remembered: GivenAnswers): GivenAnswers =>
  Object.fromEntries(
    Object.entries(remembered).filter(([name, answer]) => {
      const question = questions[name];
      return (
        question?.kind !== 'choice' || question.doNotSuggest === undefined || question.doNotSuggest !== answer
      );
    }),
  );

/**
 * Asks questions in their order, then does `then` with the answers. Back, from a question or from `then`, leads to the
 * question before, with its answer kept; where there is none it is thrown on. `remembered` are answers of an earlier
 * run: they become defaults.
 */
export const interview = <T>(
  questions: Questions,
  remembered: GivenAnswers,
  dialogue: Dialogue,
  then: (answers: GivenAnswers) => Promise<T>,
): Promise<T> => {
  const kept: Record<string, AnswerTo<Question>> = { ...selectReusableAnswers(questions, remembered) };
  const askFrom = async (
    entries: readonly [string, Questions[string]][],
    answers: GivenAnswers,
  ): Promise<T> => {
    const [first, ...rest] = entries;
    if (!first) return then(answers);
    const [name, question] = first;
    if (question.when && !question.when(answers)) return askFrom(rest, answers);
    for (;;) {
      const answer = await dialogue.ask(suggestAnswer(question, kept[name]), name);
      kept[name] = answer;
      try {
        return await askFrom(rest, { ...answers, [name]: answer });
      } catch (error) {
        if (!(error instanceof BackError)) throw error;
      }
    }
  };
  return askFrom(Object.entries(questions), {});
};

/**
 * The answers given now, and those of an interrupted run to questions that are no longer asked, since half of what was
 * agreed to is done. `restored` are its answers as the step restores them. One to a question that is among these does not count, whether
 * that was asked this time or left out.
 */
export const mergeUnaskedAnswers = (
  questions: Questions,
  restored: GivenAnswers,
  given: GivenAnswers,
): GivenAnswers => ({
  ...Object.fromEntries(Object.entries(restored).filter(([name]) => !Object.hasOwn(questions, name))),
  ...given,
});
