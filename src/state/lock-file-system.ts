import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const readOrEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/**
 * This machine since it was started, and the numbering of processes that this one is in: another container has another.
 * Where the system tells neither, the machine's name has to do.
 */
const getMachineId = (): string =>
  createHash('sha256')
    .update(hostname())
    .update(readOrEmpty(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
    .update(readOrEmpty(() => fs.readlinkSync('/proc/self/ns/pid')))
    .digest('hex')
    .slice(0, 16);

const holderNamePattern = /^([1-9]\d*)-([0-9a-f]{16})$/;

/** The processes that a lock names; more than none or one are not this program's doing. */
const listHolders = (path: string): readonly string[] => {
  try {
    // A link would be followed out of the folder.
    return fs.lstatSync(path).isDirectory()
      ? fs.readdirSync(path).filter((name) => holderNamePattern.test(name))
      : [];
  } catch {
    return [];
  }
};

const isDeadHolder = (holder: string): boolean => {
  const [, pid, where] = holderNamePattern.exec(holder) ?? [];
  if (where !== getMachineId()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};

const removeHolderNames = (path: string): string => {
  for (const holder of listHolders(path)) fs.rmSync(join(path, holder), { force: true });
  return path;
};

const getOwnHolderName = (): string => `${process.pid}-${getMachineId()}`;

const ownLockPaths = new Set<string>();

/** Removes the locks that this process has made. One that was taken over meanwhile has another name in it, and stays. */
export const removeOwnLocks = (): void => {
  for (const path of ownLockPaths) {
    if (fs.existsSync(join(path, getOwnHolderName()))) fs.rmdirSync(removeHolderNames(path));
  }
};

/** The library removes locks at the end of the process, too, but knows of them only a few turns after they were made. */
const removeLockAtExit = (path: string): void => {
  ownLockPaths.add(path);
  process.off('exit', removeOwnLocks);
  process.once('exit', removeOwnLocks);
};

const writeHolderName = (path: string): void => {
  removeLockAtExit(path);
  try {
    fs.writeFileSync(join(path, getOwnHolderName()), '', { mode: 0o600 });
  } catch {
    // Without a name it is a lock all the same, only one that has to be waited for.
  }
};

/**
 * Takes over a lock whose holder is certainly dead, without removing it: of several that try, only the one that gets to
 * remove the dead one's name does it, and none can take from another what it has just got.
 */
const takeOverDeadLock = (path: string): boolean => {
  const [holder, another] = listHolders(path);
  if (holder === undefined || another !== undefined || !isDeadHolder(holder)) return false;
  try {
    fs.unlinkSync(join(path, holder));
  } catch {
    // Another run was faster, or nothing can be changed here: the lock is waited for like any other.
    return false;
  }
  writeHolderName(path);
  return true;
};

const createLockFolder = (path: string): void => {
  try {
    fs.mkdirSync(path);
  } catch (error) {
    if (takeOverDeadLock(path)) return;
    throw error;
  }
  writeHolderName(path);
};

type FsCallback = (error: Error | null) => void;

/** A lock that is found to be in use by whoever was about to remove it as left behind: the library's own word for that. */
const createLockInUseError = (): Error =>
  Object.assign(new Error('The lock was taken meanwhile.'), { code: 'ELOCKED' });

/**
 * A file system in which a lock, which is a folder, is made with its holder's name in it and removed together with
 * that. It is made in one go, so that no signal comes between the two.
 */
export const lockFileSystem = {
  ...fs,
  mkdir: (path: string, done: FsCallback): void => {
    try {
      createLockFolder(path);
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
    done(null);
  },
  rmdir: (path: string, done: FsCallback): void => {
    ownLockPaths.delete(path);
    fs.rmdir(removeHolderNames(path), (error) =>
      // Somebody has put a name into it since: both have waited for the same lock, and one was faster.
      done(error?.code === 'ENOTEMPTY' || error?.code === 'EEXIST' ? createLockInUseError() : error),
    );
  },
  rmdirSync: (path: string): void => fs.rmdirSync(removeHolderNames(path)),
};
