import { clean } from './clean.ts';
import { Problem } from './problem.ts';

/** Node's codes for what only files and disks can do, so that no broken connection is taken for one. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'files may not be that large here',
  EROFS: 'the disk is read-only',
  EIO: 'the disk does not work',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'a part of the path is a file',
  EMFILE: 'too many files are open',
};

/** What an error of the file system means for the owner; nothing for any other error. */
export const aboutFiles = (error: Error): Problem | undefined => {
  const reason = 'code' in error ? reasons[String(error.code)] : undefined;
  if (reason === undefined) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  const what = path === undefined ? 'A file of this program' : `The file ${clean(path)}`;
  return new Problem(
    `${what} cannot be read or written: ${reason}.`,
    ['Put that right and run this again, or name another folder with --home DIR.'],
    { cause: error },
  );
};
