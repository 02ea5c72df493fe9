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
import { groupInFours, sanitizeUrl, describeMessage } from '../shared/wording.ts';

/** What the line-by-line front end works with. */
export type LinesOptions = {
  stdin: InputStream;
  stdout: OutputStream;
  env?: NodeJS.ProcessEnv;
  clock?: Clock;
};

const busyReminderMs = 15_000;

/** In the order of the pages of other front ends, which the instructions speak of: the password is above them. */
const describeSecret = (note: SecretMessage): string[] => {
  const instructions = note.instructions.map((line) => sanitize(line));
  return note.kind === 'qr'
    ? [
        sanitize(note.title),
        ...instructions,
        `Secret: ${sanitize(groupInFours(note.secret))}`,
        `Link: ${sanitizeUrl(note.uri)}`,
      ]
    : [
        sanitize(note.title),
        `Password: ${sanitize(note.password)}`,
        `Sign in at: ${sanitizeUrl(note.url)}`,
        ...instructions,
      ];
};

type WriteLines = (...lines: string[]) => void;

/** Says what goes on, and every quarter of a minute that it still does. */
const runWithReminders = async <T>(
  label: string,
  say: WriteLines,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> => {
  const began = clock.now().getTime();
  say(`${sanitize(label)} …`);
  const reminder = setInterval(() => {
    say(`Still at it, for ${Math.round((clock.now().getTime() - began) / 1000)} seconds now.`);
  }, busyReminderMs);
  try {
    return await work();
  } finally {
    clearInterval(reminder);
  }
};

/**
 * The front end of plain sentences, one a line, with numbers to choose from: for screen readers, dumb terminals and
 * pipes. It writes no escape codes, unless it is asked to draw a code.
 */
export const createLinesFrontEnd = ({
  stdin,
  stdout,
  env = process.env,
  clock = systemClock,
}: LinesOptions): FrontEnd => {
  const input = createLineInput(stdin);
  const { write, close } = createClosableWriter(stdout);
  const say: WriteLines = (...lines) => write(lines.map((line) => `${line}\n`).join(''));
  const canDraw = env['TERM'] !== 'dumb' && createTheme(env, 1).canDrawBlocks;
  let place: Header | undefined;
  let secret: SecretMessage | undefined;
  const aside = () => (secret?.kind === 'qr' ? secret.getLiveLine?.() : undefined);
  const { runUninterrupted, waitUntilSettled, ...asks } = createQuestionAsker(
    createLinePresenter({ input, isEchoed: stdin.isTTY === true, write, getLiveLine: aside }),
  );

  return {
    ...asks,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    show: (note) => {
      say(...describeMessage(note, place));
      if (note.kind === 'header') place = note;
    },
    runWithProgress: (label, work) => runUninterrupted(() => runWithReminders(label, say, clock, work)),
    showSecretWhile: async (note, work) => {
      if (!stdout.isTTY) throw createTerminalRequiredError(sanitize(note.title));
      say(...describeSecret(note));
      secret = note;
      try {
        if (
          note.kind === 'qr' &&
          canDraw &&
          (await asks.ask(howToScanQuestion, ownQuestion('how-to-scan'))) === 'draw'
        ) {
          say(...renderQrLines(note.uri));
        }
        return await work();
      } finally {
        secret = undefined;
        say("The secret can still be read above: clear your terminal's scrollback now.");
      }
    },
    close: async () => {
      asks.requestExit('end-of-input');
      await waitUntilSettled();
      close();
      input.close();
    },
  };
};
