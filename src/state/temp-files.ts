import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

// write-file-atomic adds a number of up to 32 bits to the name while it writes. Numbers of fewer than six digits are so
// rare that such a file is more likely somebody's own copy.
const tempFilePattern = /^(?:progress|account)\.json\.\d{6,10}$/;

/** Removes unfinished files of killed runs. Only the holder of the lock may call it. */
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
