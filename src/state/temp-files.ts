import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

// write-file-atomic adds a number of up to 32 bits to the name while it writes. Numbers of fewer than six digits are so
// rare that such a file is more likely somebody's own copy.
const tempFilePattern = /^(?:progress|account)\.json\.\d{6,10}$/;

/** Removes unfinished files of killed runs. Only the holder of the lock may call it. */
export const removeTempFiles = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isFile() && tempFilePattern.test(entry.name))
      await rm(join(folder, entry.name)).catch(() => undefined);
  }
};
