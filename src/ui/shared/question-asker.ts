import { ExitError, type Dialogue, type ExitCause } from '../../core/dialogue.ts';
import type { AnswerTo, Question } from '../../core/question.ts';

/** How a question is put: `signal` withdraws it, and `until` says that the world may answer it first. */
type PresentOptions = { signal: AbortSignal; racesWithEvent: boolean };

/** Puts one question to whoever is there. As soon as the signal aborts it takes the question away and rejects with the reason. */
export type PresentQuestion = (question: Question, name: string, how: PresentOptions) => Promise<unknown>;

/** What every front end does alike with its way of putting a question. */
export type QuestionAsker = Pick<Dialogue, 'ask' | 'askUntil'> & {
  /** Rejects the pending question and everything that begins after it. */
  requestExit: (by: ExitCause) => void;
  /** Resolves when no question is on the screen any more. */
  waitUntilSettled: () => Promise<void>;
  /** Lets `work` finish; only then a wish to leave is granted. */
  runUninterrupted: <T>(work: () => Promise<T>) => Promise<T>;
};

class WithdrawnError extends Error {
  override name = 'Withdrawn';
}

/** Makes the asking half of a front end out of its way of putting one question. */
export const createQuestionAsker = (put: PresentQuestion): QuestionAsker => {
  let left: ExitError | undefined;
  let withdraw: ((reason: Error) => void) | undefined;
  let pending: Promise<unknown> = Promise.resolve();

  const stayed = () => {
    if (left) throw left;
  };

  const begin = (question: Question, name: string, until: boolean) => {
    stayed();
    const asked = new AbortController();
    const takeAway = (reason: Error) => asked.abort(reason);
    withdraw = takeAway;
    const answer = put(question, name, { signal: asked.signal, racesWithEvent: until })
      .catch((error: unknown) => {
        // Whoever left by a key or by the end of the input has left for good.
        if (error instanceof ExitError) left ??= error;
        throw error;
      })
      .finally(() => {
        withdraw = undefined;
      });
    pending = answer;
    return { answer, takeAway };
  };

  return {
    requestExit: (by) => {
      left ??= new ExitError(by);
      withdraw?.(left);
    },
    waitUntilSettled: async () => {
      await pending.catch(() => undefined);
    },
    runUninterrupted: async (work) => {
      stayed();
      const result = await work();
      stayed();
      return result;
    },
    ask: async <Q extends Question>(question: Q, name: string) =>
      (await begin(question, name, false).answer) as AnswerTo<Q>,
    askUntil: async <Q extends Question, E>(
      question: Q,
      name: string,
      event: (signal: AbortSignal) => Promise<E>,
    ) => {
      const asked = begin(question, name, true);
      const answered = asked.answer.then((answer) => ({ answer: answer as AnswerTo<Q> }));
      const awaited = new AbortController();
      const happened = (async () => ({ event: await event(awaited.signal) }))();
      try {
        return await Promise.race([answered, happened]);
      } finally {
        awaited.abort();
        asked.takeAway(new WithdrawnError('the world answered first'));
        // The question must be off the screen before the next one is put.
        await answered.catch(() => undefined);
      }
    },
  };
};
