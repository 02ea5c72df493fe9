import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Place, SecretNote } from '../../core/dialogue.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { asking } from '../shared/asking.ts';
import { clean } from '../../lib/sanitize.ts';
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
const secretSentences = (note: SecretNote): string[] => {
  const instructions = note.instructions.map((line) => clean(line));
  return note.kind === 'qr'
    ? [
        clean(note.title),
        ...instructions,
        `Secret: ${clean(inFours(note.secret))}`,
        `Link: ${cleanUrl(note.uri)}`,
      ]
    : [
        clean(note.title),
        `Password: ${clean(note.password)}`,
        `Sign in at: ${cleanUrl(note.url)}`,
        ...instructions,
      ];
};

type Say = (...lines: string[]) => void;

/** Says what goes on, and every quarter of a minute that it still does. */
const busy = async <T>(label: string, say: Say, clock: Clock, work: () => Promise<T>): Promise<T> => {
  const began = clock.now().getTime();
  say(`${clean(label)} …`);
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
  let place: Place | undefined;
  let secret: SecretNote | undefined;
  const aside = () => (secret?.kind === 'qr' ? secret.aside?.() : undefined);
  const { working, settled, ...asks } = asking(
    lineQuestions({ input, echoes: stdin.isTTY === true, write, aside }),
  );

  return {
    ...asks,
    attended: stdin.isTTY === true && stdout.isTTY === true,
    tell: (note) => {
      say(...sentencesOf(note, place));
      if (note.kind === 'place') place = note;
    },
    during: (label, work) => working(() => busy(label, say, clock, work)),
    showing: async (note, work) => {
      if (!stdout.isTTY) throw needsTerminal(clean(note.title));
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
