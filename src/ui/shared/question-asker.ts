import { BackError, ExitError, type Dialogue, type ExitCause } from '../../core/dialogue.ts';
import type { AnswerTo, Question } from '../../core/question.ts';

/** `signal` withdraws the question; `racesWithEvent` says that an event may come before the answer. */
type PresentOptions = { signal: AbortSignal; racesWithEvent: boolean };

/** Presents one question. As soon as the signal aborts, it removes the question and rejects with the signal's reason. */
export type PresentQuestion = (question: Question, name: string, options: PresentOptions) => Promise<unknown>;

/** The part of a front end that is the same however a question is presented. */
export type QuestionAsker = Pick<Dialogue, 'ask' | 'askUntil'> & {
  /** Rejects the pending question and everything that begins after it. */
  requestExit: (by: ExitCause) => void;
  /** Like `requestExit`, for a front end that cannot go on. */
  fail: (reason: Error) => void;
  throwIfEnded: () => void;
  /** Resolves when no question is on the screen any more. */
  waitUntilSettled: () => Promise<void>;
  /** Runs `work` to its end before a request to exit takes effect, unless the end is too far off. */
  runUninterrupted: <T>(work: () => Promise<T>) => Promise<T>;
};

class WithdrawnError extends Error {
  override name = 'Withdrawn';
}

/** How long work that has begun may go on after a request to exit, in milliseconds: most calls have ended by then. */
const graceAfterExit = 1000;

/** A question from which nobody can go back stays when they try. */
const presentInPlace =
  (present: PresentQuestion): PresentQuestion =>
  async (question, name, options) => {
    for (;;) {
      try {
        return await present(question, name, options);
      } catch (error) {
        if (!question.cannotGoBack || !(error instanceof BackError)) throw error;
      }
    }
  };

/** Makes the asking half of a front end from a function that presents one question. */
export const createQuestionAsker = (presentQuestion: PresentQuestion): QuestionAsker => {
  const present = presentInPlace(presentQuestion);
  let endedBy: Error | undefined;
  let withdrawPending: ((reason: Error) => void) | undefined;
  let pending: Promise<unknown> = Promise.resolve();

  const throwIfEnded = () => {
    if (endedBy) throw endedBy;
  };

  const patience = new AbortController();
  const workGivenUp = new Promise<never>((_resolve, reject) => {
    patience.signal.addEventListener('abort', () => reject(patience.signal.reason), { once: true });
  });
  workGivenUp.catch(() => undefined);

  const fail = (reason: Error) => {
    if (!endedBy) setTimeout(() => patience.abort(reason), graceAfterExit).unref();
    endedBy ??= reason;
    withdrawPending?.(endedBy);
  };

  const open = (question: Question, name: string, racesWithEvent: boolean) => {
    throwIfEnded();
    const controller = new AbortController();
    const withdraw = (reason: Error) => controller.abort(reason);
    withdrawPending = withdraw;
    const answer = present(question, name, { signal: controller.signal, racesWithEvent })
      .catch((error: unknown) => {
        // An exit by a key, or by the end of the input, is final.
        if (error instanceof ExitError) endedBy ??= error;
        throw error;
      })
      .finally(() => {
        if (withdrawPending === withdraw) withdrawPending = undefined;
      });
    pending = answer;
    return { answer, withdraw };
  };

  return {
    requestExit: (by) => fail(new ExitError(by)),
    fail,
    throwIfEnded,
    waitUntilSettled: async () => {
      await pending.catch(() => undefined);
    },
    runUninterrupted: async (work) => {
      throwIfEnded();
      // What is left of it may still happen; the next run asks AWS.
      const result = await Promise.race([work(), workGivenUp]);
      throwIfEnded();
      return result;
    },
    ask: async <Q extends Question>(question: Q, name: string) =>
      (await open(question, name, false).answer) as AnswerTo<Q>,
    askUntil: async <Q extends Question, E>(
      question: Q,
      name: string,
      waitForEvent: (signal: AbortSignal) => Promise<E>,
    ) => {
      const opened = open(question, name, true);
      const answered = opened.answer.then((answer) => ({ answer: answer as AnswerTo<Q> }));
      const waiting = new AbortController();
      const happened = (async () => ({ event: await waitForEvent(waiting.signal) }))();
      try {
        return await Promise.race([answered, happened]);
      } finally {
        waiting.abort();
        opened.withdraw(new WithdrawnError('the event came before the answer'));
        // The question must be off the screen before the next one is presented.
        await answered.catch(() => undefined);
      }
    },
  };
};
