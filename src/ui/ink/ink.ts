import { render } from 'ink';
import { createElement } from 'react';
import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, Message } from '../../core/dialogue.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { App, findCursor } from './app.tsx';
import { createConversation, type Conversation } from './conversation.ts';
import { createTerminalHold, type TerminalHold } from './hold.ts';
import { paintLine } from './line.ts';
import { renderSummary } from './message-lines.ts';
import type { ScreenInput } from './main-screen.tsx';
import { createScene, type Scene } from './scene.ts';
import { createScreenQueries } from './screen-queries.ts';
import { createAlternateScreen, type AlternateScreen } from './screen.ts';
import { createStore, type Store } from './store.ts';
import { createTheme, type Theme } from '../shared/theme.ts';

/** A terminal, whether all this is a rehearsal, and what a test replaces. */
export type InkOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  practice: boolean;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
};

type SummaryMessage = Extract<Message, { kind: 'summary' }>;
type InkContext = { store: Store<Scene>; theme: Theme; practice: boolean };

/** How often what turns and what counts down is drawn again, in milliseconds. */
const frameIntervalMs = 125;

const isAnimated = ({ runningWorks, pendingQuestion, pages }: Scene) =>
  runningWorks.length > 0 || pendingQuestion?.since !== undefined || pages.at(-1)?.message.kind === 'qr';

const getTerminalSize = ({ columns, rows }: NodeJS.WriteStream) => ({
  columns: columns || 80,
  rows: rows || 24,
});

const findDrawableCursor = (shown: ScreenInput) => {
  try {
    return findCursor(shown);
  } catch {
    // What cannot be drawn has no cursor either; Ink says why when it gives up.
    return undefined;
  }
};

/** Draws the stage until the function that it returns is called. */
const createDraw =
  (stage: InkContext, screen: AlternateScreen, clock: Clock, onFailure: (error: Error) => void) => () => {
    const { store } = stage;
    // In its debug mode, Ink hands over every frame as it is; the screen sees to the rest.
    const quiet = { debug: true, patchConsole: false, exitOnCtrlC: false, isScreenReaderEnabled: false };
    const ink = render(createElement(App, stage), { stdout: screen.sink, ...quiet });
    ink.waitUntilExit().catch(onFailure);
    const timer = setInterval(() => {
      if (!isAnimated(store.get())) return;
      store.update((scene) => ({ ...scene, frame: scene.frame + 1, now: clock.now().getTime() }));
    }, frameIntervalMs);
    return () => {
      clearInterval(timer);
      ink.unmount();
    };
  };

/** The dialogue, which takes hold of the terminal as soon as there is something to say. */
const holdTerminalFor = (talk: Conversation, hold: TerminalHold): Omit<Dialogue, 'interactive' | 'show'> => ({
  ask: (question, name) => (hold.take(), talk.ask(question, name)),
  askUntil: (question, name, event) => (hold.take(), talk.askUntil(question, name, event)),
  runWithProgress: (label, work, trace) => (hold.take(), talk.runWithProgress(label, work, trace)),
  showSecretWhile: (note, work) => (hold.take(), talk.showSecretWhile(note, work)),
});

// An address is left to the terminal to break: it can then still be copied as one.
const printSummary = (note: SummaryMessage, stdout: NodeJS.WriteStream, theme: Theme): Promise<void> => {
  const lines = renderSummary(
    note,
    { width: Math.min(getTerminalSize(stdout).columns, 100), whole: Infinity },
    theme,
  );
  const text = lines.map((line) => paintLine(line, theme)).join('\n');
  return new Promise((resolve) => stdout.write(`${text}\n`, () => resolve()));
};

/** The front end that holds the whole screen: one Ink tree over the whole run, on the alternate screen. */
export const createInkFrontEnd = (options: InkOptions): FrontEnd => {
  const { stdin, stdout, practice, clock = systemClock, env = process.env } = options;
  const theme = createTheme(env, stdout.getColorDepth?.(env) ?? 1);
  const { columns, rows } = getTerminalSize(stdout);
  const store = createStore(createScene(columns, rows, clock.now().getTime()));
  const stage = { store, theme, practice };
  const screen = createAlternateScreen(stdout, () =>
    findDrawableCursor({ scene: store.get(), theme, practice }),
  );
  const talk = createConversation(store, clock, createScreenQueries(theme, practice, screen.wipe));
  const onResize = () => {
    screen.wipe();
    store.update((scene) => ({ ...scene, ...getTerminalSize(stdout), scroll: undefined }));
  };
  const onEnd = () => talk.requestExit('end-of-input');
  const draw = createDraw(stage, screen, clock, talk.fail);
  const hold = createTerminalHold({ stdin, stdout, screen, onKey: talk.pressKey, onEnd, onResize, draw });
  let closing: SummaryMessage | undefined;
  let closed = false;
  return {
    interactive: true,
    ...holdTerminalFor(talk, hold),
    show: (note) => {
      if (closed) return;
      if (note.kind === 'summary') closing = note;
      hold.take();
      talk.show(note);
    },
    requestExit: talk.requestExit,
    close: async () => {
      const wasHeld = hold.isHeld;
      hold.release();
      closed = true;
      onEnd();
      if (wasHeld && closing !== undefined) await printSummary(closing, stdout, theme);
    },
  };
};
