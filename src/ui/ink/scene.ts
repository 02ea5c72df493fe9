import type {
  Message,
  Header,
  PlanLine,
  PlanProgress,
  SecretMessage,
  StepEntry,
} from '../../core/dialogue.ts';
import { isOwnQuestion, ownQuestion } from '../../core/question-names.ts';
import type { Question } from '../../core/question.ts';
import { formatFieldAnswer, createField, type AnswerField } from './field.ts';

/** What has become of a line of a plan. */
export type PlanLineState = { state: 'open' | PlanProgress['state'] };

/** What stays to be read in the middle of the screen. */
export type TranscriptBlock =
  | { kind: 'message'; message: Exclude<Message, Header | PlanProgress | { kind: 'plan' }> }
  | { kind: 'plan'; lines: readonly (PlanLine & PlanLineState)[]; cost: string }
  | { kind: 'answer'; name: string; questionText: string; answer: string }
  | { kind: 'done'; label: string; failed: boolean }
  /** What became of the step before, in one line. */
  | { kind: 'previous-step'; entry: StepEntry };

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
  /** How many blocks were there when the line of the plan began that is being carried out. */
  planLineStart?: number | undefined;
  /** Rows of the help that are scrolled away above; undefined while the help is closed. */
  helpScroll?: number | undefined;
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
  const isNews = block.kind === 'message' || block.kind === 'plan' || seen < blocks.length - 1;
  return { ...scene, scroll: undefined, blocks, seenBlockCount: isNews ? seen : blocks.length };
};

/** What became of the step that is left, as the new header has it. */
const describePreviousStep = ({ header }: Scene, next: Header): TranscriptBlock[] => {
  const entry = next.entries.find(({ id }) => id === header?.current);
  return entry === undefined || entry.status === 'unseen' ? [] : [{ kind: 'previous-step', entry }];
};

/** A new step begins with an empty middle, but for one line about the step before. */
const changeHeader = (scene: Scene, header: Header): Scene => ({
  ...scene,
  header,
  ...(header.current !== scene.header?.current && {
    blocks: describePreviousStep(scene, header),
    seenBlockCount: 0,
    planLineStart: undefined,
    helpScroll: undefined,
    scroll: undefined,
    wentBack: false,
  }),
});

const isPlan = (block: TranscriptBlock) => block.kind === 'plan';

/** What was said and asked while a line of the plan was carried out is past with it; a warning stays. */
const foldPlanLine = (scene: Scene): Scene => {
  const { planLineStart } = scene;
  if (planLineStart === undefined) return scene;
  const isKept = (one: TranscriptBlock, index: number) =>
    index < planLineStart ||
    (one.kind === 'message' && one.message.kind === 'text' && one.message.tone === 'warning');
  const blocks = scene.blocks.filter(isKept);
  const seenBlockCount = scene.blocks.slice(0, scene.seenBlockCount).filter(isKept).length;
  return { ...scene, blocks, seenBlockCount, planLineStart: undefined };
};

/** Ticks the line of the last plan. */
const updatePlan = (scene: Scene, { line, state }: PlanProgress): Scene => {
  const at = scene.blocks.findLastIndex(isPlan);
  const blocks = scene.blocks.map((block, index): TranscriptBlock =>
    index === at && block.kind === 'plan'
      ? { ...block, lines: block.lines.map((one, nth) => (nth === line ? { ...one, state } : one)) }
      : block,
  );
  const next = { ...scene, blocks };
  return state === 'begun' ? { ...next, planLineStart: blocks.length } : foldPlanLine(next);
};

/** Adds a message. */
export const addMessage = (scene: Scene, message: Message): Scene => {
  if (message.kind === 'header') return changeHeader(scene, message);
  if (message.kind === 'plan-progress') return updatePlan(scene, message);
  if (message.kind !== 'plan') return appendBlock(scene, { kind: 'message', message });
  const lines = message.lines.map((one) => ({ ...one, state: 'open' as const }));
  return appendBlock(scene, { kind: 'plan', lines, cost: message.cost });
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

/** On the page of the list nothing of other pages stays but warnings: the list says what became of each step. */
const keepForList = ({ blocks }: Scene): Pick<Scene, 'blocks' | 'seenBlockCount'> => ({
  blocks: blocks.filter(
    (one) => one.kind === 'message' && one.message.kind === 'text' && one.message.tone === 'warning',
  ),
  seenBlockCount: 0,
});

export const openQuestion = (scene: Scene, question: Question, name: string, since?: number): Scene => ({
  ...updateTopPage(scene, (page) => keepAcceptedBefore(page, question.message)),
  scroll: undefined,
  ...(name === ownQuestion('list') ? keepForList(scene) : removeEarlierAnswer(scene, name)),
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

/** Answers to the program's own questions are ways through it, and nothing to look back at. */
const isKeptInSight = (name: string): boolean => !isOwnQuestion(name) || name === ownQuestion('skip-reason');

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
  const isPast = since !== undefined || scene.planLineStart !== undefined || !isKeptInSight(name);
  if (words === undefined || isPast) return next;
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
  // A line of a plan leaves its own trace.
  const isPart = scene.planLineStart !== undefined && how === 'done';
  if (
    work === undefined ||
    scene.pages.length > 0 ||
    how === 'interrupted' ||
    trace === 'transient' ||
    isPart
  )
    return next;
  return appendBlock(next, { kind: 'done', label: work.label, failed: how === 'failed' });
};

/** A secret takes the whole screen. */
export const openSecretPage = (scene: Scene, message: SecretMessage): Scene => ({
  ...scene,
  // Under the page the help would take the first key, such as the first digit of a code.
  helpScroll: undefined,
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

/** Whether "?" asks for help: in a field for text it is a character like any other. */
export const canOpenHelp = ({ header, pages, pendingQuestion }: Scene): boolean =>
  header?.help !== undefined && pages.length === 0 && pendingQuestion?.field.kind !== 'line';

/** Opens the help, or moves in it. */
export const scrollHelp = (scene: Scene, helpScroll: number): Scene => ({ ...scene, helpScroll });

export const closeHelp = (scene: Scene): Scene => ({ ...scene, helpScroll: undefined });

/** What stays in sight above all: the step, or what the page says it is about. */
export const getPageTitle = ({ header, blocks, pendingQuestion }: Scene): string | undefined => {
  const current = header?.entries.find(({ id }) => id === header.current);
  if (current) return current.title;
  if (pendingQuestion?.name === ownQuestion('list')) return undefined;
  const heading = blocks.findLast((one) => one.kind === 'message' && one.message.kind === 'heading');
  return heading?.kind === 'message' && heading.message.kind === 'heading'
    ? heading.message.title
    : undefined;
};
