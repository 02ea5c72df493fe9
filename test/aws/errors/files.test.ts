import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explainFileError } from '../../../src/aws/errors/files.ts';
import { temporaryFolder } from '../../_support/temporary-folder.ts';

const failing = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more });

it('says what is wrong with the disk, and what to do', () => {
  expect(explainFileError(failing('ENOSPC'))).toMatchObject({
    message: 'A file of this program cannot be read or written: the disk is full.',
    exitCode: 2,
    nextSteps: [expect.stringContaining('--home')],
  });
});

it('names the file where Node does', async () => {
  const folder = await temporaryFolder();
  const error: unknown = await readFile(folder).catch((one: unknown) => one);
  const path = join(folder, 'progress\u001B[2J.json');
  expect(error instanceof Error && explainFileError(error)?.message).toContain(
    'there is a folder of that name',
  );
  expect(explainFileError(failing('EROFS', { path }))?.message).toBe(
    `The file ${join(folder, 'progress.json')} cannot be read or written: the disk is read-only.`,
  );
});

it.each([
  ['EACCES', 'open', 'you may not'],
  ['ENOENT', 'open', 'a folder on the way to it is not there, or no longer'],
  ['EPERM', 'rename', 'you may not'],
])('says of %s what it means for a file that is to be used', (code, syscall, reason) => {
  expect(explainFileError(failing(code, { syscall, path: '/home/account.json' }))?.message).toBe(
    `The file /home/account.json cannot be read or written: ${reason}.`,
  );
});

it.each([
  ['EACCES', 'connect'],
  ['ENOENT', 'connect'],
  ['ENOENT', 'spawn aws'],
])('leaves %s of %s to others', (code, syscall) => {
  expect(explainFileError(failing(code, { syscall, path: '/run/socket' }))).toBeUndefined();
});

it.each(['ECONNRESET', 'EPIPE', 'ENOTFOUND'])('leaves %s to those who know the network', (code) => {
  expect(explainFileError(failing(code))).toBeUndefined();
});
