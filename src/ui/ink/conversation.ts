import type { Clock } from '../../lib/clock.ts';
import { BackError, ExitError, type Dialogue, type ExitCause } from '../../core/dialogue.ts';
import type { AnswerTo, Question } from '../../core/question.ts';
import { isUntouched, press } from './field.ts';
import type { Key } from './keys.ts';
import {
  answered,
  asked,
  begun,
  ended,
  opened,
  shut,
  told,
  turned,
  typedInto,
  withdrawn,
  type Scene,
} from './scene.ts';
import type { Store } from './store.ts';
import type { Window } from './window.ts';

/** What a conversation needs of the screen. */
export type Sight = {
  /** Whether a QR code is alone on the screen, and the field of the question behind it. */
  codeAlone: (scene: Scene) => boolean;
  /** Whether a secret is shown in two halves, one at a time. */
  inHalves: (scene: Scene) => boolean;
  /** What is hidden, and how much of it would be after one page up or down; nothing where nothing can be paged. */
  reading: (scene: Scene) => Pick<Window, 'below' | 'up' | 'down'> | undefined;
  /** Takes everything off the screen at once. */
  wipe: () => void;
};

/** A dialogue that is fed with keys and whose side of it is a {@link Scene}. */
export type Conversation = Dialogue & {
  press: (key: Key) => void;
  leave: (by: ExitCause) => void;
  /** The screen is broken: whoever waits for an answer learns why. */
  fail: (error: Error) => void;
};

type Pending = { resolve(answer: AnswerTo<Question>): void; reject(reason: Error): void };

const endOf = (error: unknown) =>
  error instanceof ExitError || error instanceof BackError ? 'broken-off' : 'failed';

/** Nobody agrees to what they have not seen: Enter comes to the end of what is told before it takes the default. */
const readsOn = ({ asking }: Scene, { below }: { below: number }): boolean =>
  asking !== undefined && below > 0 && isUntouched(asking.question, asking.field);

/** Holds the conversation: turns the calls of a dialogue and the owner's keys into changes of the scene. */
export const converse = (store: Store<Scene>, clock: Clock, sight: Sight): Conversation => {
  let pending: Pending | undefined;
  let over: Error | undefined;
  const { update } = store;
  const refuseWhenOver = () => {
    if (over) throw over;
  };
  const now = () => clock.now().getTime();

  const close = (how: (scene: Scene) => Scene): Pending | undefined => {
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
    update((scene) => asked({ ...scene, now: now() }, question, name, since));
    const answer = await new Promise<AnswerTo<Question>>((resolve, reject) => {
      pending = { resolve, reject };
    });
    // The field has passed the answer through `objection`, so it is of the kind that the question asks for.
    return answer as AnswerTo<Q>;
  };

  const end = (reason: Error) => {
    over ??= reason;
    update((scene) => ({ ...scene, stopping: true }));
    close((scene) => withdrawn(scene))?.reject(over);
  };
  const leave = (by: ExitCause) => end(new ExitError(by));

  const pressField = (key: Key) => {
    const { asking } = store.get();
    if (asking === undefined) return;
    const pressed = press(asking.question, asking.field, key);
    if ('answer' in pressed) close((scene) => answered(scene, pressed.answer))?.resolve(pressed.answer);
    else update((scene) => typedInto(scene, pressed.field));
  };

  return {
    interactive: true,
    show: (note) => update((scene) => told(scene, note)),
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
        if (mine && pending === mine) close((scene) => withdrawn(scene));
      }
    },
    runWithProgress: async (label, work, trace = 'kept') => {
      refuseWhenOver();
      update((scene) => begun({ ...scene, now: now() }, label, now()));
      let how: Parameters<typeof ended>[1] = 'done';
      try {
        return await work();
      } catch (error) {
        how = endOf(error);
        throw error;
      } finally {
        update((scene) => ended(scene, how, trace));
        if (how === 'done') refuseWhenOver();
      }
    },
    showSecretWhile: async (note, work) => {
      refuseWhenOver();
      update((scene) => opened({ ...scene, now: now() }, note));
      try {
        return await work();
      } finally {
        sight.wipe();
        update(shut);
      }
    },
    leave,
    fail: end,
    press: (key) => {
      const scene = store.get();
      if (key.name === 'interrupt') return leave('SIGINT');
      const reading = sight.reading(scene);
      if (key.name === 'page-up' || key.name === 'page-down') {
        const scroll = key.name === 'page-up' ? reading?.up : reading?.down;
        return update((before) => ({ ...before, scroll }));
      }
      if (key.name === 'enter' && reading && readsOn(scene, reading)) {
        return update((before) => ({ ...before, scroll: reading.down }));
      }
      if (key.name === 'escape') {
        return close((before) => withdrawn(before, true))?.reject(new BackError());
      }
      if (key.name === 'tab') return sight.inHalves(scene) ? update((before) => turned(before)) : undefined;
      if (sight.codeAlone(scene)) {
        update((before) => turned(before, 'words'));
        if (key.name === 'enter') return;
      }
      pressField(key);
    },
  };
};
