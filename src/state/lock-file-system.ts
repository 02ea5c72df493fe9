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
 * Identifies this boot of this machine and its process namespace, because a container numbers processes by itself.
 * Where the system tells neither, the host name is all there is.
 */
const getMachineId = (): string =>
  createHash('sha256')
    .update(hostname())
    .update(readOrEmpty(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
    .update(readOrEmpty(() => fs.readlinkSync('/proc/self/ns/pid')))
    .digest('hex')
    .slice(0, 16);

const holderNamePattern = /^([1-9]\d*)-([0-9a-f]{16})$/;

/** The processes named in a lock. This program writes at most one. */
const listHolders = (path: string): readonly string[] => {
  try {
    // A link could lead out of the folder.
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

/** Removes the locks of this process. A lock that another run has taken over holds another name, and stays. */
export const removeOwnLocks = (): void => {
  for (const path of ownLockPaths) {
    if (fs.existsSync(join(path, getOwnHolderName()))) fs.rmdirSync(removeHolderNames(path));
  }
};

/** The library also removes locks at exit, but learns of them only a few event loop turns after they were made. */
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
    // It is still a lock without the name, but others have to wait for it to go stale.
  }
};

/**
 * Takes over a lock whose holder is certainly dead, without removing it. Of several runs that try, only the one that
 * manages to unlink the dead holder's name succeeds, and none can take a lock that another has just taken.
 */
const takeOverDeadLock = (path: string): boolean => {
  const [holder, another] = listHolders(path);
  if (holder === undefined || another !== undefined || !isDeadHolder(holder)) return false;
  try {
    fs.unlinkSync(join(path, holder));
  } catch {
    // Another run was faster, or the folder is read-only: wait for the lock as usual.
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

/** The error by which the library says that a lock is in use, for one that looked stale and is not. */
const createLockInUseError = (): Error =>
  Object.assign(new Error('The lock was taken meanwhile.'), { code: 'ELOCKED' });

/**
 * The file system for the lock library. A lock is a folder; here it is created together with a file that names its
 * holder, and removed together with it. Creation is synchronous, so that no signal can come in between.
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
      // Another run that waited for the same lock was faster and has put its name into it.
      done(error?.code === 'ENOTEMPTY' || error?.code === 'EEXIST' ? createLockInUseError() : error),
    );
  },
  rmdirSync: (path: string): void => fs.rmdirSync(removeHolderNames(path)),
};
