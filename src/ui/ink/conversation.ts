import type { Clock } from '../../lib/clock.ts';
import { BackError, ExitError, type Dialogue, type ExitCause } from '../../core/dialogue.ts';
import type { AnswerTo, Question } from '../../core/question.ts';
import { isFieldUntouched, applyKey } from './field.ts';
import type { KeyPress } from './keys.ts';
import {
  answerQuestion,
  openQuestion,
  beginWork,
  endWork,
  openSecretPage,
  closeSecretPage,
  addMessage,
  turnPage,
  updateField,
  withdrawQuestion,
  type Scene,
} from './scene.ts';
import type { Store } from './store.ts';
import type { ScrollWindow } from './window.ts';

/** What a conversation needs of the screen. */
export type ScreenQueries = {
  /** Whether a QR code is alone on the screen, and the field of the question behind it. */
  isCodeAlone: (scene: Scene) => boolean;
  /** Whether a secret is shown in two halves, one at a time. */
  isInHalves: (scene: Scene) => boolean;
  /** What is hidden, and how much of it would be after one page up or down; nothing where nothing can be paged. */
  getReadableMiddle: (
    scene: Scene,
  ) => Pick<ScrollWindow, 'hiddenBelow' | 'belowAfterPageUp' | 'belowAfterPageDown'> | undefined;
  /** Takes everything off the screen at once. */
  wipe: () => void;
};

/** A dialogue that is fed with keys and whose side of it is a {@link Scene}. */
export type Conversation = Dialogue & {
  pressKey: (key: KeyPress) => void;
  requestExit: (by: ExitCause) => void;
  /** The screen is broken: whoever waits for an answer learns why. */
  fail: (error: Error) => void;
};

type PendingAnswer = { resolve(answer: AnswerTo<Question>): void; reject(reason: Error): void };

const classifyWorkEnd = (error: unknown) =>
  error instanceof ExitError || error instanceof BackError ? 'interrupted' : 'failed';

/** Nobody agrees to what they have not seen: Enter comes to the end of what is told before it takes the default. */
const shouldReadOn = ({ pendingQuestion }: Scene, { hiddenBelow }: { hiddenBelow: number }): boolean =>
  pendingQuestion !== undefined &&
  hiddenBelow > 0 &&
  isFieldUntouched(pendingQuestion.question, pendingQuestion.field);

/** Holds the conversation: turns the calls of a dialogue and the owner's keys into changes of the scene. */
export const createConversation = (store: Store<Scene>, clock: Clock, sight: ScreenQueries): Conversation => {
  let pending: PendingAnswer | undefined;
  let over: Error | undefined;
  const { update } = store;
  const refuseWhenOver = () => {
    if (over) throw over;
  };
  const now = () => clock.now().getTime();

  const close = (how: (scene: Scene) => Scene): PendingAnswer | undefined => {
    const was = pending;
    pending = undefined;
    if (was) update(how);
    return was;
  };

  const open = async <Q extends Question>(
    question: Q,
    name: string,
    since?: number,
  ): Promise<AnswerTo<Q>> => {
    refuseWhenOver();
    if (pending) throw new Error(`a question is open already, while "${name}" is asked`);
    update((scene) => openQuestion({ ...scene, now: now() }, question, name, since));
    const answer = await new Promise<AnswerTo<Question>>((resolve, reject) => {
      pending = { resolve, reject };
    });
    // The field has passed the answer through `objection`, so it is of the kind that the question asks for.
    return answer as AnswerTo<Q>;
  };

  const end = (reason: Error) => {
    over ??= reason;
    update((scene) => ({ ...scene, stopping: true }));
    close((scene) => withdrawQuestion(scene))?.reject(over);
  };
  const leave = (by: ExitCause) => end(new ExitError(by));

  const pressField = (key: KeyPress) => {
    const { pendingQuestion } = store.get();
    if (pendingQuestion === undefined) return;
    const pressed = applyKey(pendingQuestion.question, pendingQuestion.field, key);
    if ('answer' in pressed) close((scene) => answerQuestion(scene, pressed.answer))?.resolve(pressed.answer);
    else update((scene) => updateField(scene, pressed.field));
  };

  return {
    interactive: true,
    show: (note) => update((scene) => addMessage(scene, note)),
    ask: (question, name) => open(question, name),
    askUntil: async (question, name, event) => {
      refuseWhenOver();
      const abort = new AbortController();
      const answer = open(question, name, now());
      const mine = pending;
      const happened = (async () => ({ event: await event(abort.signal) }))();
      // Whichever loses may fail afterwards, and nobody listens to it any more.
      happened.catch(() => undefined);
      try {
        return await Promise.race([answer.then((given) => ({ answer: given })), happened]);
      } finally {
        abort.abort();
        if (mine && pending === mine) close((scene) => withdrawQuestion(scene));
      }
    },
    runWithProgress: async (label, work, trace = 'kept') => {
      refuseWhenOver();
      update((scene) => beginWork({ ...scene, now: now() }, label, now()));
      let how: Parameters<typeof endWork>[1] = 'done';
      try {
        return await work();
      } catch (error) {
        how = classifyWorkEnd(error);
        throw error;
      } finally {
        update((scene) => endWork(scene, how, trace));
        if (how === 'done') refuseWhenOver();
      }
    },
    showSecretWhile: async (note, work) => {
      refuseWhenOver();
      update((scene) => openSecretPage({ ...scene, now: now() }, note));
      try {
        return await work();
      } finally {
        sight.wipe();
        update(closeSecretPage);
      }
    },
    requestExit: leave,
    fail: end,
    pressKey: (key) => {
      const scene = store.get();
      if (key.name === 'interrupt') return leave('SIGINT');
      const reading = sight.getReadableMiddle(scene);
      if (key.name === 'page-up' || key.name === 'page-down') {
        const scroll = key.name === 'page-up' ? reading?.belowAfterPageUp : reading?.belowAfterPageDown;
        return update((before) => ({ ...before, scroll }));
      }
      if (key.name === 'enter' && reading && shouldReadOn(scene, reading)) {
        return update((before) => ({ ...before, scroll: reading.belowAfterPageDown }));
      }
      if (key.name === 'escape') {
        return close((before) => withdrawQuestion(before, true))?.reject(new BackError());
      }
      if (key.name === 'tab')
        return sight.isInHalves(scene) ? update((before) => turnPage(before)) : undefined;
      if (sight.isCodeAlone(scene)) {
        update((before) => turnPage(before, 'text'));
        if (key.name === 'enter') return;
      }
      pressField(key);
    },
  };
};
