import { render } from 'ink';
import { createElement } from 'react';
import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, Message } from '../../core/dialogue.ts';
import { formatClipboardCopy } from '../shared/clipboard.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { App, findCursor } from './app.tsx';
import { createConversation, type Conversation } from './conversation.ts';
import { createTerminalHold, type TerminalHold } from './hold.ts';
import { paintLine } from './line.ts';
import { renderSummary } from './message-lines.ts';
import type { ScreenInput } from './main-screen.tsx';
import { createPacedStore, type PacedStore } from './paced-store.ts';
import { createScene, type Scene } from './scene.ts';
import { createScreenQueries } from './screen-queries.ts';
import { createAlternateScreen, type AlternateScreen } from './screen.ts';
import { createStore, type Store } from './store.ts';
import { createTheme, type Theme } from '../shared/theme.ts';
import { createBell, createWindowTitle, signalWaits, type WindowTitle } from '../shared/window-title.ts';

export type InkOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  practice: boolean;
  /** Whether to ring when what was waited for has happened. */
  bell?: boolean;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
};

type SummaryMessage = Extract<Message, { kind: 'summary' }>;
type InkContext = { store: PacedStore<Scene>; theme: Theme; practice: boolean };

/** How often what turns and what counts down is drawn again, in milliseconds. */
const frameIntervalMs = 125;

/** The screen is drawn at most this often, in milliseconds. */
const shortestFrameMs = 33;

const isAnimated = ({ runningWorks, pendingQuestion, pages }: Scene) =>
  runningWorks.length > 0 || pendingQuestion?.since !== undefined || pages.at(-1)?.message.kind === 'qr';

const getTerminalSize = ({ columns, rows }: NodeJS.WriteStream) => ({
  columns: columns || 80,
  rows: rows || 24,
});

const findDrawableCursor = (input: ScreenInput) => {
  try {
    return findCursor(input);
  } catch {
    // What cannot be drawn has no cursor either; Ink says why when it gives up.
    return undefined;
  }
};

/** Draws until the function that it returns is called. */
const createDraw =
  (
    context: InkContext,
    store: Store<Scene>,
    screen: AlternateScreen,
    clock: Clock,
    onFailure: (error: Error) => void,
  ) =>
  () => {
    // In its debug mode, Ink hands over every frame as it is; the screen sees to the rest.
    const options = { debug: true, patchConsole: false, exitOnCtrlC: false, isScreenReaderEnabled: false };
    const ink = render(createElement(App, context), { stdout: screen.sink, ...options });
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

/** The dialogue, which takes over the terminal at the first call. */
const holdTerminalFor = (
  conversation: Omit<Conversation, 'show'>,
  hold: TerminalHold,
): Omit<Dialogue, 'interactive' | 'show'> => ({
  ask: (question, name) => (hold.take(), conversation.ask(question, name)),
  askUntil: (question, name, event) => (hold.take(), conversation.askUntil(question, name, event)),
  runWithProgress: (label, work, trace) => (hold.take(), conversation.runWithProgress(label, work, trace)),
  showSecretWhile: (message, work) => (hold.take(), conversation.showSecretWhile(message, work)),
});

// The terminal breaks addresses, so that they can still be copied as one.
const printSummary = (message: SummaryMessage, stdout: NodeJS.WriteStream, theme: Theme): Promise<void> => {
  const lines = renderSummary(
    message,
    { width: Math.min(getTerminalSize(stdout).columns, 100), whole: Infinity },
    theme,
  );
  const text = lines.map((line) => paintLine(line, theme)).join('\n');
  return new Promise((resolve) => stdout.write(`${text}\n`, () => resolve()));
};

/** The title of the window comes and goes with the screen: when it is left for good, and while the program is stopped. */
const withTitle = (screen: AlternateScreen, title: WindowTitle): AlternateScreen => ({
  ...screen,
  enter: () => {
    screen.enter();
    title.resume();
  },
  leave: () => {
    title.suspend();
    screen.leave();
  },
});

/** The front end that holds the whole screen: one Ink tree over the whole run, on the alternate screen. */
export const createInkFrontEnd = (options: InkOptions): FrontEnd => {
  const { stdin, stdout, practice, bell = false, clock = systemClock, env = process.env } = options;
  const theme = createTheme(env, stdout.getColorDepth?.(env) ?? 1);
  const { columns, rows } = getTerminalSize(stdout);
  const store = createStore(createScene(columns, rows, clock.now().getTime()));
  const drawn = createPacedStore(store, shortestFrameMs);
  const context = { store: drawn, theme, practice };
  const title = createWindowTitle(stdout, env);
  const screen = withTitle(
    createAlternateScreen(stdout, () => findDrawableCursor({ scene: drawn.get(), theme, practice })),
    title,
  );
  const wipe = () => {
    screen.wipe();
    drawn.hurry();
  };
  const copy = (text: string) => void stdout.write(formatClipboardCopy(text));
  const queries = createScreenQueries(theme, practice, { wipe, copy });
  const conversation = createConversation(store, clock, queries);
  const onResize = () => {
    wipe();
    store.update((scene) => ({ ...scene, ...getTerminalSize(stdout), scroll: undefined }));
  };
  const waits = signalWaits(conversation, { title, ring: createBell(stdout, bell) });
  const onEnd = () => conversation.requestExit('end-of-input');
  const draw = createDraw(context, store, screen, clock, conversation.fail);
  const hold = createTerminalHold({
    stdin,
    stdout,
    screen,
    onKey: conversation.pressKey,
    onEnd,
    onResize,
    draw,
  });
  let summary: SummaryMessage | undefined;
  let closed = false;
  return {
    interactive: true,
    ...holdTerminalFor({ ...conversation, ...waits }, hold),
    show: (message) => {
      if (closed) return;
      if (message.kind === 'summary') summary = message;
      hold.take();
      conversation.show(message);
    },
    requestExit: conversation.requestExit,
    close: async () => {
      const wasHeld = hold.isHeld;
      hold.release();
      closed = true;
      onEnd();
      if (wasHeld && summary !== undefined) await printSummary(summary, stdout, theme);
    },
  };
};
