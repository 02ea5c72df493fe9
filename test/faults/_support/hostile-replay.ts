import type { Message, SecretMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';
import type { ScriptedFrontEnd } from '../../../src/ui/scripted/scripted.ts';
import { keyboards, type Seat } from '../../_support/ui/seats.ts';

/** Everything that a conversation put in front of its front end. */
export type Script = { notes: Message[]; questions: Question[]; labels: string[]; titles: string[] };

const different = <T>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [JSON.stringify(one), one] as const)).values(),
];

/** What conversations put in front of their front end, each thing once, and only what says something of `text`. */
export const scriptOf = (played: readonly ScriptedFrontEnd[], text: string): Script => {
  const all = played.flatMap(({ transcript }) => transcript);
  const essence = JSON.stringify(text).slice(1, 60);
  const telling = <T>(things: readonly T[]): T[] =>
    different(things).filter((one) => JSON.stringify(one).includes(essence.slice(0, -1)));
  return {
    notes: telling(all.flatMap((one) => (one.kind === 'message' ? [one.message] : []))),
    questions: telling(all.flatMap((one) => (one.kind === 'question' ? [one.question] : []))),
    labels: telling(all.flatMap((one) => (one.kind === 'work' ? [one.label] : []))),
    titles: telling(all.flatMap((one) => (one.kind === 'secret' ? [one.title] : []))),
  };
};

/** What conversations told of what went wrong, each thing once: a refusal is made plain before it is told. */
export const troublesIn = (played: readonly ScriptedFrontEnd[]): Script => {
  const told = played.flatMap(({ transcript }) =>
    transcript.flatMap((one) => (one.kind === 'message' ? [one.message] : [])),
  );
  const notes = different(told.filter(({ kind }) => ['text', 'finding', 'summary'].includes(kind)));
  return { notes, questions: [], labels: [], titles: [] };
};

/** Resolves when the front end has written something since `before`. */
const written = (seat: Seat, before: number) => seat.until(() => seat.written().length > before);

const put = async (seat: Seat, question: Question): Promise<void> => {
  const before = seat.written().length;
  await seat.front.askUntil(question, 'question', () => written(seat, before));
};

const secretsAbout = (title: string, text: string): SecretMessage[] => [
  {
    kind: 'qr',
    title,
    uri: `otpauth://totp/AWS:x?secret=${'A'.repeat(64)}`,
    secret: 'A'.repeat(64),
    instructions: [text],
    fallbackInstructions: [text],
    getLiveLine: () => text,
  },
  {
    kind: 'password',
    title,
    userName: text,
    password: 'correct-Horse-7',
    url: `https://${text}.example.com`,
    instructions: [text],
  },
];

/** How large the window is: the smallest in which everything must be usable, and a roomy one. */
export type Window = { columns: number; rows: number };

/** A terminal that draws no code: line by line, that would be a question of its own. */
const env = { TERM: 'dumb' };

/** Puts all of it in front of every front end that somebody sits at; returns what each wrote to its terminal. */
export const replayed = async (
  script: Script,
  text: string,
  window: Window,
): Promise<readonly { name: string; written: string }[]> =>
  Promise.all(
    keyboards.map(async ({ name, seat: open }) => {
      const seat = open({ ...window, ...(name === 'lines' && { env }) });
      for (const note of script.notes) seat.front.show(note);
      for (const question of script.questions) await put(seat, question);
      for (const label of script.labels) await seat.front.runWithProgress(label, () => Promise.resolve());
      for (const note of [...script.titles, text].flatMap((title) => secretsAbout(title, text))) {
        const before = seat.written().length;
        await seat.front.showSecretWhile(note, async () => void (await written(seat, before)));
      }
      await seat.front.close();
      return { name, written: seat.written() };
    }),
  );
