import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { systemClock, type Clock } from '../lib/clock.ts';
import { removeTempFiles } from './temp-files.ts';
import { lockFileSystem } from './lock-file-system.ts';
import { UserError } from '../lib/user-error.ts';

/** A lock whose holder has not touched it for so long is one that a killed run left behind. */
const staleAfterMs = 3000;

/** How often the holder touches it. */
const heartbeatMs = 1000;

const isLockHeldError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOCKED';

const readLockStats = (path: string) => stat(path).catch(() => undefined);

type LockStats = Awaited<ReturnType<typeof readLockStats>>;

/** Where a file system keeps no time of birth, Node gives that of the last change, which is each beat. */
const describeLockStart = (stats: LockStats): string =>
  stats && stats.birthtimeMs > 0 && stats.birthtimeMs < stats.ctimeMs
    ? ` since ${stats.birthtime.toISOString().slice(0, 19)}Z`
    : '';

const createOtherRunError = (stats: LockStats): UserError =>
  new UserError(
    `Another run of this program is at work in this account${describeLockStart(stats)}; nothing was changed.`,
    ['Go on there, or end it and run this again. "verify" and "plan" can be run beside it.'],
  );

/**
 * Takes the lock, or nothing where none can be made: it keeps two runs out of each other's way, and a folder that
 * cannot be written keeps no progress that they could spoil. Whether the lock was lost meanwhile (this run was
 * suspended, and another one went on) is not asked, since each step begins with asking AWS.
 */
const acquireLock = (folder: string, path: string): Promise<() => Promise<void>> =>
  lock(folder, {
    lockfilePath: path,
    realpath: false,
    fs: lockFileSystem,
    stale: staleAfterMs,
    update: heartbeatMs,
    onCompromised: () => undefined,
  }).then(
    async (release) => {
      await removeTempFiles(folder);
      return () => release().catch(() => undefined);
    },
    (error: unknown) => {
      if (isLockHeldError(error)) throw error;
      return () => Promise.resolve();
    },
  );

/**
 * Keeps other runs out of a folder until what it returns is called or the process ends. Throws a {@link UserError} if one
 * is at work there. A lock that a killed run of this machine left behind is taken over at once. Elsewhere (another
 * machine, another container, a later process with the same number) a process id says nothing: there only its touching
 * the lock tells that a run is alive, so that the lock is waited for, for as long as it takes to be sure.
 */
export const lockFolder = async (
  folder: string,
  clock: Clock = systemClock,
): Promise<() => Promise<void>> => {
  const path = join(folder, 'lock');
  let first: LockStats;
  for (let waited = 0; ; waited += heartbeatMs / 4) {
    try {
      return await acquireLock(folder, path);
    } catch (error) {
      if (!isLockHeldError(error)) throw error;
      const now = await readLockStats(path);
      first ??= now;
      const touched = now?.mtimeMs !== first?.mtimeMs;
      if (touched || waited > staleAfterMs + heartbeatMs) throw createOtherRunError(now);
      await clock.sleep(heartbeatMs / 4);
    }
  }
};
