import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../src/lib/clock.ts';
import { createInkFrontEnd } from '../../../src/ui/ink/ink.ts';

/** What the keys of a keyboard send. */
export const KEYS = {
  enter: '\r',
  escape: '\u001B',
  tab: '\t',
  backspace: '\u007F',
  delete: '\u001B[3~',
  up: '\u001B[A',
  down: '\u001B[B',
  right: '\u001B[C',
  left: '\u001B[D',
  home: '\u001B[H',
  end: '\u001B[F',
  pageUp: '\u001B[5~',
  pageDown: '\u001B[6~',
  shiftUp: '\u001B[1;2A',
  shiftDown: '\u001B[1;2B',
  ctrlB: '\u0002',
  ctrlF: '\u0006',
  space: ' ',
  ctrlC: '\u0003',
  ctrlU: '\u0015',
} as const;

/** A clock that stands until it is moved. */
export const standingClock = (start = Date.UTC(2026, 10, 23, 12)): Clock & { move(ms: number): void } => {
  let now = start;
  return { now: () => new Date(now), sleep: () => Promise.resolve(), move: (ms) => void (now += ms) };
};

type Setting = {
  columns?: number;
  rows?: number;
  env?: NodeJS.ProcessEnv;
  practice?: boolean;
  clock?: Clock;
  colours?: number;
};

/** The Ink front end on a terminal that is emulated to the last escape sequence, so that tests read what a person reads. */
export const stageOn = (setting: Setting = {}) => {
  const { columns = 80, rows = 24, env = {}, practice = true, clock, colours = 1 } = setting;
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
  const watchers = new Set<() => void>();
  let raw = '';
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk: string, _, done) => {
        raw += chunk;
        // A line feed on a real terminal returns to the first column too.
        terminal.write(chunk.replaceAll('\n', '\r\n'), () => {
          for (const watcher of watchers) watcher();
        });
        done();
      },
    }),
    { columns, rows, isTTY: true, getColorDepth: () => colours },
  );
  const rawModes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => rawModes.push(mode),
  });
  const front = createInkFrontEnd({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    practice,
    env,
    ...(clock && { clock }),
  });
  onTestFinished(() => front.close());

  const rowsNow = () => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, row) =>
        active
          .getLine(active.baseY + row)
          ?.translateToString()
          .trimEnd() ?? '',
    );
  };
  const screen = () => rowsNow().join('\n').trimEnd();
  /** Waits until what is on the screen is as it should be; the test's time limit ends the wait. */
  const until = (as: RegExp | ((text: string) => boolean)): Promise<string> =>
    new Promise((resolve) => {
      const look = () => {
        const text = screen();
        if (typeof as === 'function' ? !as(text) : !as.test(text)) return;
        watchers.delete(look);
        resolve(text);
      };
      watchers.add(look);
      look();
    });
  return {
    front,
    terminal,
    screen,
    until,
    rowsNow,
    rawModes,
    stdin,
    /** Everything that was ever written. */
    written: () => raw,
    type: (text: string) => void stdin.write(text),
    press: (...keys: (keyof typeof KEYS)[]) => {
      for (const key of keys) stdin.write(KEYS[key]);
    },
    resize: (cols: number, lines: number) => {
      terminal.resize(cols, lines);
      Object.assign(stdout, { columns: cols, rows: lines });
      stdout.emit('resize');
    },
    alternate: () => terminal.buffer.active.type === 'alternate',
  };
};
