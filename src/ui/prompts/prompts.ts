import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Header, SecretMessage } from '../../core/dialogue.ts';
import { createQuestionAsker } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { runEverySecond } from '../shared/every-second.ts';
import { wrapWithHangingIndent } from '../shared/hanging-indent.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createTheme, type Theme } from '../shared/theme.ts';
import { renderPromptMessage } from './lines.ts';
import { createPromptPresenter } from './put-prompt.ts';
import { layoutSecretPage } from '../shared/secret-page.ts';
import { runWithSpinner } from '../shared/spinner.ts';
import {
  createTerminalRequiredError,
  createClosableWriter,
  type InputStream,
  type OutputStream,
} from '../shared/streams.ts';

/** What the compact front end works with. */
export type PromptsOptions = {
  stdin: InputStream;
  stdout: OutputStream;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
};

type WriteText = (text: string) => void;

// The alternate screen is emptied before it is left: some terminals would keep it in their scrollback.
const showSecretSequence = '\u001B[?1049h\u001B[2J\u001B[H';
const wipeSecretSequence = '\u001B[2J\u001B[H\u001B[?1049l';

/** Draws the page of a secret; returns what wipes it. */
const drawSecretPage = (
  note: SecretMessage,
  stdout: OutputStream,
  write: WriteText,
  theme: Theme,
): (() => void) => {
  const { rows, liveLineArea: at } = layoutSecretPage(note, stdout, theme);
  write(`${showSecretSequence}${rows.join('\n')}\n`);
  const aside = note.kind === 'qr' ? note.getLiveLine : undefined;
  const stop = aside
    ? runEverySecond(() =>
        write(
          `\u001B7\u001B[${at.row};${at.column}H\u001B[K${theme.paint('accent', sanitize(aside(), at.width))}\u001B8`,
        ),
      )
    : undefined;
  return () => {
    stop?.();
    write(wipeSecretSequence);
  };
};

/** The compact front end: prompts one below the other, nothing full-screen, for terminals that are small. */
export const createPromptsFrontEnd = ({
  stdin,
  stdout,
  env = process.env,
  clock = systemClock,
}: PromptsOptions): FrontEnd => {
  const { write, close } = createClosableWriter(stdout);
  const theme = createTheme(env, stdout.getColorDepth?.(env) ?? 1);
  const columns = () => stdout.columns ?? 80;
  const questions = createPromptPresenter({
    stdin,
    stdout,
    write,
    columns,
    theme,
    hasRoomForHelp: () => !codeShown,
  });
  const { runUninterrupted, waitUntilSettled, ...asks } = createQuestionAsker(questions.put);
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
        renderPromptMessage(note, place, theme)
          .map((line) => `${wrapWithHangingIndent(line, columns())}\n`)
          .join(''),
      );
      if (note.kind !== 'header') return;
      if (note.current !== place?.current) questions.remind();
      place = note;
    },
    runWithProgress: (label, work, trace) =>
      runUninterrupted(() =>
        runWithSpinner(
          label,
          { write, columns, theme, clock, leavesTrace: !codeShown && trace !== 'transient' },
          work,
        ),
      ),
    showSecretWhile: async (note, work) => {
      if (!stdout.isTTY) throw createTerminalRequiredError(sanitize(note.title));
      codeShown = note.kind === 'qr';
      hide = drawSecretPage(note, stdout, write, theme);
      try {
        return await work();
      } finally {
        wiped();
      }
    },
    close: async () => {
      asks.requestExit('end-of-input');
      await waitUntilSettled();
      wiped();
      close();
    },
  };
};
