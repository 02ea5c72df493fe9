import { act, isInSight, personAtScreen, type Reply } from './person.ts';
import type { Terminal } from './terminal.ts';

/** How much it takes to get from the first page to the end. */
export type Effort = {
  /** Enter, arrows, letters that choose. */
  presses: number;
  /** Characters typed into fields. */
  typed: number;
  /** What was on the screen before each press, and last what is left of it. */
  pages: readonly (readonly string[])[];
};

const blocks = /[▀▄█]+/gu;
// The code of a phone changes by itself, too.
const moving = /[⠀-⣿]|\d+:\d\d|\d+ s\b|[━─]+|\b\d{3} \d{3}\b/gu;

/** The page without what moves on it. */
const stillLife = (lines: readonly string[]) => lines.join('\n').replaceAll(moving, '');

/** Its last row has the keys that answer. */
const isAsking = (lines: readonly string[]) => /choose|move|enter|esc back/u.test(lines.at(-1) ?? '');

/** Words as a reader counts them: every different line once, codes and pictures left out. */
export const countWords = (pages: readonly (readonly string[])[]): number => {
  const lines = new Set(
    pages.flat().map((line) => line.replaceAll(blocks, '').replaceAll(moving, '').trim()),
  );
  return [...lines].flatMap((line) => line.split(/\s+/u)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
};

/** The longest wait on the way is that for the next code of a phone, half a minute. */
const patienceMs = 60_000;

/** Goes from page to page, taking every default but for the exceptions, until the program ends. */
export const walkByDefault = async (terminal: Terminal, exceptions: readonly Reply[]): Promise<Effort> => {
  const seat = personAtScreen(terminal);
  const pages: string[][] = [];
  let ended = false;
  void terminal.exit.then(() => (ended = true));
  let before = '';
  const nextPage = async (): Promise<boolean> => {
    let seen = '';
    for (const end = Date.now() + patienceMs; ;) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (ended) return false;
      const now = stillLife(terminal.screen());
      if (now === seen && now !== before && isAsking(terminal.screen())) return true;
      seen = now;
      if (Date.now() > end) throw new Error(`No new question came:\n${terminal.text()}`);
    }
  };
  while (await nextPage()) {
    const screen = terminal.screen();
    pages.push(screen);
    before = stillLife(screen);
    // One page at a time: Enter may only read on.
    const exception = exceptions.find(([sight]) => isInSight(seat, sight));
    if (exception) await act(seat, exception);
    else seat.press('enter');
  }
  const { presses, typed } = terminal;
  return { presses, typed, pages: [...pages, terminal.scrollback()] };
};
