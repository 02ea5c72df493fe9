import { render } from 'ink';
import { createElement } from 'react';
import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, Message } from '../../core/dialogue.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { App, cursorOf, readingOf, type Shown } from './app.tsx';
import { converse, type Conversation, type Sight } from './conversation.ts';
import { holdOn, type Hold } from './hold.ts';
import { painted } from './line.ts';
import { closingLines } from './note-lines.ts';
import { fitOf } from './qr-page.ts';
import { emptyScene, type Scene } from './scene.ts';
import { screenOn, type Screen } from './screen.ts';
import { createStore, type Store } from './store.ts';
import { themeOf, type Theme } from '../shared/theme.ts';

/** A terminal, whether all this is a rehearsal, and what a test replaces. */
export type StageOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  practice: boolean;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
};

type Closing = Extract<Message, { kind: 'summary' }>;
type Stage = { store: Store<Scene>; theme: Theme; practice: boolean };

/** How often what turns and what counts down is drawn again, in milliseconds. */
const BEAT = 125;

const moves = ({ works, asking, pages }: Scene) =>
  works.length > 0 || asking?.since !== undefined || pages.at(-1)?.note.kind === 'qr';

const sizeOf = ({ columns, rows }: NodeJS.WriteStream) => ({ columns: columns || 80, rows: rows || 24 });

const sightOf = ({ theme, practice }: Stage, screen: Screen): Sight => {
  const inHalves = (scene: Scene) => {
    const note = scene.pages.at(-1)?.note;
    return note?.kind === 'qr' && fitOf(note, scene, theme) === 'turns';
  };
  return {
    inHalves,
    codeAlone: (scene) => inHalves(scene) && scene.pages.at(-1)?.face === 'code',
    reading: (scene) => readingOf({ scene, theme, practice }),
    wipe: screen.wipe,
  };
};

const cursorIn = (shown: Shown) => {
  try {
    return cursorOf(shown);
  } catch {
    // What cannot be drawn has no cursor either; Ink says why when it gives up.
    return undefined;
  }
};

/** Draws the stage until the function that it returns is called. */
const drawn = (stage: Stage, screen: Screen, clock: Clock, onFailure: (error: Error) => void) => () => {
  const { store } = stage;
  // In its debug mode, Ink hands over every frame as it is; the screen sees to the rest.
  const quiet = { debug: true, patchConsole: false, exitOnCtrlC: false, isScreenReaderEnabled: false };
  const ink = render(createElement(App, stage), { stdout: screen.sink, ...quiet });
  ink.waitUntilExit().catch(onFailure);
  const beat = setInterval(() => {
    if (!moves(store.get())) return;
    store.update((scene) => ({ ...scene, beat: scene.beat + 1, now: clock.now().getTime() }));
  }, BEAT);
  return () => {
    clearInterval(beat);
    ink.unmount();
  };
};

/** The dialogue, which takes hold of the terminal as soon as there is something to say. */
const heldFor = (talk: Conversation, hold: Hold): Omit<Dialogue, 'interactive' | 'show'> => ({
  ask: (question, name) => (hold.take(), talk.ask(question, name)),
  askUntil: (question, name, event) => (hold.take(), talk.askUntil(question, name, event)),
  runWithProgress: (label, work, trace) => (hold.take(), talk.runWithProgress(label, work, trace)),
  showSecretWhile: (note, work) => (hold.take(), talk.showSecretWhile(note, work)),
});

// An address is left to the terminal to break: it can then still be copied as one.
const printed = (note: Closing, stdout: NodeJS.WriteStream, theme: Theme): Promise<void> => {
  const lines = closingLines(note, { width: Math.min(sizeOf(stdout).columns, 100), whole: Infinity }, theme);
  const text = lines.map((line) => painted(line, theme)).join('\n');
  return new Promise((resolve) => stdout.write(`${text}\n`, () => resolve()));
};

/** The front end that holds the whole screen: one Ink tree over the whole run, on the alternate screen. */
export const inkDialogue = (options: StageOptions): FrontEnd => {
  const { stdin, stdout, practice, clock = systemClock, env = process.env } = options;
  const theme = themeOf(env, stdout.getColorDepth?.(env) ?? 1);
  const { columns, rows } = sizeOf(stdout);
  const store = createStore(emptyScene(columns, rows, clock.now().getTime()));
  const stage = { store, theme, practice };
  const screen = screenOn(stdout, () => cursorIn({ scene: store.get(), theme, practice }));
  const talk = converse(store, clock, sightOf(stage, screen));
  const onResize = () => {
    screen.wipe();
    store.update((scene) => ({ ...scene, ...sizeOf(stdout), scroll: undefined }));
  };
  const onEnd = () => talk.leave('end-of-input');
  const draw = drawn(stage, screen, clock, talk.fail);
  const hold = holdOn({ stdin, stdout, screen, onKey: talk.press, onEnd, onResize, draw });
  let closing: Closing | undefined;
  let closed = false;
  return {
    interactive: true,
    ...heldFor(talk, hold),
    show: (note) => {
      if (closed) return;
      if (note.kind === 'summary') closing = note;
      hold.take();
      talk.show(note);
    },
    leave: talk.leave,
    close: async () => {
      const wasHeld = hold.held;
      hold.giveBack();
      closed = true;
      onEnd();
      if (wasHeld && closing !== undefined) await printed(closing, stdout, theme);
    },
  };
};
