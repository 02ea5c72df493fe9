import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { formatLocalTime } from '../../src/lib/dates.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { lockFolder } from '../../src/state/lock.ts';
import { lockFileSystem, removeOwnLocks } from '../../src/state/lock-file-system.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const lockOf = (folder: string) => join(folder, 'lock');

const named = new RegExp(`^${process.pid}-[0-9a-f]{16}$`);

/** The name of a process of this machine that no longer runs. */
const deadName = async (folder: string): Promise<string> => {
  const release = await lockFolder(folder);
  const [own = ''] = await readdir(lockOf(folder));
  await release();
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  return own.replace(/^\d+/, String(child.pid));
};

/** A lock with these names in it, touched just now. */
const lockNaming = async (folder: string, ...names: readonly string[]): Promise<void> => {
  await mkdir(lockOf(folder));
  for (const name of names) await writeFile(join(lockOf(folder), name), '');
};

/** Makes a lock so old that a run has to wait for it half a second, and not three. */
const makeAlmostOld = async (folder: string): Promise<void> => {
  const then = new Date(Date.now() - 2500);
  await utimes(lockOf(folder), then, then);
};

const sleepless = { ...systemClock, sleep: () => Promise.reject(new Error('waited')) };

/** A child process that holds the lock until it is killed, as far as another process can tell. */
const holder = async (folder: string) => {
  const beat = `const fs = require('fs'); fs.mkdirSync(process.argv[1]); console.log('held');
    setInterval(() => fs.utimesSync(process.argv[1], new Date(), new Date()), 50);`;
  const child = spawn(process.execPath, ['-e', beat, lockOf(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
};

describe('lockFolder', () => {
  it('leaves nothing in the folder after the release', async () => {
    const folder = await temporaryFolder();
    const release = await lockFolder(folder);
    expect(await readdir(folder)).toEqual(['lock']);
    expect(await readdir(lockOf(folder))).toEqual([expect.stringMatching(named)]);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets the next run in after the release, and not before', async () => {
    const folder = await temporaryFolder();
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(UserError);
    await release();
    await (
      await lockFolder(folder)
    )();
  });

  it('says in one sentence that another run is at work, and since when', async () => {
    const folder = await temporaryFolder();
    await holder(folder);
    const { birthtime } = await stat(lockOf(folder));
    const problem = await lockFolder(folder).catch((error: unknown) => error);
    expect(problem).toMatchObject({
      message: `Another run of this program has been working on this account since ${formatLocalTime(birthtime)}. Nothing was changed.`,
      nextSteps: [expect.stringMatching(/stop it.*"verify" and "plan"/)],
      exitCode: 2,
    });
  });

  it('leaves no lock behind when the process ends half-way, and keeps the lock of another process', async () => {
    const [own, lost] = [await temporaryFolder(), await temporaryFolder()];
    for (const folder of [own, lost]) lockFileSystem.mkdir(lockOf(folder), () => {});
    const [name = ''] = await readdir(lockOf(lost));
    await rename(join(lockOf(lost), name), join(lockOf(lost), `1${name}`));
    expect(process.listeners('exit')).toContain(removeOwnLocks);
    removeOwnLocks();
    expect(await readdir(own)).toEqual([]);
    expect(await readdir(lost)).toEqual(['lock']);
  });

  it('waits until a lock that nobody touches is old enough', async () => {
    const folder = await temporaryFolder();
    await mkdir(lockOf(folder));
    await makeAlmostOld(folder);
    await expect(lockFolder(folder, sleepless)).rejects.toThrow('waited');
    const release = await lockFolder(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over the lock that a killed run left behind', async () => {
    const folder = await temporaryFolder();
    const child = await holder(folder);
    child.kill('SIGKILL');
    await once(child, 'close');
    await makeAlmostOld(folder);
    const release = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(UserError);
    await release();
  });

  it('takes over an old lock without waiting', async () => {
    const folder = await temporaryFolder();
    await mkdir(lockOf(folder));
    await utimes(lockOf(folder), 0, 0);
    await (
      await lockFolder(folder, sleepless)
    )();
  });

  it('takes over the lock of a dead process of this machine at once', async () => {
    const folder = await temporaryFolder();
    await lockNaming(folder, await deadName(folder));
    const release = await lockFolder(folder, sleepless);
    expect(await readdir(lockOf(folder))).toEqual([expect.stringMatching(named)]);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a process that is alive', (dead: string) => [dead.replace(/^\d+/, String(process.pid))]],
    ['another machine', (dead: string) => [dead.replace(/-.*/, `-${'0'.repeat(16)}`)]],
    ['nobody', () => []],
    ['somebody in another way', () => ['4711']],
    ['two', (dead: string) => [dead, `1${dead}`]],
  ])('waits for a lock that names %s', async (_, names) => {
    const folder = await temporaryFolder();
    await lockNaming(folder, ...names(await deadName(folder)));
    await expect(lockFolder(folder, sleepless)).rejects.toThrow('waited');
  });

  it('gives the lock of a dead process to only one of several processes that want it at once', async () => {
    const folder = await temporaryFolder();
    await lockNaming(folder, await deadName(folder));
    const hurried = { ...systemClock, sleep: () => Promise.resolve() };
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder, hurried)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('looks for no names behind a link', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const dead = await deadName(folder);
    await writeFile(join(elsewhere, dead), '');
    await symlink(elsewhere, lockOf(folder));
    await expect(lockFolder(folder, sleepless)).rejects.toThrow('waited');
    expect(await readdir(elsewhere)).toEqual([dead]);
  });

  it('removes what a killed run was still writing, and nothing else', async () => {
    const folder = await temporaryFolder();
    const kept = ['account.json', 'journal.jsonl.123456789', 'progress.json.1', 'progress.json.damaged-1'];
    for (const name of [...kept, 'progress.json.123456789', 'account.json.4294967295']) {
      await writeFile(join(folder, name), '');
    }
    await mkdir(join(folder, 'progress.json.987654321'));
    const release = await lockFolder(folder);
    await release();
    expect((await readdir(folder)).toSorted()).toEqual([...kept, 'progress.json.987654321'].toSorted());
  });

  it('does not wait forever for a lock with a time in the future', async () => {
    const folder = await temporaryFolder();
    await mkdir(lockOf(folder));
    await utimes(lockOf(folder), new Date('2100-01-01'), new Date('2100-01-01'));
    const hurried = { ...systemClock, sleep: () => Promise.resolve() };
    await expect(lockFolder(folder, hurried)).rejects.toBeInstanceOf(UserError);
  });

  it.each([
    ['where the folder is a file', (folder: string) => writeFile(folder, '')],
    ['where the folder is not there', () => Promise.resolve()],
    [
      'where a file has the name of the lock',
      async (folder: string) => {
        await mkdir(folder);
        await writeFile(lockOf(folder), '');
        await utimes(lockOf(folder), 0, 0);
      },
    ],
  ])('continues without a lock %s', async (_, make) => {
    const folder = join(await temporaryFolder(), 'account');
    await make(folder);
    await expect((await lockFolder(folder))()).resolves.toBeUndefined();
  });
});
