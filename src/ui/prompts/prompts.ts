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
import { listenForSuspension } from '../shared/suspension.ts';
import { createTerminalStream } from '../shared/terminal-input.ts';
import {
  createTerminalRequiredError,
  createClosableWriter,
  type InputStream,
  type OutputStream,
} from '../shared/streams.ts';

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
  message: SecretMessage,
  stdout: OutputStream,
  write: WriteText,
  theme: Theme,
): (() => void) => {
  const { rows, liveLineArea: area } = layoutSecretPage(message, stdout, theme);
  write(`${showSecretSequence}${rows.join('\n')}\n`);
  const getLiveLine = message.kind === 'qr' ? message.getLiveLine : undefined;
  const stop = getLiveLine
    ? runEverySecond(() =>
        write(
          `\u001B7\u001B[${area.row};${area.column}H\u001B[K${theme.paint('accent', sanitize(getLiveLine(), area.width))}\u001B8`,
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
  const terminal =
    stdin.isTTY === true
      ? createTerminalStream(stdin, { onSuspend: () => suspension?.suspend(), joinsPastedLines: true })
      : undefined;
  const presenter = createPromptPresenter({
    stdin: terminal ?? stdin,
    stdout,
    write,
    columns,
    theme,
    hasRoomForHelp: () => !codeShown,
    getHelp: () => lastHeader?.help,
  });
  const { runUninterrupted, waitUntilSettled, ...asker } = createQuestionAsker(
    (...asked) => (hold(), presenter.put(...asked)),
  );
  let lastHeader: Header | undefined;
  let wipePage: (() => void) | undefined;
  let codeShown = false;
  let drawPage: (() => void) | undefined;
  let suspension: ReturnType<typeof listenForSuspension> | undefined;
  const wipe = () => {
    wipePage?.();
    wipePage = undefined;
    drawPage = undefined;
    codeShown = false;
  };
  const redraw = (where: 'below' | 'over') => {
    if (drawPage) {
      wipePage?.();
      drawPage();
    }
    presenter.redraw(drawPage ? 'below' : where);
  };
  const onResize = () => redraw('over');
  /** From the first question on, the terminal is given back and taken again when the program is stopped and continued. */
  const hold = () => {
    if (terminal === undefined || suspension !== undefined) return;
    stdout.on('resize', onResize);
    suspension = listenForSuspension({
      leave: () => {
        wipePage?.();
        wipePage = undefined;
        terminal.setRawMode?.(false);
      },
      resume: () => {
        // The shell has changed the terminal meanwhile; what Node believes to be set is not set again.
        terminal.setRawMode?.(false);
        if (presenter.isAsking()) terminal.setRawMode?.(true);
        redraw('below');
      },
    });
  };

  return {
    ...asker,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    show: (message) => {
      write(
        renderPromptMessage(message, lastHeader, theme)
          .map((line) => `${wrapWithHangingIndent(line, columns())}\n`)
          .join(''),
      );
      if (message.kind !== 'header') return;
      if (message.current !== lastHeader?.current) presenter.remind();
      lastHeader = message;
    },
    runWithProgress: (label, work, trace) =>
      runUninterrupted(() =>
        runWithSpinner(
          label,
          { write, columns, theme, clock, leavesTrace: !codeShown && trace !== 'transient' },
          work,
        ),
      ),
    showSecretWhile: async (message, work) => {
      if (!stdout.isTTY) throw createTerminalRequiredError(sanitize(message.title));
      codeShown = message.kind === 'qr';
      hold();
      drawPage = () => {
        wipePage = drawSecretPage(message, stdout, write, theme);
      };
      drawPage();
      try {
        return await work();
      } finally {
        wipe();
      }
    },
    close: async () => {
      asker.requestExit('end-of-input');
      await waitUntilSettled();
      wipe();
      suspension?.stop();
      stdout.off('resize', onResize);
      terminal?.stop();
      close();
    },
  };
};
