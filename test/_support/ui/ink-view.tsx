import { stripVTControlCharacters } from 'node:util';
import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/lib/clock.ts';
import { App } from '../../../src/ui/ink/app.tsx';
import { createConversation } from '../../../src/ui/ink/conversation.ts';
import { listenToKeys } from '../../../src/ui/ink/keys.ts';
import { createScene } from '../../../src/ui/ink/scene.ts';
import { createScreenQueries } from '../../../src/ui/ink/screen-queries.ts';
import { createStore } from '../../../src/ui/ink/store.ts';
import { createTheme } from '../../../src/ui/shared/theme.ts';
import { KEYS, standingClock } from './ink-terminal.ts';

type ViewOptions = {
  columns?: number;
  rows?: number;
  env?: NodeJS.ProcessEnv;
  practice?: boolean;
  clock?: Clock;
  colours?: number;
};

/** The Ink components and the conversation behind them, without a terminal: frames are text, keys go to `stdin`. */
export const renderView = (options: ViewOptions = {}) => {
  const {
    columns = 80,
    rows = 24,
    env = {},
    practice = true,
    clock = standingClock(),
    colours = 1,
  } = options;
  const theme = createTheme(env, colours);
  const store = createStore(createScene(columns, rows, clock.now().getTime()));
  const view = render(
    <Box width={columns} flexShrink={0} flexDirection="column">
      <App store={store} theme={theme} practice={practice} />
    </Box>,
  );
  const copied: string[] = [];
  const front = createConversation(
    store,
    clock,
    createScreenQueries(theme, practice, { wipe: () => {}, copy: (text) => void copied.push(text) }),
  );
  const stopListening = listenToKeys(
    view.stdin as unknown as NodeJS.ReadableStream,
    (key) => front.pressKey(key),
    () => front.requestExit('end-of-input'),
  );
  onTestFinished(() => {
    front.requestExit('end-of-input');
    stopListening();
    view.unmount();
  });
  const rowsNow = () =>
    stripVTControlCharacters(view.lastFrame() ?? '')
      .split('\n')
      .map((row) => row.trimEnd());
  const screen = () => rowsNow().join('\n').trimEnd();
  return {
    front,
    store,
    /** What was put into the clipboard. */
    copied,
    screen,
    rowsNow,
    /** Waits until the screen is as it should be; the test's time limit ends the wait. */
    until: async (condition: RegExp | ((text: string) => boolean)): Promise<string> => {
      const isMet = (text: string) =>
        typeof condition === 'function' ? condition(text) : condition.test(text);
      while (!isMet(screen())) await new Promise((resolve) => setTimeout(resolve, 5));
      return screen();
    },
    /** Every frame so far, with its escape codes. */
    written: () => view.frames.join('\n'),
    type: (text: string) => view.stdin.write(text),
    press: (...keys: (keyof typeof KEYS)[]) => {
      for (const key of keys) view.stdin.write(KEYS[key]);
    },
  };
};
