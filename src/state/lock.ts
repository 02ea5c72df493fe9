import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { systemClock, type Clock } from '../lib/clock.ts';
import { removeLeftovers } from './temp-files.ts';
import { naming } from './lock-file-system.ts';
import { Problem } from '../lib/user-error.ts';

/** A lock whose holder has not touched it for so long is one that a killed run left behind. */
const stale = 3000;

/** How often the holder touches it. */
const beat = 1000;

const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOCKED';

const statsOf = (path: string) => stat(path).catch(() => undefined);

type Stats = Awaited<ReturnType<typeof statsOf>>;

/** Where a file system keeps no time of birth, Node gives that of the last change, which is each beat. */
const since = (stats: Stats): string =>
  stats && stats.birthtimeMs > 0 && stats.birthtimeMs < stats.ctimeMs
    ? ` since ${stats.birthtime.toISOString().slice(0, 19)}Z`
    : '';

const atWork = (stats: Stats): Problem =>
  new Problem(`Another run of this program is at work in this account${since(stats)}; nothing was changed.`, [
    'Go on there, or end it and run this again. "verify" and "plan" can be run beside it.',
  ]);

/**
 * Takes the lock, or nothing where none can be made: it keeps two runs out of each other's way, and a folder that
 * cannot be written keeps no progress that they could spoil. Whether the lock was lost meanwhile (this run was
 * suspended, and another one went on) is not asked, since each step begins with asking AWS.
 */
const taken = (folder: string, path: string): Promise<() => Promise<void>> =>
  lock(folder, {
    lockfilePath: path,
    realpath: false,
    fs: naming,
    stale,
    update: beat,
    onCompromised: () => undefined,
  }).then(
    async (release) => {
      await removeLeftovers(folder);
      return () => release().catch(() => undefined);
    },
    (error: unknown) => {
      if (isHeld(error)) throw error;
      return () => Promise.resolve();
    },
  );

/**
 * Keeps other runs out of a folder until what it returns is called or the process ends. Throws a {@link Problem} if one
 * is at work there. A lock that a killed run of this machine left behind is taken over at once. Elsewhere (another
 * machine, another container, a later process with the same number) a process id says nothing: there only its touching
 * the lock tells that a run is alive, so that the lock is waited for, for as long as it takes to be sure.
 */
export const lockFolder = async (
  folder: string,
  clock: Clock = systemClock,
): Promise<() => Promise<void>> => {
  const path = join(folder, 'lock');
  let first: Stats;
  for (let waited = 0; ; waited += beat / 4) {
    try {
      return await taken(folder, path);
    } catch (error) {
      if (!isHeld(error)) throw error;
      const now = await statsOf(path);
      first ??= now;
      const touched = now?.mtimeMs !== first?.mtimeMs;
      if (touched || waited > stale + beat) throw atWork(now);
      await clock.sleep(beat / 4);
    }
  }
};
