import { stripVTControlCharacters } from 'node:util';
import type { Key } from './keys.ts';
import type { Terminal } from './terminal.ts';

/** Somebody in front of a terminal who answers what they are asked, whichever front end asks it. */
export type Person = {
  terminal: Terminal;
  /** Resolves when a question is open whose words begin like this, or when this is to be read. */
  see(sight: string | RegExp): Promise<void>;
  /** What they have in front of them: the whole screen, or what was written since the last answer. */
  text(): string;
  press(...keys: readonly Key[]): void;
  /** Takes the default, once everything that is told above the question was read; `look` is called for every page of it. */
  confirm(look?: () => void): Promise<void>;
  /** Reads what is told above the question to its end, as Enter does before it answers. */
  readOn(): Promise<void>;
  /** Types a line. */
  answer(text: string): void;
  /** Says yes to a question of which no is the default. */
  sayYes(): void;
};

/** What is waited for, and what is done then. */
export type Reply = readonly [sight: string | RegExp, act: Key | ((seat: Person) => void | Promise<void>)];

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A question is open while a question mark or a turning sign stands before it, and answered when that is gone. */
const openQuestion = (words: string) => new RegExp(`[?\u2800-\u28FF] ${literally(words)}`, 'u');

/** How many rows are hidden below, if Enter leads to them. */
const rowsBelow = (text: string) => / (\d+) lines below \(Enter\)/.exec(text)?.[1];

/** A seat in front of the whole screen. */
export const personAtScreen = (terminal: Terminal): Person => {
  const press = (...keys: readonly Key[]) => keys.forEach((key) => terminal.press(key));
  const readOn = async (look: () => void = () => {}): Promise<void> => {
    look();
    const below = rowsBelow(terminal.text());
    if (below === undefined) return;
    press('enter');
    await terminal.waitFor((lines) => rowsBelow(lines.join('\n')) !== below);
    await readOn(look);
  };
  return {
    readOn,
    confirm: async (look) => {
      await readOn(look);
      press('enter');
    },
    terminal,
    see: (sight) => terminal.waitFor(typeof sight === 'string' ? openQuestion(sight) : sight),
    text: () => terminal.text(),
    press,
    answer: (text) => {
      terminal.type(text);
      press('enter');
    },
    sayYes: () => press('left', 'enter'),
  };
};

/** A seat in front of questions that are written one below the other. */
export const personAtLines = (terminal: Terminal, ui: 'prompts' | 'lines'): Person => {
  let read = 0;
  const text = () => stripVTControlCharacters(terminal.raw.slice(read));
  const patternOf = (words: string) => (ui === 'lines' ? new RegExp(literally(words)) : openQuestion(words));
  const acting = (act: () => void) => {
    read = terminal.raw.length;
    act();
  };
  const answer = (line: string) => acting(() => terminal.type(`${line}\r`));
  const press = (...keys: readonly Key[]) => acting(() => keys.forEach((key) => terminal.press(key)));
  return {
    terminal,
    see: (sight) => {
      const pattern = typeof sight === 'string' ? patternOf(sight) : sight;
      return terminal.waitFor(() => pattern.test(text()));
    },
    text,
    press,
    readOn: () => Promise.resolve(),
    confirm: async (look = () => {}) => {
      look();
      press('enter');
    },
    answer,
    sayYes: () => answer('y'),
  };
};

/** Whether it is on the whole screen now. */
export const isInSight = ({ terminal }: Person, sight: Reply[0]): boolean =>
  terminal.text().search(typeof sight === 'string' ? openQuestion(sight) : sight) >= 0;

/** Does what is done at a sight, now that it is there. */
export const act = async (seat: Person, [, deed]: Reply): Promise<void> => {
  if (deed === 'enter') await seat.confirm();
  else if (typeof deed === 'string') seat.press(deed);
  else await deed(seat);
};

/** Answers one question after the other. */
export const answerAll = async (seat: Person, replies: readonly Reply[]): Promise<void> => {
  for (const reply of replies) {
    await seat.see(reply[0]);
    await act(seat, reply);
  }
};
