import type { Message, Header, SecretMessage } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { formatFieldAnswer, createField, type AnswerField } from './field.ts';

/** What stays to be read in the middle of the screen. */
export type TranscriptBlock =
  | { kind: 'message'; message: Exclude<Message, Header> }
  | { kind: 'answer'; name: string; questionText: string; answer: string }
  | { kind: 'done'; label: string; failed: boolean };

/** The question that is open, and since when (in ms) it waits for the world as well. */
export type PendingQuestion = {
  question: Question;
  name: string;
  field: AnswerField;
  since?: number | undefined;
};

/** Work in progress, and since when (in ms). */
type RunningWork = { label: string; since: number };

/** A secret that is being shown. `visibleHalf` is what is shown where there is no room for both. */
export type SecretPage = {
  message: SecretMessage;
  visibleHalf: 'code' | 'text';
  blocks: readonly TranscriptBlock[];
  acceptedQuestions: readonly string[];
  /** Whether the password was put into the clipboard. */
  isCopied: boolean;
};

/** Everything that the screen shows: a value, changed only by the functions below. */
export type Scene = {
  header?: Header;
  blocks: readonly TranscriptBlock[];
  pendingQuestion?: PendingQuestion | undefined;
  runningWorks: readonly RunningWork[];
  pages: readonly SecretPage[];
  /** How many blocks, from the first, were there when the last question was opened. */
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

/** Appends a block. One that repeats an earlier one ("not yet") replaces it. */
const appendBlock = (scene: Scene, block: TranscriptBlock): Scene => {
  if (scene.pages.length > 0) return updateTopPage(scene, () => ({ blocks: [block], isCopied: false }));
  const others = (blocks: readonly TranscriptBlock[]) => blocks.filter((one) => !isSameBlock(one, block));
  const blocks = [...others(scene.blocks), block];
  const seen = others(scene.blocks.slice(0, scene.seenBlockCount)).length;
  // The owner knows their own answer, and saw the work while it ran.
  const isNews = block.kind === 'message' || seen < blocks.length - 1;
  return { ...scene, scroll: undefined, blocks, seenBlockCount: isNews ? seen : blocks.length };
};

/** Adds a message. A new step begins with an empty middle. */
export const addMessage = (scene: Scene, message: Message): Scene => {
  if (message.kind !== 'header') return appendBlock(scene, { kind: 'message', message });
  const isNewStep = message.current !== scene.header?.current;
  return {
    ...scene,
    header: message,
    ...(isNewStep && { blocks: [], seenBlockCount: 0, scroll: undefined, wentBack: false }),
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

export const beginWork = (scene: Scene, label: string, since: number): Scene => ({
  ...scene,
  scroll: undefined,
  runningWorks: [...scene.runningWorks, { label, since }],
});

/** Ends the last work that began. What was interrupted is neither done nor failed. */
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
export const openSecretPage = (scene: Scene, message: SecretMessage): Scene => ({
  ...scene,
  pages: [
    ...scene.pages,
    { message, visibleHalf: 'code', blocks: [], acceptedQuestions: [], isCopied: false },
  ],
});

export const closeSecretPage = (scene: Scene): Scene => ({ ...scene, pages: scene.pages.slice(0, -1) });

/** A key changed the field of the open question. */
export const updateField = (scene: Scene, field: AnswerField): Scene =>
  scene.pendingQuestion === undefined
    ? scene
    : { ...scene, pendingQuestion: { ...scene.pendingQuestion, field } };

/** The secret on the screen was put into the clipboard. */
export const markCopied = (scene: Scene): Scene => updateTopPage(scene, () => ({ isCopied: true }));

/** The other half of a secret that does not fit on one screen. */
export const turnPage = (scene: Scene, half?: SecretPage['visibleHalf']): Scene =>
  updateTopPage(scene, (page) => ({ visibleHalf: half ?? (page.visibleHalf === 'code' ? 'text' : 'code') }));
