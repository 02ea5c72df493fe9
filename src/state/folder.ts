import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { xdgState } from 'xdg-basedir';
import type { Environment } from '../lib/environment.ts';
import { UserError, usageError } from '../lib/user-error.ts';
import { sanitize } from '../lib/sanitize.ts';

/** Only the owner may read the files: they name users, e-mail addresses, and what is not secured yet. */
const ownerOnlyMode = 0o700;

const otherFolderAdvice = 'Choose another folder with --home DIR or AWS_FIRST_STEPS_HOME.';

const getNodeErrorCodeOrText = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const folderErrorReasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file has that name',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOENT: 'its file system allows no folders, or a link in its path leads nowhere',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'the path is too long',
};

const createUnusableFolderError = (path: string, error: unknown): UserError =>
  new UserError(
    `The folder ${sanitize(path)} cannot be used: ${folderErrorReasons[getNodeErrorCodeOrText(error)] ?? sanitize(getNodeErrorCodeOrText(error))}.`,
    [otherFolderAdvice],
  );

/**
 * Makes a folder and what is missing above it. Node's own `recursive` tries for ever where a file system says of a folder
 * in it that it is not there (seen with Node 20 below /proc).
 */
const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, ownerOnlyMode);
  } catch (error) {
    const code = getNodeErrorCodeOrText(error);
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path || existsSync(above)) throw error;
    makeFolder(above);
    makeFolder(path);
  }
};

const ensureUsableFolder = (path: string): string => {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    throw createUnusableFolderError(path, error);
  }
};

/** What a disk answers that knows no owners or modes. EPERM also where the folder is another user's. */
const noModesCodes = new Set(['EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EROFS']);

const createNotPrivateNotice = (path: string, uid: number, ownUid: number | undefined): string => {
  const why =
    ownUid === undefined || uid === ownUid ? 'its disk does not allow that' : 'it belongs to another user';
  return `The folder ${sanitize(path)} cannot be made private, because ${why}: others may read the names and addresses in it. To choose another folder: --home DIR`;
};

/** Keeps others out; where that cannot be done, and others are not out already, returns a sentence that says so. */
const restrictToOwner = (path: string, chmod: typeof chmodSync): string | undefined => {
  try {
    chmod(path, ownerOnlyMode);
    return undefined;
  } catch (error) {
    if (!noModesCodes.has(getNodeErrorCodeOrText(error))) throw createUnusableFolderError(path, error);
    const { mode, uid } = statSync(path);
    const ownUid = process.getuid?.();
    return (mode & 0o077) === 0 && uid === ownUid ? undefined : createNotPrivateNotice(path, uid, ownUid);
  }
};

/** Where the files of all accounts are: `--home`, else AWS_FIRST_STEPS_HOME, else the XDG state directory. */
export const getStateFolder = (option: string | undefined, env: Environment): string => {
  if (option !== undefined) return option;
  const fromEnv = env['AWS_FIRST_STEPS_HOME'];
  if (fromEnv) return fromEnv;
  if (xdgState) return join(xdgState, 'aws-first-steps');
  throw new UserError('There is no home directory to keep progress in.', [otherFolderAdvice]);
};

/**
 * The folder of {@link getStateFolder}. It is created if it doesn't exist. Throws a {@link UserError} that says why it can't be used.
 */
export const ensureStateFolder = (option: string | undefined, env: Environment): string => {
  const path = getStateFolder(option, env);
  if (path.trim() === '' || path.includes('\0'))
    throw usageError('The folder for --home has no usable name.');
  return ensureUsableFolder(resolve(path));
};

/** A folder to use, and what its owner should know of it. */
export type AccountFolder = { path: string; notice?: string };

/** The folder of one account in `home`. All practice runs share one folder. */
export const ensureAccountFolder = (
  home: string,
  accountId: string,
  practice: boolean,
  chmod: typeof chmodSync = chmodSync,
): AccountFolder => {
  // The id becomes part of a path, and it comes from the network.
  if (!/^\d{12}$/.test(accountId)) {
    throw new UserError(`"${sanitize(accountId, 40)}" is not an AWS account id: those have twelve digits.`);
  }
  const place = ensureUsableFolder(join(home, practice ? 'practice' : accountId));
  if (lstatSync(place).isSymbolicLink()) {
    throw new UserError(
      `The folder ${sanitize(place)} is a link to somewhere else, so this program does not use it.`,
      [otherFolderAdvice],
    );
  }
  const notice = restrictToOwner(place, chmod);
  return notice === undefined ? { path: place } : { path: place, notice };
};
