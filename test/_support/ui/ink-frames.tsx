import { stripVTControlCharacters } from 'node:util';
import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { onTestFinished } from 'vitest';
import { App } from '../../../src/ui/ink/app.tsx';
import { createConversation } from '../../../src/ui/ink/conversation.ts';
import type { KeyPress } from '../../../src/ui/ink/keys.ts';
import { createScene, type Scene } from '../../../src/ui/ink/scene.ts';
import { createScreenQueries } from '../../../src/ui/ink/screen-queries.ts';
import { createStore } from '../../../src/ui/ink/store.ts';
import { createTheme } from '../../../src/ui/shared/theme.ts';
import { standingClock } from './ink-terminal.ts';

/** 18 seconds of a code are left at this moment. */
const moment = Date.UTC(2026, 10, 28, 12, 0, 12);

/** How a frame is drawn: `colours` is the colour depth in bits. */
export type FrameOptions = { columns: number; rows: number; colours?: number; env?: NodeJS.ProcessEnv };

/** What the scene looks like in a window of this size, with its escape codes. */
export const drawFrame = (scene: Scene, { columns, rows, colours = 1, env = {} }: FrameOptions): string => {
  const view = render(
    <Box width={columns} flexShrink={0} flexDirection="column">
      <App store={createStore({ ...scene, columns, rows })} theme={createTheme(env, colours)} practice />
    </Box>,
  );
  const frame = view.lastFrame() ?? '';
  view.unmount();
  return frame;
};

type Size = { columns: number; rows: number };

/** A conversation without a terminal. Nothing is drawn until somebody looks; the usual window is one in which all fits. */
export const createQuietConversation = ({ columns, rows }: Size = { columns: 120, rows: 200 }) => {
  const clock = standingClock(moment);
  const store = createStore(createScene(columns, rows, moment));
  const copied: string[] = [];
  const queries = createScreenQueries(createTheme({}, 1), true, {
    wipe: () => {},
    copy: (text) => void copied.push(text),
  });
  const front = createConversation(store, clock, queries);
  onTestFinished(() => front.requestExit('end-of-input'));
  const look = (): string[] => {
    const { columns: width, rows: height } = store.get();
    const frame = drawFrame(store.get(), { columns: width, rows: height });
    return stripVTControlCharacters(frame)
      .split('\n')
      .map((row) => row.trimEnd());
  };
  return {
    front,
    getScene: store.get,
    /** The rows of the screen. */
    look,
    /** The screen as text. */
    read: () => look().join('\n').trimEnd(),
    press: (...names: KeyPress['name'][]) => {
      for (const name of names) front.pressKey(name === 'text' ? { name, text: ' ' } : { name });
    },
    type: (text: string) => {
      for (const one of text) front.pressKey({ name: 'text', text: one });
    },
    resize: (size: Size) => store.update((scene) => ({ ...scene, ...size, scroll: undefined })),
  };
};
