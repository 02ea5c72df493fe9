import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import type { FileAnswer } from '../../../src/core/answers-file.ts';
import type { Question } from '../../../src/core/question.ts';
import type { FrontEnd } from '../../../src/ui/shared/front-end.ts';
import { createLinesFrontEnd } from '../../../src/ui/lines/lines.ts';
import { createPromptsFrontEnd } from '../../../src/ui/prompts/prompts.ts';
import { createScriptedFrontEnd } from '../../../src/ui/scripted/scripted.ts';
import { KEYS, stageOn } from './ink-terminal.ts';

/** A key, by its name in {@link KEYS}. */
type Key = keyof typeof KEYS;

/** What a person does: types text, or presses a key. */
export type Stroke = { text: string } | { key: Key };

/** A seat in front of a terminal: what is read there, and what is typed. */
export type Seat = {
  front: FrontEnd;
  type(text: string): void;
  press(...keys: Key[]): void;
  screen(): string;
  /** Everything that was ever written, with its escape codes. */
  written(): string;
  until(as: RegExp | ((text: string) => boolean)): Promise<unknown>;
};

type Setting = { columns?: number; rows?: number; isTTY?: boolean; env?: NodeJS.ProcessEnv };

type Streams = {
  stdin: PassThrough & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
};

/** A terminal that understands escape codes, with a front end in it. */
export const seatAt = (
  open: (streams: Streams) => FrontEnd,
  setting: Setting = {},
): Seat & Pick<Streams, 'stdin'> & { resize(columns?: number, rows?: number): void } => {
  const { columns = 100, rows = 40, isTTY = true, env = {} } = setting;
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const watchers = new Set<() => void>();
  let raw = '';
  const write = (chunk: string, _: unknown, done: () => void) => {
    raw += chunk;
    terminal.write(chunk.replaceAll('\n', '\r\n'), () => watchers.forEach((look) => look()));
    done();
  };
  const stdout = Object.assign(new Writable({ decodeStrings: false, write }), { columns, rows, isTTY });
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  const front = open({ stdin, stdout, env });
  onTestFinished(() => front.close());
  const screen = () => {
    const { active } = terminal.buffer;
    const texts = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
    return texts.join('\n').trimEnd();
  };
  return {
    front,
    stdin,
    screen,
    written: () => raw,
    resize: (wide = columns, high = rows) => {
      terminal.resize(wide, high);
      Object.assign(stdout, { columns: wide, rows: high });
      stdout.emit('resize');
    },
    type: (text) => void stdin.write(text),
    press: (...keys) => keys.forEach((key) => stdin.write(KEYS[key])),
    until: (as) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (typeof as === 'function' ? !as(screen()) : !as.test(screen())) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
};

/** A front end at which somebody types, and what they type to give an answer. */
export type Keyboard = {
  name: string;
  seat: (setting?: Setting) => Seat;
  strokes: (question: Question, value: unknown) => readonly Stroke[];
  /** How a person goes back, and how they stop. */
  back: (seat: Seat) => void;
  stop: (seat: Seat) => void;
  /** Takes an invalid answer away, so that a valid one can be typed. */
  clear: (seat: Seat) => void;
  wipes: boolean;
};

const typed = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

const line = (_: Question, value: unknown): Stroke[] => [
  { text: Array.isArray(value) ? value.join(',') || 'none' : typed(value) },
  { key: 'enter' },
];

const moves = (by: number): Stroke[] =>
  Array.from({ length: Math.abs(by) }, () => ({ key: by > 0 ? 'down' : 'up' }) as const);

const keys = (question: Question, value: unknown): Stroke[] => {
  if (question.kind === 'choice') {
    const at = (one: unknown) =>
      Math.max(
        0,
        question.options.findIndex((option) => option.value === one),
      );
    return [...moves(at(value) - at(question.default)), { key: 'enter' }];
  }
  if (question.kind !== 'choices') return line(question, value);
  const wanted = Array.isArray(value) ? value : [];
  const turns = question.options.flatMap((option, index): Stroke[] => {
    const differs = wanted.includes(option.value) !== (question.default?.includes(option.value) ?? false);
    return [...(index === 0 ? [] : moves(1)), ...(differs ? [{ key: 'space' } as const] : [])];
  });
  return [...turns, { key: 'enter' }];
};

const escape = (seat: Seat) => seat.press('escape');
const controlC = (seat: Seat) => seat.press('ctrlC');
const controlU = (seat: Seat) => seat.press('ctrlU');

/** Every front end that somebody sits in front of. */
export const keyboards: readonly Keyboard[] = [
  {
    name: 'lines',
    seat: (setting) => seatAt(createLinesFrontEnd, setting),
    strokes: line,
    back: (seat) => {
      seat.type('back');
      seat.press('enter');
    },
    // Read line by line, the terminal itself turns Ctrl-C into a signal, and `main` passes it on.
    stop: ({ front }) => front.requestExit('SIGINT'),
    clear: () => {},
    wipes: false,
  },
  {
    name: 'prompts',
    seat: (setting) => seatAt(createPromptsFrontEnd, setting),
    strokes: keys,
    back: escape,
    stop: controlC,
    clear: controlU,
    wipes: true,
  },
  {
    name: 'ink',
    seat: stageOn,
    strokes: (question, value) =>
      question.kind === 'confirm' ? picked(question.default, value) : keys(question, value),
    back: escape,
    stop: controlC,
    clear: controlU,
    wipes: true,
  },
];

const picked = (byDefault: boolean | undefined, value: unknown): Stroke[] => [
  ...(value === (byDefault ?? true) ? [] : [{ key: value === true ? 'left' : 'right' } as const]),
  { key: 'enter' },
];

/** Puts a question and answers it as soon as it is to be seen. */
export const answering = async (
  keyboard: Keyboard,
  seat: Seat,
  question: Question,
  value?: unknown,
): Promise<unknown> => {
  const answer = seat.front.ask(question, 'question');
  await shown(seat, question);
  const strokes = value === undefined ? [{ key: 'enter' } as const] : keyboard.strokes(question, value);
  strike(seat, strokes);
  return answer;
};

/** Does what a person does. */
export const strike = (seat: Seat, strokes: readonly Stroke[]): void => {
  for (const stroke of strokes) {
    if ('text' in stroke) seat.type(stroke.text);
    else seat.press(stroke.key);
  }
};

/** Somebody who types letter by letter. */
export const letters = (word: string): readonly Stroke[] => Array.from(word, (text) => ({ text }));

/** Reads on, where Enter does that first, to the end of what was told. */
export const readOn = async (seat: Seat): Promise<void> => {
  const rowsBelow = (text: string) => / (\d+) lines below \(Enter\)/.exec(text)?.[1];
  for (;;) {
    const below = rowsBelow(seat.screen());
    if (below === undefined) return;
    seat.press('enter');
    await seat.until((text) => rowsBelow(text) !== below);
  }
};

/** Waits until a question can be seen. */
export const shown = (seat: Seat, question: Question): Promise<unknown> =>
  seat.until((text) => text.includes(question.message));

/** The front end of an answers file that says `given` in the step `step`, and what it logs. */
export const scriptedSeat = (given: Record<string, FileAnswer> = {}) => {
  const log: string[] = [];
  const front = createScriptedFrontEnd({ answers: { step: given }, log: (one) => log.push(one) });
  front.show({
    kind: 'header',
    practice: true,
    entries: [{ id: 'step', title: 'A step', status: 'unmet' }],
    current: 'step',
  });
  return { front, log };
};
