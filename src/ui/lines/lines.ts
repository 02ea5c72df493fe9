import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Header, SecretMessage } from '../../core/dialogue.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { createQuestionAsker } from '../shared/question-asker.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createTheme } from '../shared/theme.ts';
import { createLineInput } from './input.ts';
import { howToScanQuestion, createLinePresenter } from './questions.ts';
import { renderQrLines } from '../shared/qr.ts';
import {
  createTerminalRequiredError,
  createClosableWriter,
  type InputStream,
  type OutputStream,
} from '../shared/streams.ts';
import { createBell, signalWaits } from '../shared/window-title.ts';
import { groupInFours, sanitizeUrl, describeMessage } from '../shared/wording.ts';

export type LinesOptions = {
  stdin: InputStream;
  stdout: OutputStream;
  /** Whether to ring when what was waited for has happened. */
  bell?: boolean;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
};

const busyReminderMs = 15_000;

/** In the order of the other front ends, because the instructions refer to the password above them. */
const describeSecret = (message: SecretMessage): string[] => {
  const instructions = message.instructions.map((line) => sanitize(line));
  return message.kind === 'qr'
    ? [
        sanitize(message.title),
        ...instructions,
        `Secret: ${sanitize(groupInFours(message.secret))}`,
        `Link: ${sanitizeUrl(message.uri)}`,
      ]
    : [
        sanitize(message.title),
        `Sign in at: ${sanitizeUrl(message.url)}`,
        `User name: ${sanitize(message.userName)}`,
        `Password: ${sanitize(message.password)}`,
        ...instructions,
      ];
};

type WriteLines = (...lines: string[]) => void;

/** Names the work, and reports every 15 seconds that it is still running. */
const runWithReminders = async <T>(
  label: string,
  writeLines: WriteLines,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> => {
  const began = clock.now().getTime();
  writeLines(`${sanitize(label)} …`);
  const reminder = setInterval(() => {
    writeLines(`Still at it, for ${Math.round((clock.now().getTime() - began) / 1000)} seconds now.`);
  }, busyReminderMs);
  try {
    return await work();
  } finally {
    clearInterval(reminder);
  }
};

/**
 * The front end of plain sentences, one a line, with numbers to choose from: for screen readers, dumb terminals and
 * pipes. It writes no escape codes, unless it is asked to draw a code: no titles, and it copies nothing.
 */
export const createLinesFrontEnd = ({
  stdin,
  stdout,
  bell = false,
  env = process.env,
  clock = systemClock,
}: LinesOptions): FrontEnd => {
  const input = createLineInput(stdin);
  const { write, close } = createClosableWriter(stdout);
  const writeLines: WriteLines = (...lines) => write(lines.map((line) => `${line}\n`).join(''));
  const canDraw = env['TERM'] !== 'dumb' && createTheme(env, 1).canDrawBlocks;
  let lastHeader: Header | undefined;
  let secret: SecretMessage | undefined;
  const getLiveLine = () => (secret?.kind === 'qr' ? secret.getLiveLine?.() : undefined);
  const { runUninterrupted, waitUntilSettled, ...asker } = createQuestionAsker(
    createLinePresenter({
      input,
      isEchoed: stdin.isTTY === true,
      write,
      getLiveLine,
      getHelp: () => lastHeader?.help,
    }),
  );

  const waits = signalWaits(
    {
      askUntil: asker.askUntil,
      runWithProgress: (label, work) =>
        runUninterrupted(() => runWithReminders(label, writeLines, clock, work)),
    },
    { ring: createBell(stdout, bell) },
  );

  return {
    ...asker,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    show: (message) => {
      writeLines(...describeMessage(message, lastHeader));
      if (message.kind === 'header') lastHeader = message;
    },
    ...waits,
    showSecretWhile: async (message, work) => {
      if (!stdout.isTTY) throw createTerminalRequiredError(sanitize(message.title));
      writeLines(...describeSecret(message));
      secret = message;
      try {
        if (
          message.kind === 'qr' &&
          canDraw &&
          (await asker.ask(howToScanQuestion, ownQuestion('how-to-scan'))) === 'draw'
        ) {
          writeLines(...renderQrLines(message.uri));
        }
        return await work();
      } finally {
        secret = undefined;
        writeLines("The secret can still be read above: clear your terminal's scrollback now.");
      }
    },
    close: async () => {
      asker.requestExit('end-of-input');
      await waitUntilSettled();
      close();
      input.close();
    },
  };
};
