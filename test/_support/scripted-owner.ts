import {
  BackError,
  UnansweredError,
  type Dialogue,
  type Message,
  type SecretMessage,
} from '../../src/core/dialogue.ts';
import { getDefault, type Question } from '../../src/core/question.ts';

/** What the owner says to a question: a value, an error to reject with, or a function that finds either. */
export type Reply = unknown;

/** A question as it was put. */
type Asked = { name: string; question: Question };

/** An owner who says what a test has told them to, in order; after that, the default of each question. */
export type Owner = Dialogue & {
  readonly asked: readonly Asked[];
  readonly told: readonly Message[];
  readonly shown: readonly SecretMessage[];
  /** The names of the questions, in the order in which they were put. */
  names(): readonly string[];
  /** Every sentence that was told as a finding or as a text. */
  sentences(): string;
};

/** Said to a question that the world may answer first: the owner says nothing and waits for the world. */
export const saysNothing = Symbol('says nothing');

const sentenceOf = (note: Message): readonly string[] => {
  if (note.kind === 'text') return [note.text];
  return note.kind === 'finding' ? [note.summary, note.remedy ?? ''] : [];
};

/** `replies` are by the names of the questions. */
export const owner = (
  replies: Readonly<Record<string, readonly Reply[]>> = {},
  { attended = true }: { attended?: boolean } = {},
): Owner => {
  const asked: Asked[] = [];
  const told: Message[] = [];
  const shown: SecretMessage[] = [];
  const times = new Map<string, number>();

  const say = async (question: Question, name: string, otherwise: unknown): Promise<unknown> => {
    asked.push({ name, question });
    const nth = times.get(name) ?? 0;
    times.set(name, nth + 1);
    const ready = replies[name] ?? [];
    const reply: unknown = nth < ready.length ? ready[nth] : otherwise;
    const said: unknown = typeof reply === 'function' ? await reply(question) : reply;
    // As in every front end, the question stays where there is nothing before it.
    if (said instanceof BackError && question.cannotGoBack) return say(question, name, otherwise);
    if (said instanceof Error) throw said;
    if (said === undefined) throw new UnansweredError(name);
    return said;
  };

  return {
    interactive: attended,
    asked,
    told,
    shown,
    names: () => asked.map(({ name }) => name),
    sentences: () => told.flatMap(sentenceOf).join('\n'),
    show: (note) => void told.push(note),
    ask: (async (question: Question, name: string) =>
      say(question, name, name === 'stored' ? true : getDefault(question))) as Dialogue['ask'],
    askUntil: (async (question: Question, name: string, event: (signal: AbortSignal) => Promise<unknown>) => {
      const withdrawn = new AbortController();
      const answer = await say(question, name, 'later');
      if (answer !== saysNothing) return { answer };
      return { event: await event(withdrawn.signal) };
    }) as Dialogue['askUntil'],
    runWithProgress: (_label, work) => work(),
    showSecretWhile: (note, work) => {
      shown.push(note);
      return work();
    },
  };
};
