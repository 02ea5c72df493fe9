import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder for the test that runs, in memory where the system has such folders: nothing waits for a disk there. */
export const memoryFolder = async (): Promise<string> => {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = await mkdtemp(join(parent, 'aws-first-steps-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
