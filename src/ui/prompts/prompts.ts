import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Header, SecretMessage } from '../../core/dialogue.ts';
import { asking } from '../shared/asking.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { everySecond } from '../shared/every-second.ts';
import { folded } from '../shared/folded.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { themeOf, type Theme } from '../shared/theme.ts';
import { linesOf } from './lines.ts';
import { promptQuestions } from './put-prompt.ts';
import { secretPage } from '../shared/secret-page.ts';
import { spinning } from '../shared/spinning.ts';
import { needsTerminal, writerTo, type Input, type Output } from '../shared/streams.ts';

/** What the compact front end works with. */
export type PromptsOptions = { stdin: Input; stdout: Output; env?: NodeJS.ProcessEnv; clock?: Clock };

type Write = (text: string) => void;

// The alternate screen is emptied before it is left: some terminals would keep it in their scrollback.
const SHOW = '\u001B[?1049h\u001B[2J\u001B[H';
const WIPE = '\u001B[2J\u001B[H\u001B[?1049l';

/** Draws the page of a secret; returns what wipes it. */
const reveal = (note: SecretMessage, stdout: Output, write: Write, theme: Theme): (() => void) => {
  const { rows, aside: at } = secretPage(note, stdout, theme);
  write(`${SHOW}${rows.join('\n')}\n`);
  const aside = note.kind === 'qr' ? note.getLiveLine : undefined;
  const stop = aside
    ? everySecond(() =>
        write(
          `\u001B7\u001B[${at.row};${at.column}H\u001B[K${theme.paint('accent', sanitize(aside(), at.width))}\u001B8`,
        ),
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
  const columns = () => stdout.columns ?? 80;
  const questions = promptQuestions({ stdin, stdout, write, columns, theme, roomForHelp: () => !codeShown });
  const { working, settled, ...asks } = asking(questions.put);
  let place: Header | undefined;
  let hide: (() => void) | undefined;
  let codeShown = false;
  const wiped = () => {
    hide?.();
    hide = undefined;
    codeShown = false;
  };

  return {
    ...asks,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    show: (note) => {
      write(
        linesOf(note, place, theme)
          .map((line) => `${folded(line, columns())}\n`)
          .join(''),
      );
      if (note.kind !== 'header') return;
      if (note.current !== place?.current) questions.remind();
      place = note;
    },
    runWithProgress: (label, work, trace) =>
      working(() =>
        spinning(label, { write, columns, theme, clock, trace: !codeShown && trace !== 'transient' }, work),
      ),
    showSecretWhile: async (note, work) => {
      if (!stdout.isTTY) throw needsTerminal(sanitize(note.title));
      codeShown = note.kind === 'qr';
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
