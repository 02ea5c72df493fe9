import type { Message, Header, SecretMessage } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { answerInWords, fieldOf, type Field } from './field.ts';

/** What stays to be read in the middle of the screen. */
export type Block =
  | { kind: 'note'; note: Exclude<Message, Header> }
  | { kind: 'answer'; name: string; message: string; answer: string }
  | { kind: 'done'; label: string; failed: boolean };

/** The question that is open, and since when (in ms) it waits for the world as well. */
export type Asking = { question: Question; name: string; field: Field; since?: number | undefined };

/** Something that goes on, and since when. */
export type Work = { label: string; since: number };

/** A secret that is being shown. `face` is what is seen of it where there is no room for both halves. */
export type Page = {
  note: SecretMessage;
  face: 'code' | 'words';
  told: readonly Block[];
  accepted: readonly string[];
};

/** Everything that the screen shows: a value, changed only by the functions below. */
export type Scene = {
  place?: Header;
  blocks: readonly Block[];
  asking?: Asking | undefined;
  works: readonly Work[];
  pages: readonly Page[];
  /** How many blocks, from the first, were there when the last question was put. */
  seen: number;
  /** Rows hidden below, once the owner has paged; before that the window begins with what is new. */
  scroll?: number | undefined;
  /** The last question was left with Esc, and the next one opens again what was answered before. */
  wentBack: boolean;
  stopping: boolean;
  columns: number;
  rows: number;
  /** The time in ms, and how often the screen was refreshed, for what turns. */
  now: number;
  beat: number;
};

/** A screen on which nothing has happened yet. */
export const emptyScene = (columns: number, rows: number, now: number): Scene => ({
  blocks: [],
  works: [],
  pages: [],
  seen: 0,
  wentBack: false,
  stopping: false,
  columns,
  rows,
  now,
  beat: 0,
});

const changePage = (scene: Scene, change: (page: Page) => Partial<Page>): Scene => ({
  ...scene,
  pages: scene.pages.map((page, index) =>
    index === scene.pages.length - 1 ? { ...page, ...change(page) } : page,
  ),
});

const same = (one: Block, other: Block) => JSON.stringify(one) === JSON.stringify(other);

/** Appends a block. One that says the same again ("not yet") takes the place of the earlier one. */
const append = (scene: Scene, block: Block): Scene => {
  if (scene.pages.length > 0) return changePage(scene, () => ({ told: [block] }));
  const others = (blocks: readonly Block[]) => blocks.filter((one) => !same(one, block));
  const blocks = [...others(scene.blocks), block];
  const seen = others(scene.blocks.slice(0, scene.seen)).length;
  // An answer is known to whoever gave it, and work was seen while it went on.
  const isNews = block.kind === 'note' || seen < blocks.length - 1;
  return { ...scene, scroll: undefined, blocks, seen: isNews ? seen : blocks.length };
};

/** A note was told. A new step begins with an empty middle. */
export const told = (scene: Scene, note: Message): Scene => {
  if (note.kind !== 'header') return append(scene, { kind: 'note', note });
  const moved = note.current !== scene.place?.current;
  return { ...scene, place: note, ...(moved && { blocks: [], seen: 0, scroll: undefined, wentBack: false }) };
};

/** What was answered to a question that is open again is not an answer; after Back, what followed from it goes too. */
const reopened = ({ blocks, seen, wentBack }: Scene, name: string): Pick<Scene, 'blocks' | 'seen'> => {
  const at = blocks.findIndex((one) => one.kind === 'answer' && one.name === name);
  if (at < 0) return { blocks, seen };
  if (wentBack) return { blocks: blocks.slice(0, at), seen: at };
  return { blocks: blocks.toSpliced(at, 1), seen: at < seen ? seen - 1 : seen };
};

/** The questions of a page that are answered, as far as the one that is open again. */
const stillAccepted = ({ accepted }: Page, message: string): Partial<Page> => {
  const at = accepted.indexOf(message);
  return at < 0 ? {} : { accepted: accepted.slice(0, at) };
};

/** A question was opened. */
export const asked = (scene: Scene, question: Question, name: string, since?: number): Scene => ({
  ...changePage(scene, (page) => stillAccepted(page, question.message)),
  scroll: undefined,
  ...reopened(scene, name),
  wentBack: false,
  asking: { question, name, field: fieldOf(question), since },
});

/** The open question is gone without an answer. */
export const withdrawn = (scene: Scene, wentBack = false): Scene => ({
  ...scene,
  asking: undefined,
  seen: scene.blocks.length,
  wentBack,
});

/** The open question was answered. What was chosen while waiting is a command and no answer to be kept in sight. */
export const answered = (scene: Scene, answer: unknown): Scene => {
  const { asking } = scene;
  if (asking === undefined) return scene;
  const { question, name, since } = asking;
  const next = withdrawn(scene);
  if (scene.pages.length > 0) {
    return changePage(next, ({ accepted }) => ({ told: [], accepted: [...accepted, question.message] }));
  }
  const words = answerInWords(question, answer);
  if (words === undefined || since !== undefined) return next;
  return append(next, { kind: 'answer', name, message: question.message, answer: words });
};

/** Some work began. */
export const begun = (scene: Scene, label: string, since: number): Scene => ({
  ...scene,
  scroll: undefined,
  works: [...scene.works, { label, since }],
});

/** The last work that began is over. What was broken off is neither done nor failed. */
export const ended = (
  scene: Scene,
  how: 'done' | 'failed' | 'broken-off',
  trace: 'kept' | 'transient' = 'kept',
): Scene => {
  const work = scene.works.at(-1);
  const next = { ...scene, works: scene.works.slice(0, -1) };
  if (work === undefined || scene.pages.length > 0 || how === 'broken-off' || trace === 'transient')
    return next;
  return append(next, { kind: 'done', label: work.label, failed: how === 'failed' });
};

/** A secret takes the whole screen. */
export const opened = (scene: Scene, note: SecretMessage): Scene => ({
  ...scene,
  pages: [...scene.pages, { note, face: 'code', told: [], accepted: [] }],
});

/** The secret is over; nothing of it stays. */
export const shut = (scene: Scene): Scene => ({ ...scene, pages: scene.pages.slice(0, -1) });

/** A key changed the field of the open question. */
export const typedInto = (scene: Scene, field: Field): Scene =>
  scene.asking === undefined ? scene : { ...scene, asking: { ...scene.asking, field } };

/** The other half of a secret that does not fit on one screen. */
export const turned = (scene: Scene, face?: Page['face']): Scene =>
  changePage(scene, (page) => ({ face: face ?? (page.face === 'code' ? 'words' : 'code') }));
