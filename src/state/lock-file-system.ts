import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const perhaps = (read: () => string): string => {
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
const machine = (): string =>
  createHash('sha256')
    .update(hostname())
    .update(perhaps(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
    .update(perhaps(() => fs.readlinkSync('/proc/self/ns/pid')))
    .digest('hex')
    .slice(0, 16);

const named = /^([1-9]\d*)-([0-9a-f]{16})$/;

/** The processes that a lock names; more than none or one are not this program's doing. */
const holdersIn = (path: string): readonly string[] => {
  try {
    // A link would be followed out of the folder.
    return fs.lstatSync(path).isDirectory() ? fs.readdirSync(path).filter((name) => named.test(name)) : [];
  } catch {
    return [];
  }
};

const isDead = (holder: string): boolean => {
  const [, pid, where] = named.exec(holder) ?? [];
  if (where !== machine()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};

const emptied = (path: string): string => {
  for (const holder of holdersIn(path)) fs.rmSync(join(path, holder), { force: true });
  return path;
};

const ownName = (): string => `${process.pid}-${machine()}`;

const made = new Set<string>();

/** Removes the locks that this process has made. One that was taken over meanwhile has another name in it, and stays. */
export const removeOwn = (): void => {
  for (const path of made) {
    if (fs.existsSync(join(path, ownName()))) fs.rmdirSync(emptied(path));
  }
};

/** The library removes locks at the end of the process, too, but knows of them only a few turns after they were made. */
const removeAtExit = (path: string): void => {
  made.add(path);
  process.off('exit', removeOwn);
  process.once('exit', removeOwn);
};

const putName = (path: string): void => {
  removeAtExit(path);
  try {
    fs.writeFileSync(join(path, ownName()), '', { mode: 0o600 });
  } catch {
    // Without a name it is a lock all the same, only one that has to be waited for.
  }
};

/**
 * Takes over a lock whose holder is certainly dead, without removing it: of several that try, only the one that gets to
 * remove the dead one's name does it, and none can take from another what it has just got.
 */
const takesOver = (path: string): boolean => {
  const [holder, another] = holdersIn(path);
  if (holder === undefined || another !== undefined || !isDead(holder)) return false;
  try {
    fs.unlinkSync(join(path, holder));
  } catch {
    // Another run was faster, or nothing can be changed here: the lock is waited for like any other.
    return false;
  }
  putName(path);
  return true;
};

const makeNamed = (path: string): void => {
  try {
    fs.mkdirSync(path);
  } catch (error) {
    if (takesOver(path)) return;
    throw error;
  }
  putName(path);
};

type Done = (error: Error | null) => void;

/** A lock that is found to be in use by whoever was about to remove it as left behind: the library's own word for that. */
const inUse = (): Error => Object.assign(new Error('The lock was taken meanwhile.'), { code: 'ELOCKED' });

/**
 * A file system in which a lock, which is a folder, is made with its holder's name in it and removed together with
 * that. It is made in one go, so that no signal comes between the two.
 */
export const naming = {
  ...fs,
  mkdir: (path: string, done: Done): void => {
    try {
      makeNamed(path);
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
    done(null);
  },
  rmdir: (path: string, done: Done): void => {
    made.delete(path);
    fs.rmdir(emptied(path), (error) =>
      // Somebody has put a name into it since: both have waited for the same lock, and one was faster.
      done(error?.code === 'ENOTEMPTY' || error?.code === 'EEXIST' ? inUse() : error),
    );
  },
  rmdirSync: (path: string): void => fs.rmdirSync(emptied(path)),
};
