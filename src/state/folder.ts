import { accessSync, chmodSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { xdgState } from 'xdg-basedir';
import { Problem, wrongUsage } from '../lib/user-error.ts';
import { clean } from '../lib/sanitize.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is kept is nobody else's business: it names users, e-mail addresses and what is not locked yet. */
const ownerOnly = 0o700;

const another = 'Name another folder with --home DIR or AWS_FIRST_STEPS_HOME.';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOENT: 'it is a link, or below one, that leads nowhere',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'it is a link that leads back to itself',
  ENAMETOOLONG: 'the path is too long',
};

const unusable = (path: string, error: unknown): Problem =>
  new Problem(
    `The folder ${clean(path)} cannot be used: ${reasons[codeOf(error)] ?? clean(codeOf(error))}.`,
    [another],
  );

const usableFolder = (path: string): string => {
  try {
    mkdirSync(path, { recursive: true, mode: ownerOnly });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    throw unusable(path, error);
  }
};

const closed = (path: string): string => {
  try {
    chmodSync(path, ownerOnly);
    return path;
  } catch (error) {
    throw unusable(path, error);
  }
};

const chosen = (option: string | undefined, env: Environment): string => {
  if (option !== undefined) return option;
  const fromEnv = env['AWS_FIRST_STEPS_HOME'];
  if (fromEnv) return fromEnv;
  if (xdgState) return join(xdgState, 'aws-first-steps');
  throw new Problem('There is no home directory to keep progress in.', [another]);
};

/**
 * The folder for everything that is kept: `--home`, else AWS_FIRST_STEPS_HOME, else the XDG state directory. It is
 * made if it is not there; a {@link Problem} says why it cannot be used.
 */
export const homeDirectory = (option: string | undefined, env: Environment): string => {
  const path = chosen(option, env);
  if (path.trim() === '' || path.includes('\0'))
    throw wrongUsage('The folder for --home has no usable name.');
  return usableFolder(resolve(path));
};

/** The folder of one account within `home`; rehearsals share one that belongs to no account. */
export const placeOf = (home: string, accountId: string, practice: boolean): string => {
  // The id becomes part of a path, and it comes from an answer over the network.
  if (!/^\d{12}$/.test(accountId)) {
    throw new Problem(`"${clean(accountId, 40)}" is not an AWS account id: those have twelve digits.`);
  }
  const place = usableFolder(join(home, practice ? 'practice' : accountId));
  if (lstatSync(place).isSymbolicLink()) {
    throw new Problem(`The folder ${clean(place)} is a link to somewhere else, so nothing is kept there.`, [
      another,
    ]);
  }
  return closed(place);
};
