import type { Clock } from '../../lib/clock.ts';
import { BackError, ExitError, type Dialogue, type ExitCause } from '../../core/dialogue.ts';
import { copyKey } from '../shared/clipboard.ts';
import { createQuestionAsker, type PresentQuestion } from '../shared/question-asker.ts';
import { createField, isFieldUntouched, applyKey } from './field.ts';
import { getEditorText } from './line-editor.ts';
import { asksForHelp } from '../shared/wording.ts';
import type { KeyPress } from './keys.ts';
import {
  answerQuestion,
  canOpenHelp,
  closeHelp,
  openQuestion,
  scrollHelp,
  beginWork,
  endWork,
  openSecretPage,
  closeSecretPage,
  addMessage,
  turnPage,
  markCopied,
  updateField,
  withdrawQuestion,
  type Scene,
} from './scene.ts';
import type { Store } from './store.ts';
import type { ScrollWindow } from './window.ts';

/** What a conversation needs to know of the screen. */
export type ScreenQueries = {
  /** Whether a QR code is alone on the screen, with the field of the question behind it. */
  isCodeAlone: (scene: Scene) => boolean;
  /** Whether a secret is shown in two halves, one at a time. */
  isInHalves: (scene: Scene) => boolean;
  /** What is hidden, and how much of it would be after one page up or down; undefined where nothing can be paged. */
  getReadableMiddle: (
    scene: Scene,
  ) =>
    | Pick<
        ScrollWindow,
        'hiddenAbove' | 'hiddenBelow' | 'pageRows' | 'belowAfterPageUp' | 'belowAfterPageDown'
      >
    | undefined;
  /** Clears the screen at once. */
  wipe: () => void;
  /** Asks the terminal to put text into the clipboard. */
  copy: (text: string) => void;
};

/** A dialogue whose input is keys and whose output is a {@link Scene}. */
export type Conversation = Dialogue & {
  pressKey: (key: KeyPress) => void;
  requestExit: (by: ExitCause) => void;
  /** The screen is broken: rejects the pending question with the reason. */
  fail: (error: Error) => void;
};

type PendingAnswer = { resolve(answer: unknown): void; reject(reason: Error): void };

const classifyWorkEnd = (error: unknown) =>
  error instanceof ExitError || error instanceof BackError ? 'interrupted' : 'failed';

/** Nobody agrees to what they have not seen: Enter first scrolls to the end, and only then takes the default. */
const shouldReadOn = ({ pendingQuestion }: Scene, { hiddenBelow }: { hiddenBelow: number }): boolean =>
  pendingQuestion !== undefined &&
  hiddenBelow > 0 &&
  isFieldUntouched(pendingQuestion.question, pendingQuestion.field);

type Middle = NonNullable<ReturnType<ScreenQueries['getReadableMiddle']>>;

/** How many rows are hidden below, without the row of the mark. */
const countBelow = ({ hiddenBelow }: Middle): number => Math.max(0, hiddenBelow - 1);

/** What one notch of a wheel scrolls, in rows. */
const wheelRows = 3;

/**
 * How many rows are hidden below after an arrow key, or undefined where it belongs to the field. Text and choices are one
 * column: down leads through the text to the choices, and up from the first choice leads back into the text. So a wheel
 * that arrives as arrow keys reads, and does not choose; between Yes and No, side by side, it never chooses.
 */
const scrollByArrow = ({ pendingQuestion }: Scene, key: KeyPress, middle: Middle): number | undefined => {
  if (key.name === 'down' && middle.hiddenBelow > 0) return Math.max(0, countBelow(middle) - 1);
  if (key.name !== 'up' || (middle.hiddenAbove === 0 && middle.hiddenBelow === 0)) return undefined;
  const isAtTop =
    pendingQuestion === undefined ||
    pendingQuestion.question.kind === 'confirm' ||
    (pendingQuestion.field.kind === 'line'
      ? pendingQuestion.question.kind !== 'count'
      : pendingQuestion.field.index === 0);
  return isAtTop ? countBelow(middle) + (middle.hiddenAbove > 0 ? 1 : 0) : undefined;
};

/** How many rows are hidden below after a key that scrolls, or undefined for any other key. */
const scrollByKey = (scene: Scene, key: KeyPress, middle: Middle): number | undefined => {
  const below = countBelow(middle);
  if (key.name === 'page-up') return middle.belowAfterPageUp;
  if (key.name === 'page-down') return middle.belowAfterPageDown;
  if (key.name === 'scroll-up') return middle.hiddenAbove > 0 ? below + wheelRows : below;
  return key.name === 'scroll-down' ? Math.max(0, below - wheelRows) : scrollByArrow(scene, key, middle);
};

/** How many rows a key scrolls the help; nothing for a key that closes it. */
const getHelpScroll = ({ name }: KeyPress, pageRows: number): number | undefined => {
  const rows: Partial<Record<KeyPress['name'], number>> = {
    up: -1,
    down: 1,
    'scroll-up': -wheelRows,
    'scroll-down': wheelRows,
    'page-up': -pageRows,
    'page-down': pageRows,
    enter: pageRows,
  };
  return rows[name];
};

/**
 * The first row of the help after a key, or undefined for a key that closes it, as Enter does at the end. It counts from
 * the row that is seen: after a change of the window's size that need not be the one that was scrolled to.
 */
const scrollHelpByKey = (key: KeyPress, middle: Middle | undefined): number | undefined => {
  const { hiddenAbove = 0, hiddenBelow = 0, pageRows = 1 } = middle ?? {};
  const by = getHelpScroll(key, pageRows);
  if (by === undefined || (key.name === 'enter' && hiddenBelow === 0)) return undefined;
  // The mark that says how much is hidden hides one row itself.
  const scroll = Math.max(0, hiddenAbove - 1);
  const end = scroll + Math.max(0, hiddenBelow - 1);
  return Math.min(Math.max(0, scroll + by), end);
};

/** Who turns a wheel that arrives as arrow keys turns it too far: for so long, in milliseconds, arrows choose nothing. */
const restAfterScrollMs = 300;

const scrollKeys = new Set<KeyPress['name']>(['page-up', 'page-down', 'scroll-up', 'scroll-down']);

/** The password to copy, if this key asks for that. Never without a key: the clipboard belongs to the owner. */
const findTextToCopy = ({ pages, pendingQuestion }: Scene, key: KeyPress): string | undefined => {
  const message = pages.at(-1)?.message;
  const isAsked = pendingQuestion !== undefined && key.name === 'text' && key.text.toLowerCase() === copyKey;
  return message?.kind === 'password' && isAsked ? message.password : undefined;
};

/** Turns the calls of a dialogue and the owner's keys into changes of the scene. */
export const createConversation = (
  store: Store<Scene>,
  clock: Clock,
  screen: ScreenQueries,
): Conversation => {
  const { update } = store;
  const now = () => clock.now().getTime();
  let pending: PendingAnswer | undefined;
  let scrolledAt = -Infinity;

  const closeQuestion = (change: (scene: Scene) => Scene): PendingAnswer | undefined => {
    const closed = pending;
    pending = undefined;
    if (closed) update(change);
    return closed;
  };

  const presentQuestion: PresentQuestion = (question, name, { signal, racesWithEvent }) =>
    new Promise((resolve, reject) => {
      if (pending) throw new Error(`"${name}" was asked while another question is open`);
      const opened = { resolve, reject };
      scrolledAt = -Infinity;
      pending = opened;
      signal.addEventListener('abort', () => {
        if (pending === opened) closeQuestion((scene) => withdrawQuestion(scene))?.reject(signal.reason);
      });
      update((scene) =>
        openQuestion({ ...scene, now: now() }, question, name, racesWithEvent ? now() : undefined),
      );
    });
  const asker = createQuestionAsker(presentQuestion);

  const fail = (reason: Error) => {
    update((scene) => ({ ...scene, stopping: true }));
    asker.fail(reason);
  };
  const requestExit = (by: ExitCause) => fail(new ExitError(by));

  /** Any key that does not scroll closes the help; Enter reads on first. */
  const pressKeyInHelp = (key: KeyPress, middle: Middle | undefined) => {
    const next = scrollHelpByKey(key, middle);
    update((scene) => (next === undefined ? closeHelp(scene) : scrollHelp(scene, next)));
  };

  const isMainPage = () => store.get().pages.length === 0;

  const pressKeyInField = (key: KeyPress) => {
    const { pendingQuestion } = store.get();
    if (pendingQuestion === undefined) return;
    const { question, field } = pendingQuestion;
    const typed = field.kind === 'line' ? getEditorText(field.editor) : '';
    if (key.name === 'enter' && asksForHelp(question, typed) && store.get().header?.help && isMainPage())
      return update((scene) => scrollHelp(updateField(scene, createField(question)), 0));
    const result = applyKey(question, field, key);
    if ('answer' in result)
      closeQuestion((scene) => answerQuestion(scene, result.answer))?.resolve(result.answer);
    else update((scene) => updateField(scene, result.field));
  };

  return {
    interactive: true,
    show: (message) => update((scene) => addMessage(scene, message)),
    ask: asker.ask,
    askUntil: asker.askUntil,
    runWithProgress: (label, work, trace = 'kept') =>
      asker.runUninterrupted(async () => {
        update((scene) => beginWork({ ...scene, now: now() }, label, now()));
        let outcome: Parameters<typeof endWork>[1] = 'done';
        try {
          return await work();
        } catch (error) {
          outcome = classifyWorkEnd(error);
          throw error;
        } finally {
          update((scene) => endWork(scene, outcome, trace));
        }
      }),
    showSecretWhile: async (message, work) => {
      asker.throwIfEnded();
      update((scene) => openSecretPage({ ...scene, now: now() }, message));
      try {
        return await work();
      } finally {
        screen.wipe();
        update(closeSecretPage);
      }
    },
    requestExit,
    fail,
    pressKey: (key) => {
      const scene = store.get();
      if (key.name === 'interrupt') return requestExit('SIGINT');
      const middle = screen.getReadableMiddle(scene);
      if (scene.helpScroll !== undefined) return pressKeyInHelp(key, middle);
      if (key.name === 'text' && key.text === '?' && scene.pendingQuestion?.field.kind !== 'line')
        return canOpenHelp(scene) ? update((before) => scrollHelp(before, 0)) : undefined;
      const scroll = middle && scrollByKey(scene, key, middle);
      const isArrow = key.name === 'up' || key.name === 'down';
      const isTooFar = isArrow && scroll === undefined && now() - scrolledAt < restAfterScrollMs;
      if (isArrow && (scroll !== undefined || isTooFar)) scrolledAt = now();
      if (scroll !== undefined) return update((before) => ({ ...before, scroll }));
      if (isTooFar) return;
      if (scrollKeys.has(key.name)) return;
      if (key.name === 'enter' && middle && shouldReadOn(scene, middle)) {
        return update((before) => ({ ...before, scroll: middle.belowAfterPageDown }));
      }
      if (key.name === 'escape') {
        return closeQuestion((before) => withdrawQuestion(before, true))?.reject(new BackError());
      }
      if (key.name === 'tab')
        return screen.isInHalves(scene) ? update((before) => turnPage(before)) : undefined;
      const copied = findTextToCopy(scene, key);
      if (copied !== undefined) {
        screen.copy(copied);
        return update(markCopied);
      }
      if (screen.isCodeAlone(scene)) {
        update((before) => turnPage(before, 'text'));
        if (key.name === 'enter') return;
      }
      pressKeyInField(key);
    },
  };
};
