import type { AnswersFile } from '../../core/answers-file.ts';
import { UnansweredError, type Message, type Header, type SecretMessage } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { createQuestionAsker, type PresentQuestion } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { ScriptedDesk } from '../practice/desk.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createManualTaskTracker, isDoneQuestion, type ManualTaskTracker } from '../shared/manual-task.ts';
import { createScriptedAnswers, type QuestionContext } from './answers.ts';
import { describeMessage } from '../shared/wording.ts';

/** What the unattended front end answers from: a file, or the default of every question. */
export type ScriptedOptions = {
  answers: AnswersFile | 'defaults';
  /** Does what only a person can do: scan, type codes, click in mails. Without one, nobody is there. */
  desk?: ScriptedDesk | undefined;
  log?: ((line: string) => void) | undefined;
  /** Receives the summary, which is the result of a run; without it, the summary is logged like the rest. */
  writeSummary?: ((line: string) => void) | undefined;
};

/** What happened in a scripted conversation. A question without an `answer` got none: the world was faster, or nobody knew. Secrets are not kept. */
type TranscriptEntry =
  | { kind: 'message'; message: Message }
  | { kind: 'work'; label: string }
  | { kind: 'secret'; secret: SecretMessage['kind']; title: string }
  | { kind: 'question'; step: string | undefined; name: string; question: Question; answer?: unknown };

/** The unattended front end, which is also the test double. */
export type ScriptedFrontEnd = FrontEnd & {
  readonly transcript: readonly TranscriptEntry[];
  listUnusedAnswers(): readonly string[];
};

const formatTranscriptAnswer = (question: Question, answer: unknown) =>
  question.kind === 'secret' ? '(secret)' : sanitize(String(answer));

const waitForAbort = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
  });

type ScriptedState = {
  header: Header | undefined;
  tracker: ManualTaskTracker;
  shownSecret: SecretMessage['kind'] | undefined;
};

type ScriptedAnswers = ReturnType<typeof createScriptedAnswers>;

const createScriptedPresenter =
  (
    state: ScriptedState,
    scriptedAnswers: ScriptedAnswers,
    record: (entry: TranscriptEntry, line: string) => void,
  ): PresentQuestion =>
  async (question, name, { signal, racesWithEvent }) => {
    const step = state.header?.current;
    const context: QuestionContext = {
      step,
      manualTask: state.tracker.task,
      shownSecret: state.shownSecret,
      racesWithEvent,
    };
    const base = { kind: 'question', step, name, question } as const;
    const message = sanitize(question.message);
    try {
      const outcome = await scriptedAnswers.answer(question, name, context);
      if (signal.aborted) throw signal.reason;
      if (context.manualTask && isDoneQuestion(context.manualTask, question, name)) state.tracker.clear();
      if (outcome === 'wait') return await waitForAbort(signal);
      const answer = formatTranscriptAnswer(question, outcome.value);
      record(
        { ...base, answer: question.kind === 'secret' ? answer : outcome.value },
        `${message} ${answer}`,
      );
      return outcome.value;
    } catch (error) {
      record(base, `${message} (no answer)`);
      throw error;
    }
  };

/** The front end of unattended runs. */
export const createScriptedFrontEnd = ({
  answers,
  desk,
  log,
  writeSummary = log,
}: ScriptedOptions): ScriptedFrontEnd => {
  const transcript: TranscriptEntry[] = [];
  const state: ScriptedState = {
    header: undefined,
    tracker: createManualTaskTracker(),
    shownSecret: undefined,
  };
  let closed = false;
  const record = (entry: TranscriptEntry, ...lines: readonly string[]) => {
    if (closed) return;
    transcript.push(entry);
    const isResult = entry.kind === 'message' && entry.message.kind === 'summary';
    lines.forEach((line) => (isResult ? writeSummary : log)?.(line));
  };
  const scriptedAnswers = createScriptedAnswers({ answers, desk });
  const { runUninterrupted, waitUntilSettled, ...asker } = createQuestionAsker(
    createScriptedPresenter(state, scriptedAnswers, record),
  );

  return {
    ...asker,
    interactive: desk !== undefined,
    transcript,
    listUnusedAnswers: () => findUnusedAnswers(answers, transcript),
    show: (message) => {
      record({ kind: 'message', message }, ...describeMessage(message, state.header));
      state.tracker.observe(message);
      if (message.kind === 'header') state.header = message;
    },
    runWithProgress: (label, work) => {
      record({ kind: 'work', label }, sanitize(label));
      return runUninterrupted(work);
    },
    showSecretWhile: async ({ kind, title, ...secret }, work) => {
      if (!desk) throw new UnansweredError(kind);
      record({ kind: 'secret', secret: kind, title }, sanitize(title));
      if ('uri' in secret) await desk.phone.scan(secret.uri);
      scriptedAnswers.forgetCodes();
      state.shownSecret = kind;
      return work().finally(() => {
        state.shownSecret = undefined;
      });
    },
    close: async () => {
      asker.requestExit('end-of-input');
      await waitUntilSettled();
      closed = true;
    },
  };
};

/** Answers of steps that asked nothing are no reason to warn: they are done already, and the file can be used again. */
const findUnusedAnswers = (
  answers: AnswersFile | 'defaults',
  transcript: readonly TranscriptEntry[],
): readonly string[] => {
  if (answers === 'defaults') return [];
  const base = transcript.flatMap((one) => (one.kind === 'question' ? [one] : []));
  return Object.entries(answers)
    .filter(([step]) => base.some((one) => one.step === step))
    .flatMap(([step, own]) =>
      Object.keys(own)
        .filter((name) => !base.some((one) => one.step === step && one.name === name))
        .map((name) => `${step}.${name}`),
    );
};
