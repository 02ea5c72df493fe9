import { systemClock, type Clock } from '../clock.ts';
import { Back, Leave, type Place, type SecretNote } from '../dialogue.ts';
import { asking, type Put } from './asking.ts';
import { clean } from './clean.ts';
import type { FrontEnd } from './front-end.ts';
import { themeOf, type Theme } from './ink/theme.ts';
import { gestures } from './prompt-input.ts';
import { linesOf } from './prompt-lines.ts';
import { answerInWords, promptFor } from './prompt-questions.ts';
import { secretPage } from './secret-page.ts';
import { endable, needsTerminal, writerTo, type Input, type Output } from './streams.ts';

/** What the compact front end works with. */
export type PromptsOptions = { stdin: Input; stdout: Output; env?: NodeJS.ProcessEnv; clock?: Clock };

type Write = (text: string) => void;

const HELP = 'Esc goes back, Ctrl-C stops here: what is done is kept.';

// The alternate screen is emptied before it is left: some terminals would keep it in their scrollback.
const SHOW = '\u001B[?1049h\u001B[2J\u001B[H';
const WIPE = '\u001B[2J\u001B[H\u001B[?1049l';

const everySecond = (tick: () => void): (() => void) => {
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
};

/** Puts questions as prompts, and tells the ways apart in which a prompt can end without an answer. */
const promptQuestions = (stdin: Input, stdout: Output, write: Write, theme: Theme): Put => {
  let helped = false;
  return async (question, _name, { signal }) => {
    const prompts = await import('@inquirer/prompts');
    if (!helped) write(`${theme.paint('dim', HELP)}\n`);
    helped = true;
    if (question.help !== undefined) write(`${theme.paint('dim', clean(question.help))}\n`);
    const pending = new AbortController();
    const withdrawn = () => pending.abort(signal.reason);
    signal.addEventListener('abort', withdrawn, { once: true });
    if (signal.aborted) withdrawn();
    const listening = gestures(stdin, (gesture) =>
      pending.abort(gesture === 'back' ? new Back() : new Leave(gesture)),
    );
    try {
      const value = await promptFor(prompts, question, {
        input: stdin,
        output: endable(stdout, write),
        signal: pending.signal,
      });
      const words = answerInWords(question, value);
      if (words !== '')
        write(
          `${theme.paint('good', theme.signs.met)} ${clean(question.message)} ${theme.paint('accent', words)}\n`,
        );
      return value;
    } catch (error) {
      if (pending.signal.aborted) throw pending.signal.reason;
      if (error instanceof Error && error.name === 'ExitPromptError') throw new Leave();
      throw error;
    } finally {
      listening();
      signal.removeEventListener('abort', withdrawn);
    }
  };
};

/** Shows one line with the seconds while `work` goes on, and what became of it afterwards. */
const spinning = async <T>(
  label: string,
  write: Write,
  theme: Theme,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> => {
  const began = clock.now().getTime();
  const { signs } = theme;
  const stop = everySecond(() => {
    const seconds = Math.round((clock.now().getTime() - began) / 1000);
    const sign = signs.spinner[seconds % signs.spinner.length] ?? '';
    write(
      `\r\u001B[2K${theme.paint('accent', sign)} ${clean(label, 60)} ${theme.paint('dim', `${seconds} s`)}`,
    );
  });
  const ended = (sign: string) => {
    stop();
    write(`\r\u001B[2K${sign} ${clean(label)}\n`);
  };
  try {
    const result = await work();
    ended(theme.paint('good', signs.met));
    return result;
  } catch (error) {
    ended(theme.paint('bad', signs.failed));
    throw error;
  }
};

/** Draws the page of a secret; returns what wipes it. */
const reveal = (note: SecretNote, stdout: Output, write: Write, theme: Theme): (() => void) => {
  const { rows, aside: at } = secretPage(note, stdout, theme);
  write(`${SHOW}${rows.join('\n')}\n`);
  const aside = note.kind === 'qr' ? note.aside : undefined;
  const stop = aside
    ? everySecond(() =>
        write(`\u001B7\u001B[${at.row};${at.column}H\u001B[K${theme.paint('accent', clean(aside(), at.width))}\u001B8`),
      )
    : undefined;
  return () => {
    stop?.();
    write(WIPE);
  };
};

/** The compact front end: prompts one below the other, nothing full-screen, for terminals that are small. */
export const promptsDialogue = ({
  stdin,
  stdout,
  env = process.env,
  clock = systemClock,
}: PromptsOptions): FrontEnd => {
  const { write, close } = writerTo(stdout);
  const theme = themeOf(env, stdout.getColorDepth?.(env) ?? 1);
  const { working, settled, ...asks } = asking(promptQuestions(stdin, stdout, write, theme));
  let place: Place | undefined;
  let hide: (() => void) | undefined;
  const wiped = () => {
    hide?.();
    hide = undefined;
  };

  return {
    ...asks,
    attended: stdin.isTTY === true && stdout.isTTY === true,
    tell: (note) => {
      write(
        linesOf(note, place, theme)
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (note.kind === 'place') place = note;
    },
    during: (label, work) => working(() => spinning(label, write, theme, clock, work)),
    showing: async (note, work) => {
      if (!stdout.isTTY) throw needsTerminal(clean(note.title));
      hide = reveal(note, stdout, write, theme);
      try {
        return await work();
      } finally {
        wiped();
      }
    },
    close: async () => {
      asks.leave('end-of-input');
      await settled();
      wiped();
      close();
    },
  };
};
