import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explainFileError } from '../../../src/aws/errors/files.ts';
import { temporaryFolder } from '../../_support/temporary-folder.ts';

const failing = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

it('explainFileError says what is wrong with the disk, and what to do', () => {
  expect(explainFileError(failing('ENOSPC'))).toMatchObject({
    message: 'A file of this program cannot be read or written: the disk is full.',
    exitCode: 2,
    nextSteps: [expect.stringContaining('--home')],
  });
});

it('explainFileError names the file when Node.js does', async () => {
  const folder = await temporaryFolder();
  const error: unknown = await readFile(folder).catch((one: unknown) => one);
  const path = join(folder, 'progress\u001B[2J.json');
  expect(error instanceof Error && explainFileError(error)?.message).toContain('a folder has that name');
  expect(explainFileError(failing('EROFS', { path }))?.message).toBe(
    `The file ${join(folder, 'progress.json')} cannot be read or written: the disk is read-only.`,
  );
});

it.each([
  ['EACCES', 'open', 'you do not have permission'],
  ['ENOENT', 'open', 'its folder does not exist'],
  ['EPERM', 'rename', 'you do not have permission'],
])('explainFileError explains %s of %s for a file that the program uses', (code, syscall, reason) => {
  expect(explainFileError(failing(code, { syscall, path: '/home/account.json' }))?.message).toBe(
    `The file /home/account.json cannot be read or written: ${reason}.`,
  );
});

it.each([
  ['EACCES', 'connect'],
  ['ENOENT', 'connect'],
  ['ENOENT', 'spawn aws'],
])('explainFileError ignores %s of %s', (code, syscall) => {
  expect(explainFileError(failing(code, { syscall, path: '/run/socket' }))).toBeUndefined();
});

it.each(['ECONNRESET', 'EPIPE', 'ENOTFOUND'])('explainFileError ignores the network error %s', (code) => {
  expect(explainFileError(failing(code))).toBeUndefined();
});
