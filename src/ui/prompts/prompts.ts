import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Header, SecretMessage } from '../../core/dialogue.ts';
import { copiedNote, copyKey, formatClipboardCopy } from '../shared/clipboard.ts';
import { createQuestionAsker } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { runEverySecond } from '../shared/every-second.ts';
import { wrapWithHangingIndent } from '../shared/hanging-indent.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createTheme, type Theme } from '../shared/theme.ts';
import { createBell, createWindowTitle, signalWaits } from '../shared/window-title.ts';
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
  /** Whether to ring when what was waited for has happened. */
  bell?: boolean;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
};

type WriteText = (text: string) => void;

// The alternate screen is emptied before it is left: some terminals would keep it in their scrollback.
const showSecretSequence = '\u001B[?1049h\u001B[2J\u001B[H';
const wipeSecretSequence = '\u001B[2J\u001B[H\u001B[?1049l';

type DrawnPage = {
  wipe: () => void;
  /** Says something on the page, where room is kept for it. */
  note: (text: string) => void;
};

/** Draws the page of a secret. */
const drawSecretPage = (
  message: SecretMessage,
  stdout: OutputStream,
  write: WriteText,
  theme: Theme,
): DrawnPage => {
  const { rows, liveLineArea: area } = layoutSecretPage(message, stdout, theme);
  write(`${showSecretSequence}${rows.join('\n')}\n`);
  const note = (text: string) =>
    write(
      `\u001B7\u001B[${area.row};${area.column}H\u001B[K${theme.paint('accent', sanitize(text, area.width))}\u001B8`,
    );
  const getLiveLine = message.kind === 'qr' ? message.getLiveLine : undefined;
  const stop = getLiveLine ? runEverySecond(() => note(getLiveLine())) : undefined;
  return {
    wipe: () => {
      stop?.();
      write(wipeSecretSequence);
    },
    note,
  };
};

/** The compact front end: prompts one below the other, nothing full-screen, for terminals that are small. */
export const createPromptsFrontEnd = ({
  stdin,
  stdout,
  bell = false,
  env = process.env,
  clock = systemClock,
}: PromptsOptions): FrontEnd => {
  const { write, close } = createClosableWriter(stdout);
  const theme = createTheme(env, stdout.getColorDepth?.(env) ?? 1);
  const columns = () => stdout.columns ?? 80;
  const terminal =
    stdin.isTTY === true
      ? createTerminalStream(stdin, {
          onSuspend: () => suspension?.suspend(),
          joinsPastedLines: true,
          takesKeys: (keys) => copyPassword(keys),
        })
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
  let page: DrawnPage | undefined;
  let secret: SecretMessage | undefined;
  let codeShown = false;
  let drawPage: (() => void) | undefined;
  let suspension: ReturnType<typeof listenForSuspension> | undefined;
  const wipePage = () => {
    page?.wipe();
    page = undefined;
  };
  const wipe = () => {
    wipePage();
    secret = undefined;
    drawPage = undefined;
    codeShown = false;
  };
  const redraw = (where: 'below' | 'over') => {
    if (drawPage) {
      wipePage();
      drawPage();
    }
    presenter.redraw(drawPage ? 'below' : where);
  };
  const onResize = () => redraw('over');
  /** Only on this key: the clipboard belongs to the owner. Nothing that is asked beside a password begins with it. */
  const copyPassword = (keys: string): boolean => {
    if (secret?.kind !== 'password' || !presenter.isAsking() || keys.toLowerCase() !== copyKey) return false;
    write(formatClipboardCopy(secret.password));
    page?.note(copiedNote);
    return true;
  };
  /** From the first question on, the terminal is given back and taken again when the program is stopped and continued. */
  const hold = () => {
    if (terminal === undefined || suspension !== undefined) return;
    stdout.on('resize', onResize);
    suspension = listenForSuspension({
      leave: () => {
        wipePage();
        title.suspend();
        terminal.setRawMode?.(false);
      },
      resume: () => {
        // The shell has changed the terminal meanwhile; what Node believes to be set is not set again.
        terminal.setRawMode?.(false);
        if (presenter.isAsking()) terminal.setRawMode?.(true);
        title.resume();
        redraw('below');
      },
    });
  };

  const title = createWindowTitle(stdout, env);
  const waits = signalWaits(
    {
      askUntil: asker.askUntil,
      runWithProgress: (label, work, trace) =>
        runUninterrupted(() =>
          runWithSpinner(
            label,
            { write, columns, theme, clock, leavesTrace: !codeShown && trace !== 'transient' },
            work,
          ),
        ),
    },
    { title, ring: createBell(stdout, bell) },
  );

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
    ...waits,
    showSecretWhile: async (message, work) => {
      if (!stdout.isTTY) throw createTerminalRequiredError(sanitize(message.title));
      codeShown = message.kind === 'qr';
      hold();
      secret = message;
      drawPage = () => {
        page = drawSecretPage(message, stdout, write, theme);
        if (message.kind === 'password' && terminal !== undefined)
          page.note(`Press ${copyKey} to copy the password.`);
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
      title.suspend();
      suspension?.stop();
      stdout.off('resize', onResize);
      terminal?.stop();
      close();
    },
  };
};
