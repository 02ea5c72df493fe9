import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { systemClock, type Clock } from '../lib/clock.ts';
import { formatLocalTime } from '../lib/dates.ts';
import { removeTempFiles } from './temp-files.ts';
import { lockFileSystem } from './lock-file-system.ts';
import { UserError } from '../lib/user-error.ts';

/** A lock that was not touched for this long was left behind by a killed run. */
const staleAfterMs = 3000;

/** How often the holder touches its lock. */
const heartbeatMs = 1000;

const isLockHeldError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ELOCKED';

const readLockStats = (path: string) => stat(path).catch(() => undefined);

type LockStats = Awaited<ReturnType<typeof readLockStats>>;

/** On file systems without a birth time, Node reports the last change, which is the last heartbeat. */
const describeLockStart = (stats: LockStats): string =>
  stats && stats.birthtimeMs > 0 && stats.birthtimeMs < stats.ctimeMs
    ? ` since ${formatLocalTime(stats.birthtime)}`
    : '';

const createOtherRunError = (stats: LockStats): UserError =>
  new UserError(
    `Another run of this program has been working on this account${describeLockStart(stats)}. Nothing was changed.`,
    ['Go on there, or stop it and run this again. You can use "verify" and "plan" meanwhile.'],
  );

/**
 * Takes the lock. A folder that can't be written needs none: it holds no progress that two runs could damage. Whether
 * the lock was lost in the meantime (this run was suspended, another went on) doesn't matter, because each step begins
 * by asking AWS.
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
 * Keeps other runs out of a folder until the returned function is called or the process ends. Throws a
 * {@link UserError} if another run holds the lock. A lock that a killed run on this machine left behind is taken over at
 * once. Otherwise (another machine or container, a reused process id) only the heartbeat tells whether the holder is
 * alive, so this waits until a heartbeat would have been due.
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
