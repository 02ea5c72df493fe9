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
  /** Takes the closing page, which is the result of a run; without one, it is logged like the rest. */
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
    scene: ScriptedState,
    answering: ScriptedAnswers,
    keep: (happening: TranscriptEntry, line: string) => void,
  ): PresentQuestion =>
  async (question, name, { signal, racesWithEvent }) => {
    const step = scene.header?.current;
    const situation: QuestionContext = {
      step,
      manualTask: scene.tracker.task,
      shownSecret: scene.shownSecret,
      racesWithEvent,
    };
    const asked = { kind: 'question', step, name, question } as const;
    const message = sanitize(question.message);
    try {
      const outcome = await answering.answer(question, name, situation);
      if (signal.aborted) throw signal.reason;
      if (situation.manualTask && isDoneQuestion(situation.manualTask, question, name)) scene.tracker.clear();
      if (outcome === 'wait') return await waitForAbort(signal);
      const answer = formatTranscriptAnswer(question, outcome.value);
      keep({ ...asked, answer: question.kind === 'secret' ? answer : outcome.value }, `${message} ${answer}`);
      return outcome.value;
    } catch (error) {
      keep(asked, `${message} (no answer)`);
      throw error;
    }
  };

/** The front end that nobody sits in front of. */
export const createScriptedFrontEnd = ({
  answers,
  desk,
  log,
  writeSummary = log,
}: ScriptedOptions): ScriptedFrontEnd => {
  const transcript: TranscriptEntry[] = [];
  const scene: ScriptedState = {
    header: undefined,
    tracker: createManualTaskTracker(),
    shownSecret: undefined,
  };
  let closed = false;
  const keep = (happening: TranscriptEntry, ...lines: readonly string[]) => {
    if (closed) return;
    transcript.push(happening);
    const isResult = happening.kind === 'message' && happening.message.kind === 'summary';
    lines.forEach((line) => (isResult ? writeSummary : log)?.(line));
  };
  const answering = createScriptedAnswers({ answers, desk });
  const { runUninterrupted, waitUntilSettled, ...asks } = createQuestionAsker(
    createScriptedPresenter(scene, answering, keep),
  );

  return {
    ...asks,
    interactive: desk !== undefined,
    transcript,
    listUnusedAnswers: () => findUnusedAnswers(answers, transcript),
    show: (note) => {
      keep({ kind: 'message', message: note }, ...describeMessage(note, scene.header));
      scene.tracker.observe(note);
      if (note.kind === 'header') scene.header = note;
    },
    runWithProgress: (label, work) => {
      keep({ kind: 'work', label }, sanitize(label));
      return runUninterrupted(work);
    },
    showSecretWhile: async ({ kind, title, ...secret }, work) => {
      if (!desk) throw new UnansweredError(kind);
      keep({ kind: 'secret', secret: kind, title }, sanitize(title));
      if ('uri' in secret) await desk.phone.scan(secret.uri);
      answering.forgetCodes();
      scene.shownSecret = kind;
      return work().finally(() => {
        scene.shownSecret = undefined;
      });
    },
    close: async () => {
      asks.requestExit('end-of-input');
      await waitUntilSettled();
      closed = true;
    },
  };
};

/** A step that is done already asks nothing, and the file serves again: that is no reason to warn. */
const findUnusedAnswers = (
  answers: AnswersFile | 'defaults',
  transcript: readonly TranscriptEntry[],
): readonly string[] => {
  if (answers === 'defaults') return [];
  const asked = transcript.flatMap((one) => (one.kind === 'question' ? [one] : []));
  return Object.entries(answers)
    .filter(([step]) => asked.some((one) => one.step === step))
    .flatMap(([step, own]) =>
      Object.keys(own)
        .filter((name) => !asked.some((one) => one.step === step && one.name === name))
        .map((name) => `${step}.${name}`),
    );
};
