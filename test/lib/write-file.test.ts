import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import writeFileAtomic from 'write-file-atomic';
import { isInability, writeFileWhole } from '../../src/lib/write-file.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const failure = (code: string, syscall: string) =>
  Object.assign(new Error(`${code}: not here, ${syscall}`), { code, syscall });

/** A disk on which `syscall` fails. */
const diskWithout = (code: string, syscall: string) => ({
  writeAtomically: (() => Promise.reject(failure(code, syscall))) as unknown as typeof writeFileAtomic,
  rename,
});

describe('a file', () => {
  it.each([
    ['EINVAL', 'fsync'],
    ['ENOTSUP', 'fsync'],
    ['EOPNOTSUPP', 'fsync'],
    ['ENOSYS', 'fsync'],
    ['EPERM', 'fsync'],
    ['EPERM', 'chmod'],
    ['ENOTSUP', 'chmod'],
    ['EINVAL', 'chown'],
  ])('is written whole on a disk that answers %s to %s', async (code, syscall) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'progress.json');
    await writeFile(path, 'old');
    await writeFileWhole(path, 'new\n', diskWithout(code, syscall));
    expect(await readFile(path, 'utf8')).toBe('new\n');
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readdir(folder)).toEqual(['progress.json']);
  });

  it.each([
    ['ENOSPC', 'fsync'],
    ['EIO', 'fsync'],
    ['EPERM', 'open'],
    ['EACCES', 'rename'],
  ])('stays as it was where %s comes from %s', async (code, syscall) => {
    const path = join(await temporaryFolder(), 'progress.json');
    await writeFile(path, 'old');
    await expect(writeFileWhole(path, 'new', diskWithout(code, syscall))).rejects.toThrow(code);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('leaves nothing of a new version behind that could not be put in its place', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'progress.json');
    await writeFile(path, 'old');
    const disk = {
      ...diskWithout('EINVAL', 'fsync'),
      rename: () => Promise.reject(failure('ENOSPC', 'rename')),
    };
    await expect(writeFileWhole(path, 'new', disk)).rejects.toThrow('ENOSPC');
    expect(await readdir(folder)).toEqual(['progress.json']);
    expect(await readFile(path, 'utf8')).toBe('old');
  });
});

describe('isInability', () => {
  it('takes nothing for one that is no error', () => {
    expect(isInability('EINVAL fsync')).toBe(false);
    expect(isInability(undefined)).toBe(false);
  });
});
