import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Header, SecretMessage } from '../../core/dialogue.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { asking } from '../shared/asking.ts';
import { sanitize } from '../../lib/sanitize.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { themeOf } from '../shared/theme.ts';
import { lineInput } from './input.ts';
import { howToScan, lineQuestions } from './questions.ts';
import { qrLines } from '../shared/qr.ts';
import { inFours, needsTerminal, writerTo, type Input, type Output } from '../shared/streams.ts';
import { cleanUrl, sentencesOf } from '../shared/wording.ts';

/** What the line-by-line front end works with. */
export type LinesOptions = { stdin: Input; stdout: Output; env?: NodeJS.ProcessEnv; clock?: Clock };

const STILL_BUSY_MS = 15_000;

/** In the order of the pages of other front ends, which the instructions speak of: the password is above them. */
const secretSentences = (note: SecretMessage): string[] => {
  const instructions = note.instructions.map((line) => sanitize(line));
  return note.kind === 'qr'
    ? [
        sanitize(note.title),
        ...instructions,
        `Secret: ${sanitize(inFours(note.secret))}`,
        `Link: ${cleanUrl(note.uri)}`,
      ]
    : [
        sanitize(note.title),
        `Password: ${sanitize(note.password)}`,
        `Sign in at: ${cleanUrl(note.url)}`,
        ...instructions,
      ];
};

type Say = (...lines: string[]) => void;

/** Says what goes on, and every quarter of a minute that it still does. */
const busy = async <T>(label: string, say: Say, clock: Clock, work: () => Promise<T>): Promise<T> => {
  const began = clock.now().getTime();
  say(`${sanitize(label)} …`);
  const reminder = setInterval(() => {
    say(`Still at it, for ${Math.round((clock.now().getTime() - began) / 1000)} seconds now.`);
  }, STILL_BUSY_MS);
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
export const linesDialogue = ({
  stdin,
  stdout,
  env = process.env,
  clock = systemClock,
}: LinesOptions): FrontEnd => {
  const input = lineInput(stdin);
  const { write, close } = writerTo(stdout);
  const say: Say = (...lines) => write(lines.map((line) => `${line}\n`).join(''));
  const canDraw = env['TERM'] !== 'dumb' && themeOf(env, 1).blocks;
  let place: Header | undefined;
  let secret: SecretMessage | undefined;
  const aside = () => (secret?.kind === 'qr' ? secret.getLiveLine?.() : undefined);
  const { working, settled, ...asks } = asking(
    lineQuestions({ input, echoes: stdin.isTTY === true, write, aside }),
  );

  return {
    ...asks,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    show: (note) => {
      say(...sentencesOf(note, place));
      if (note.kind === 'header') place = note;
    },
    runWithProgress: (label, work) => working(() => busy(label, say, clock, work)),
    showSecretWhile: async (note, work) => {
      if (!stdout.isTTY) throw needsTerminal(sanitize(note.title));
      say(...secretSentences(note));
      secret = note;
      try {
        if (
          note.kind === 'qr' &&
          canDraw &&
          (await asks.ask(howToScan, ownQuestion('how-to-scan'))) === 'draw'
        ) {
          say(...qrLines(note.uri));
        }
        return await work();
      } finally {
        secret = undefined;
        say("The secret can still be read above: clear your terminal's scrollback now.");
      }
    },
    close: async () => {
      asks.leave('end-of-input');
      await settled();
      close();
      input.close();
    },
  };
};
