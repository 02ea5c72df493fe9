import type { AnswersFile } from '../../core/answers-file.ts';
import {
  UnansweredError,
  type ManualTaskId,
  type Message,
  type Header,
  type SecretMessage,
} from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { asking, type Put } from '../shared/asking.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { ScriptedDesk } from '../practice/desk.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { mayEndErrand, scriptedAnswers, type Situation } from './answers.ts';
import { sentencesOf } from '../shared/wording.ts';

/** What the unattended front end answers from: a file, or the default of every question. */
export type ScriptedOptions = {
  answers: AnswersFile | 'defaults';
  /** Does what only a person can do: scan, type codes, click in mails. Without one, nobody is there. */
  desk?: ScriptedDesk | undefined;
  log?: ((line: string) => void) | undefined;
  /** Takes the closing page, which is the result of a run; without one, it is logged like the rest. */
  result?: ((line: string) => void) | undefined;
};

/** What happened in a scripted conversation. A question without an `answer` got none: the world was faster, or nobody knew. Secrets are not kept. */
export type Happening =
  | { kind: 'told'; note: Message }
  | { kind: 'worked'; label: string }
  | { kind: 'shown'; secret: SecretMessage['kind']; title: string }
  | { kind: 'asked'; step: string | undefined; name: string; question: Question; answer?: unknown };

/** The unattended front end, which is also the test double. */
export type Scripted = FrontEnd & {
  readonly transcript: readonly Happening[];
  unused(): readonly string[];
};

const words = (question: Question, answer: unknown) =>
  question.kind === 'secret' ? '(secret)' : sanitize(String(answer));

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
  });

type Scene = {
  place: Header | undefined;
  errand: ManualTaskId | undefined;
  shown: SecretMessage['kind'] | undefined;
};

const noted = (scene: Scene, note: Message): void => {
  if (note.kind === 'manual-task') scene.errand = note.id;
  if (note.kind !== 'header') return;
  if (note.current !== scene.place?.current) scene.errand = undefined;
  scene.place = note;
};

type Answering = ReturnType<typeof scriptedAnswers>;

const scriptedPut =
  (scene: Scene, answering: Answering, keep: (happening: Happening, line: string) => void): Put =>
  async (question, name, { signal, until }) => {
    const step = scene.place?.current;
    const situation: Situation = { step, errand: scene.errand, shown: scene.shown, until };
    const asked = { kind: 'asked', step, name, question } as const;
    const message = sanitize(question.message);
    try {
      const outcome = await answering.answer(question, name, situation);
      if (signal.aborted) throw signal.reason;
      if (mayEndErrand(question, name)) scene.errand = undefined;
      if (outcome === 'wait') return await never(signal);
      const answer = words(question, outcome.value);
      keep({ ...asked, answer: question.kind === 'secret' ? answer : outcome.value }, `${message} ${answer}`);
      return outcome.value;
    } catch (error) {
      keep(asked, `${message} (no answer)`);
      throw error;
    }
  };

/** The front end that nobody sits in front of. */
export const scriptedDialogue = ({ answers, desk, log, result = log }: ScriptedOptions): Scripted => {
  const transcript: Happening[] = [];
  const scene: Scene = { place: undefined, errand: undefined, shown: undefined };
  let closed = false;
  const keep = (happening: Happening, ...lines: readonly string[]) => {
    if (closed) return;
    transcript.push(happening);
    const isResult = happening.kind === 'told' && happening.note.kind === 'summary';
    lines.forEach((line) => (isResult ? result : log)?.(line));
  };
  const answering = scriptedAnswers({ answers, desk });
  const { working, settled, ...asks } = asking(scriptedPut(scene, answering, keep));

  return {
    ...asks,
    interactive: desk !== undefined,
    transcript,
    unused: () => unusedIn(answers, transcript),
    show: (note) => {
      keep({ kind: 'told', note }, ...sentencesOf(note, scene.place));
      noted(scene, note);
    },
    runWithProgress: (label, work) => {
      keep({ kind: 'worked', label }, sanitize(label));
      return working(work);
    },
    showSecretWhile: async ({ kind, title, ...secret }, work) => {
      if (!desk) throw new UnansweredError(kind);
      keep({ kind: 'shown', secret: kind, title }, sanitize(title));
      if ('uri' in secret) await desk.phone.scan(secret.uri);
      answering.forgetCodes();
      scene.shown = kind;
      return work().finally(() => {
        scene.shown = undefined;
      });
    },
    close: async () => {
      asks.leave('end-of-input');
      await settled();
      closed = true;
    },
  };
};

/** A step that is done already asks nothing, and the file serves again: that is no reason to warn. */
const unusedIn = (answers: AnswersFile | 'defaults', transcript: readonly Happening[]): readonly string[] => {
  if (answers === 'defaults') return [];
  const asked = transcript.flatMap((one) => (one.kind === 'asked' ? [one] : []));
  return Object.entries(answers)
    .filter(([step]) => asked.some((one) => one.step === step))
    .flatMap(([step, own]) =>
      Object.keys(own)
        .filter((name) => !asked.some((one) => one.step === step && one.name === name))
        .map((name) => `${step}.${name}`),
    );
};
