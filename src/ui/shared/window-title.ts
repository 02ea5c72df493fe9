import type { Dialogue } from '../../core/dialogue.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { truncateCharacters } from '../../lib/text.ts';
import type { OutputStream } from './streams.ts';

/** The title of the terminal's window while something goes on for long: whoever looks away sees when to come back. */
export type WindowTitle = {
  /** Shows what is waited for. Whatever was shown before is forgotten. */
  show: (what: string) => void;
  /** Puts back the title that was there. */
  clear: () => void;
  /** The terminal is given back for a while, and taken again. */
  suspend: () => void;
  resume: () => void;
};

const maxTitleCharacters = 60;

/**
 * Saves the title and sets another one; and the way back (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, OSC 2
 * and CSI 22/23 t). Where terminals save no titles, an empty one makes them show their own.
 */
const pushTitleSequence = '\u001B[22;0t';
const popTitleSequence = '\u001B]2;\u0007\u001B[23;0t';

const getTitleSequence = (what: string) =>
  `\u001B]2;${truncateCharacters(sanitize(what), maxTitleCharacters)} – aws-first-steps\u0007`;

/** The consoles of Linux and what calls itself dumb have no window, and could print what is meant for it. */
const hasWindow = (stdout: OutputStream, env: NodeJS.ProcessEnv): boolean =>
  stdout.isTTY === true && env['TERM'] !== 'linux' && env['TERM'] !== 'dumb';

/** The title of the window in which `stdout` is shown. Nothing is written where there is none. */
export const createWindowTitle = (stdout: OutputStream, env: NodeJS.ProcessEnv): WindowTitle => {
  let wanted: string | undefined;
  let isSet = false;
  let isSuspended = false;
  const restore = () => {
    process.off('exit', restore);
    if (isSet) stdout.write(popTitleSequence);
    isSet = false;
  };
  const apply = () => {
    if (wanted === undefined || isSuspended || !hasWindow(stdout, env)) return;
    stdout.write(`${isSet ? '' : pushTitleSequence}${getTitleSequence(wanted)}`);
    if (!isSet) process.once('exit', restore);
    isSet = true;
  };
  return {
    show: (what) => {
      wanted = what;
      apply();
    },
    clear: () => {
      wanted = undefined;
      restore();
    },
    suspend: () => {
      isSuspended = true;
      restore();
    },
    resume: () => {
      isSuspended = false;
      apply();
    },
  };
};

/** Work that takes longer than this is named in the title, in milliseconds. */
const longWorkMs = 3000;

const bell = '\u0007';

type Waits = Pick<Dialogue, 'askUntil' | 'runWithProgress'>;

export type WaitSigns = {
  /** Left out where no escape codes are written. */
  title?: Pick<WindowTitle, 'show' | 'clear'>;
  /** Rings when what was waited for has happened; nothing unless the owner has asked for it. */
  ring: () => void;
};

/** Rings the terminal's bell, if that was asked for. */
export const createBell = (stdout: OutputStream, isAskedFor: boolean): (() => void) => {
  const isHeard = isAskedFor && stdout.isTTY === true;
  return () => {
    if (isHeard) stdout.write(bell);
  };
};

/**
 * Names in the window's title what is waited for, and long work; rings when the event comes before the answer. A title
 * holds what a question or a plan says, and never what is typed or shown as a secret.
 */
export const signalWaits = (waits: Waits, { title, ring }: WaitSigns): Waits => ({
  askUntil: async (question, name, event) => {
    title?.show(question.message);
    try {
      const outcome = await waits.askUntil(question, name, event);
      if ('event' in outcome) ring();
      return outcome;
    } finally {
      title?.clear();
    }
  },
  runWithProgress: async (label, work, trace) => {
    const timer = setTimeout(() => title?.show(label), longWorkMs);
    try {
      return await waits.runWithProgress(label, work, trace);
    } finally {
      clearTimeout(timer);
      title?.clear();
    }
  },
});
