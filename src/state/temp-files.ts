import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

// While write-file-atomic writes, the file has a number of up to 32 bits behind its name. Shorter ones are hardly ever
// made, and could be somebody's own numbering of copies.
const tempFilePattern = /^(?:progress|account)\.json\.\d{6,10}$/;

/** Removes the files that a killed run was still writing, which nobody reads; to be called by the holder of the lock only. */
export const removeTempFiles = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => tempFilePattern.test(one))) {
    const path = join(folder, name);
    const isFile = await lstat(path).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isFile) await rm(path, { force: true }).catch(() => undefined);
  }
};
