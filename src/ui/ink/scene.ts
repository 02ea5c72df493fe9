import type { Message, Header, SecretMessage } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { formatFieldAnswer, createField, type AnswerField } from './field.ts';

/** What stays to be read in the middle of the screen. */
export type TranscriptBlock =
  | { kind: 'note'; message: Exclude<Message, Header> }
  | { kind: 'answer'; name: string; questionText: string; answer: string }
  | { kind: 'done'; label: string; failed: boolean };

/** The question that is open, and since when (in ms) it waits for the world as well. */
export type PendingQuestion = {
  question: Question;
  name: string;
  field: AnswerField;
  since?: number | undefined;
};

/** Something that goes on, and since when. */
type RunningWork = { label: string; since: number };

/** A secret that is being shown. `face` is what is seen of it where there is no room for both halves. */
export type SecretPage = {
  message: SecretMessage;
  visibleHalf: 'code' | 'text';
  blocks: readonly TranscriptBlock[];
  acceptedQuestions: readonly string[];
};

/** Everything that the screen shows: a value, changed only by the functions below. */
export type Scene = {
  header?: Header;
  blocks: readonly TranscriptBlock[];
  pendingQuestion?: PendingQuestion | undefined;
  runningWorks: readonly RunningWork[];
  pages: readonly SecretPage[];
  /** How many blocks, from the first, were there when the last question was put. */
  seenBlockCount: number;
  /** Rows hidden below, once the owner has paged; before that the window begins with what is new. */
  scroll?: number | undefined;
  /** The last question was left with Esc, and the next one opens again what was answered before. */
  wentBack: boolean;
  stopping: boolean;
  columns: number;
  rows: number;
  /** The time in ms, and how often the screen was refreshed, for what turns. */
  now: number;
  frame: number;
};

/** A screen on which nothing has happened yet. */
export const createScene = (columns: number, rows: number, now: number): Scene => ({
  blocks: [],
  runningWorks: [],
  pages: [],
  seenBlockCount: 0,
  wentBack: false,
  stopping: false,
  columns,
  rows,
  now,
  frame: 0,
});

const updateTopPage = (scene: Scene, change: (page: SecretPage) => Partial<SecretPage>): Scene => ({
  ...scene,
  pages: scene.pages.map((page, index) =>
    index === scene.pages.length - 1 ? { ...page, ...change(page) } : page,
  ),
});

const isSameBlock = (one: TranscriptBlock, other: TranscriptBlock) =>
  JSON.stringify(one) === JSON.stringify(other);

/** Appends a block. One that says the same again ("not yet") takes the place of the earlier one. */
const appendBlock = (scene: Scene, block: TranscriptBlock): Scene => {
  if (scene.pages.length > 0) return updateTopPage(scene, () => ({ blocks: [block] }));
  const others = (blocks: readonly TranscriptBlock[]) => blocks.filter((one) => !isSameBlock(one, block));
  const blocks = [...others(scene.blocks), block];
  const seen = others(scene.blocks.slice(0, scene.seenBlockCount)).length;
  // An answer is known to whoever gave it, and work was seen while it went on.
  const isNews = block.kind === 'note' || seen < blocks.length - 1;
  return { ...scene, scroll: undefined, blocks, seenBlockCount: isNews ? seen : blocks.length };
};

/** A note was told. A new step begins with an empty middle. */
export const addMessage = (scene: Scene, note: Message): Scene => {
  if (note.kind !== 'header') return appendBlock(scene, { kind: 'note', message: note });
  const moved = note.current !== scene.header?.current;
  return {
    ...scene,
    header: note,
    ...(moved && { blocks: [], seenBlockCount: 0, scroll: undefined, wentBack: false }),
  };
};

/** What was answered to a question that is open again is not an answer; after Back, what followed from it goes too. */
const removeEarlierAnswer = (
  { blocks, seenBlockCount, wentBack }: Scene,
  name: string,
): Pick<Scene, 'blocks' | 'seenBlockCount'> => {
  const at = blocks.findIndex((one) => one.kind === 'answer' && one.name === name);
  if (at < 0) return { blocks, seenBlockCount };
  if (wentBack) return { blocks: blocks.slice(0, at), seenBlockCount: at };
  return {
    blocks: blocks.toSpliced(at, 1),
    seenBlockCount: at < seenBlockCount ? seenBlockCount - 1 : seenBlockCount,
  };
};

/** The questions of a page that are answered, as far as the one that is open again. */
const keepAcceptedBefore = ({ acceptedQuestions }: SecretPage, message: string): Partial<SecretPage> => {
  const at = acceptedQuestions.indexOf(message);
  return at < 0 ? {} : { acceptedQuestions: acceptedQuestions.slice(0, at) };
};

/** A question was opened. */
export const openQuestion = (scene: Scene, question: Question, name: string, since?: number): Scene => ({
  ...updateTopPage(scene, (page) => keepAcceptedBefore(page, question.message)),
  scroll: undefined,
  ...removeEarlierAnswer(scene, name),
  wentBack: false,
  pendingQuestion: { question, name, field: createField(question), since },
});

/** The open question is gone without an answer. */
export const withdrawQuestion = (scene: Scene, wentBack = false): Scene => ({
  ...scene,
  pendingQuestion: undefined,
  seenBlockCount: scene.blocks.length,
  wentBack,
});

/** The open question was answered. What was chosen while waiting is a command and no answer to be kept in sight. */
export const answerQuestion = (scene: Scene, answer: unknown): Scene => {
  const { pendingQuestion } = scene;
  if (pendingQuestion === undefined) return scene;
  const { question, name, since } = pendingQuestion;
  const next = withdrawQuestion(scene);
  if (scene.pages.length > 0) {
    return updateTopPage(next, ({ acceptedQuestions }) => ({
      blocks: [],
      acceptedQuestions: [...acceptedQuestions, question.message],
    }));
  }
  const words = formatFieldAnswer(question, answer);
  if (words === undefined || since !== undefined) return next;
  return appendBlock(next, { kind: 'answer', name, questionText: question.message, answer: words });
};

/** Some work began. */
export const beginWork = (scene: Scene, label: string, since: number): Scene => ({
  ...scene,
  scroll: undefined,
  runningWorks: [...scene.runningWorks, { label, since }],
});

/** The last work that began is over. What was broken off is neither done nor failed. */
export const endWork = (
  scene: Scene,
  how: 'done' | 'failed' | 'interrupted',
  trace: 'kept' | 'transient' = 'kept',
): Scene => {
  const work = scene.runningWorks.at(-1);
  const next = { ...scene, runningWorks: scene.runningWorks.slice(0, -1) };
  if (work === undefined || scene.pages.length > 0 || how === 'interrupted' || trace === 'transient')
    return next;
  return appendBlock(next, { kind: 'done', label: work.label, failed: how === 'failed' });
};

/** A secret takes the whole screen. */
export const openSecretPage = (scene: Scene, note: SecretMessage): Scene => ({
  ...scene,
  pages: [...scene.pages, { message: note, visibleHalf: 'code', blocks: [], acceptedQuestions: [] }],
});

/** The secret is over; nothing of it stays. */
export const closeSecretPage = (scene: Scene): Scene => ({ ...scene, pages: scene.pages.slice(0, -1) });

/** A key changed the field of the open question. */
export const updateField = (scene: Scene, field: AnswerField): Scene =>
  scene.pendingQuestion === undefined
    ? scene
    : { ...scene, pendingQuestion: { ...scene.pendingQuestion, field } };

/** The other half of a secret that does not fit on one screen. */
export const turnPage = (scene: Scene, face?: SecretPage['visibleHalf']): Scene =>
  updateTopPage(scene, (page) => ({ visibleHalf: face ?? (page.visibleHalf === 'code' ? 'text' : 'code') }));
