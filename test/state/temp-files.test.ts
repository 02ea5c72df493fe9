import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeTempFiles } from '../../src/state/temp-files.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

describe('what a killed run left half written', () => {
  it('is removed, and nothing else is', async () => {
    const folder = await temporaryFolder();
    const kept = ['progress.json', 'progress.json.12345', 'progress.json.mine', 'other.json.1234567'];
    for (const name of [...kept, 'progress.json.1234567', 'account.json.4294967295'])
      await writeFile(join(folder, name), '{}');
    await mkdir(join(folder, 'account.json.7654321'));
    await symlink(join(folder, 'progress.json'), join(folder, 'progress.json.7654321'));
    await removeTempFiles(folder);
    const other = ['account.json.7654321', 'progress.json.7654321'];
    expect((await readdir(folder)).toSorted()).toEqual([...kept, ...other].toSorted());
  });

  it('is no matter where there is no folder', async () => {
    await expect(removeTempFiles(join(await temporaryFolder(), 'none'))).resolves.toBeUndefined();
  });
});
