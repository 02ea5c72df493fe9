import { clean } from '../../lib/sanitize.ts';
import { Problem } from '../../lib/user-error.ts';

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

/** What sockets and programs can do, too: it is about a file where Node says that one was being opened, renamed and so on. */
const reasonsWithPath: Readonly<Record<string, string>> = {
  EACCES: 'you may not',
  EPERM: 'you may not',
  ELOOP: 'it is a link that leads back to itself',
  ENOENT: 'a folder on the way to it is not there, or no longer',
  ENAMETOOLONG: 'the path is too long',
};

const ofFiles = /^(?:open|rename|mkdir|unlink|access|l?stat|scandir|chmod)$/;

const reasonOf = (error: Error): string | undefined => {
  const code = 'code' in error ? String(error.code) : '';
  const onFile = 'syscall' in error && ofFiles.test(String(error.syscall));
  return reasons[code] ?? (onFile ? reasonsWithPath[code] : undefined);
};

/** What an error of the file system means for the owner; nothing for any other error. */
export const aboutFiles = (error: Error): Problem | undefined => {
  const reason = reasonOf(error);
  if (reason === undefined) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  const what = path === undefined ? 'A file of this program' : `The file ${clean(path)}`;
  return new Problem(
    `${what} cannot be read or written: ${reason}.`,
    ['Put that right and run this again, or name another folder with --home DIR.'],
    { cause: error },
  );
};
