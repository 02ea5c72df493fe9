import { randomInt } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

const ownerOnlyMode = 0o600;

/** What disks answer that cannot do something: network and synced folders, FAT, disks of containers. */
const inabilityCodes = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM']);

/** What a file survives without: that it is flushed, and that its owner and mode are set once more. */
const dispensableCalls = new Set(['fsync', 'fdatasync', 'chmod', 'fchmod', 'chown', 'fchown']);

const readField = (error: unknown, name: 'code' | 'syscall'): string =>
  error instanceof Error ? String(Reflect.get(error, name)) : '';

/** Whether an error says that the file system lacks an ability, and not that something is wrong. */
export const isInability = (error: unknown): boolean =>
  inabilityCodes.has(readField(error, 'code')) && dispensableCalls.has(readField(error, 'syscall'));

/** How files are written; tests put disks in its place that lack something. */
export type FileWriting = { writeAtomically: typeof writeFileAtomic; rename: typeof rename };

/** Without flushing, by the same means: the rename still shows either the old file or the whole new one. */
const writeAndRename = async (path: string, text: string, writing: FileWriting): Promise<void> => {
  // A name like those of write-file-atomic, so that a killed run leaves nothing that is not found.
  const temporary = `${path}.${randomInt(100_000, 2 ** 32)}`;
  try {
    const file = await open(temporary, 'wx', ownerOnlyMode);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await writing.rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
};

/** Writes a file whole or not at all, flushed to the disk where it can do that, readable only by its owner. */
export const writeFileWhole = async (
  path: string,
  text: string,
  writing: FileWriting = { writeAtomically: writeFileAtomic, rename },
): Promise<void> => {
  try {
    await writing.writeAtomically(path, text, { mode: ownerOnlyMode });
  } catch (error) {
    if (!isInability(error)) throw error;
    await writeAndRename(path, text, writing);
  }
};
