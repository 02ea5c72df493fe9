import { sanitize } from '../../lib/sanitize.ts';
import { UserError } from '../../lib/user-error.ts';

/** Node's error codes that only file operations produce, so that a broken connection is not mistaken for one. */
const fileErrorReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EFBIG: 'the file is too large for this disk',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
  EISDIR: 'a folder has that name',
  ENOTDIR: 'a part of the path is a file',
  EMFILE: 'too many files are open',
};

/**
 * Error codes that sockets and programs share. They concern a file only if Node names a file operation such as open or
 * rename.
 */
const fileSyscallErrorReasons: Readonly<Record<string, string>> = {
  EACCES: 'you do not have permission',
  EPERM: 'you do not have permission',
  ELOOP: 'it is a link that leads back to itself',
  ENOENT: 'its folder does not exist',
  ENAMETOOLONG: 'the path is too long',
};

const fileSyscallPattern = /^(?:open|rename|mkdir|unlink|access|l?stat|scandir|chmod)$/;

const findFileErrorReason = (error: Error): string | undefined => {
  const code = 'code' in error ? String(error.code) : '';
  const onFile = 'syscall' in error && fileSyscallPattern.test(String(error.syscall));
  return fileErrorReasons[code] ?? (onFile ? fileSyscallErrorReasons[code] : undefined);
};

/** Explains a file system error. Returns undefined for any other error. */
export const explainFileError = (error: Error): UserError | undefined => {
  const reason = findFileErrorReason(error);
  if (reason === undefined) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  const what = path === undefined ? 'A file of this program' : `The file ${sanitize(path)}`;
  return new UserError(
    `${what} cannot be read or written: ${reason}.`,
    ['Fix that and run this program again, or choose another folder with --home DIR.'],
    { cause: error },
  );
};
