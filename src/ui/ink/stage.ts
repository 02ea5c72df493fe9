import { render, type Instance } from 'ink';
import { createElement } from 'react';
import { systemClock, type Clock } from '../../clock.ts';
import type { Note } from '../../dialogue.ts';
import type { FrontEnd } from '../front-end.ts';
import { App, cursorOf, scrolledBy } from './app.tsx';
import { converse, type Conversation } from './conversation.ts';
import { listenToKeys } from './keys.ts';
import { painted } from './line.ts';
import { closingLines } from './note-lines.ts';
import { fitOf } from './qr-page.ts';
import { emptyScene, type Scene } from './scene.ts';
import { screenOn } from './screen.ts';
import { createStore } from './store.ts';
import { themeOf, type Theme } from './theme.ts';

type Options = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  practice: boolean;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
};

/** How often what turns and what counts down is drawn again, in milliseconds. */
const BEAT = 125;

const moves = ({ works, asking, pages }: Scene) =>
  works.length > 0 || asking?.since !== undefined || pages.at(-1)?.note.kind === 'qr';

const inHalves = (scene: Scene, theme: Theme): boolean => {
  const note = scene.pages.at(-1)?.note;
  return note?.kind === 'qr' && fitOf(note, scene, theme) === 'turns';
};

const sizeOf = ({ columns, rows }: NodeJS.WriteStream) => ({ columns: columns || 80, rows: rows || 24 });

/** The front end that holds the whole screen: one Ink tree over the whole run, on the alternate screen. */
export const inkDialogue = ({
  stdin,
  stdout,
  practice,
  clock = systemClock,
  env = process.env,
}: Options): FrontEnd => {
  const theme = themeOf(env, stdout.getColorDepth?.(env) ?? 1);
  const { columns, rows } = sizeOf(stdout);
  const store = createStore(emptyScene(columns, rows, clock.now().getTime()));
  const screen = screenOn(stdout, () => cursorOf({ scene: store.get(), theme, practice }));
  const conversation = converse(store, clock, {
    inHalves: (scene) => inHalves(scene, theme),
    codeAlone: (scene) => inHalves(scene, theme) && scene.pages.at(-1)?.face === 'code',
    scrolledBy: (scene, pages) => scrolledBy({ scene, theme, practice }, pages),
    wipe: screen.wipe,
  });
  let closing: Extract<Note, { kind: 'closing' }> | undefined;
  let state: 'waiting' | 'open' | 'closed' = 'waiting';
  let ink: Instance | undefined;
  let stopListening = () => {};

  const beat = setInterval(() => {
    if (moves(store.get()))
      store.update((scene) => ({ ...scene, beat: scene.beat + 1, now: clock.now().getTime() }));
  }, BEAT);
  beat.unref();

  const resized = () => {
    screen.wipe();
    store.update((scene) => ({ ...scene, ...sizeOf(stdout), scroll: 0 }));
  };

  const giveBack = () => {
    if (state !== 'open') return;
    state = 'closed';
    stopListening();
    stdout.off('resize', resized);
    process.off('exit', giveBack);
    ink?.unmount();
    screen.leave();
    stdin.setRawMode?.(false);
    stdin.pause();
  };

  const enter = () => {
    if (state !== 'waiting') return;
    state = 'open';
    screen.enter();
    process.once('exit', giveBack);
    stdout.on('resize', resized);
    stdin.setRawMode?.(true);
    stopListening = listenToKeys(stdin, conversation.press, () => conversation.leave('end-of-input'));
    stdin.resume();
    // In its debug mode, Ink hands over every frame as it is; the screen sees to the rest.
    ink = render(createElement(App, { store, theme, practice }), {
      stdout: screen.sink,
      stdin,
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
      isScreenReaderEnabled: false,
    });
  };

  const onStage: Pick<Conversation, 'tell' | 'ask' | 'askUntil' | 'during' | 'showing'> = {
    tell: (note) => {
      if (state === 'closed') return;
      if (note.kind === 'closing') closing = note;
      enter();
      conversation.tell(note);
    },
    ask: (question, name) => (enter(), conversation.ask(question, name)),
    askUntil: (question, name, event) => (enter(), conversation.askUntil(question, name, event)),
    during: (label, work) => (enter(), conversation.during(label, work)),
    showing: (note, work) => (enter(), conversation.showing(note, work)),
  };

  return {
    attended: true,
    ...onStage,
    leave: conversation.leave,
    close: async () => {
      const shown = state === 'open';
      giveBack();
      state = 'closed';
      clearInterval(beat);
      if (!shown || closing === undefined) return;
      const lines = closingLines(closing, Math.min(sizeOf(stdout).columns, 100), theme);
      const text = lines.map((line) => painted(line, theme)).join('\n');
      await new Promise<void>((resolve) => stdout.write(`${text}\n`, () => resolve()));
    },
  };
};
