import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ensureStateFolder, ensureAccountFolder } from '../../src/state/folder.ts';
import { exitCodes, UserError } from '../../src/lib/user-error.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

/** Set for all tests, since the program reads it once, when it is loaded. */
const stateHome = process.env['XDG_STATE_HOME'] ?? '';

const account = '431209876655';

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

const problemOf = (work: () => unknown): UserError => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('there was no problem');
};

describe('ensureStateFolder', () => {
  it('uses --home before the environment variables', async () => {
    const folder = await temporaryFolder();
    const env = { AWS_FIRST_STEPS_HOME: join(folder, 'environment') };
    expect(ensureStateFolder(join(folder, 'option'), env)).toBe(join(folder, 'option'));
  });

  it('uses AWS_FIRST_STEPS_HOME before the XDG state directory', async () => {
    const folder = await temporaryFolder();
    const env = { AWS_FIRST_STEPS_HOME: join(folder, 'environment') };
    expect(ensureStateFolder(undefined, env)).toBe(join(folder, 'environment'));
  });

  it('uses the XDG state directory when nothing else is set', () => {
    onTestFinished(() => rm(stateHome, { recursive: true, force: true }));
    expect(ensureStateFolder(undefined, { AWS_FIRST_STEPS_HOME: '' })).toBe(
      join(stateHome, 'aws-first-steps'),
    );
  });

  it('creates the folder for its owner only', async () => {
    const path = join(await temporaryFolder(), 'new');
    ensureStateFolder(path, {});
    expect(await modeOf(path)).toBe('700');
  });

  it('says that a file is in the way', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    expect(problemOf(() => ensureStateFolder(path, {})).message).toMatch(/a file has that name\.$/);
    expect(problemOf(() => ensureStateFolder(join(path, 'below'), {})).message).toMatch(
      /a part of the path is a file\.$/,
    );
  });

  it.runIf(existsSync('/proc/1'))(
    'says that a file system allows no folders, and does not try for ever',
    () => {
      expect(problemOf(() => ensureStateFolder('/proc/1/x/y', {})).message).toMatch(
        /file system allows no folders/,
      );
    },
  );

  it('makes what is missing above it', async () => {
    const path = join(await temporaryFolder(), 'a', 'b', 'c');
    expect(ensureStateFolder(path, {})).toBe(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('says that a link leads nowhere', async () => {
    const path = join(await temporaryFolder(), 'link');
    await symlink('/nowhere/at/all', path);
    expect(problemOf(() => ensureStateFolder(path, {})).message).toMatch(/leads nowhere\.$/);
  });

  it.skipIf(process.getuid?.() === 0)('says that it may not write there', async () => {
    const path = join(await temporaryFolder(), 'locked');
    await mkdir(path, { mode: 0o500 });
    expect(problemOf(() => ensureStateFolder(path, {})).message).toMatch(/you may not write there\.$/);
  });

  it('tells how to name another folder when one cannot be used', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    expect(problemOf(() => ensureStateFolder(path, {})).nextSteps).toEqual([
      expect.stringContaining('--home'),
    ]);
  });

  it('rejects an empty name as wrong usage, and one that no file can have', () => {
    for (const name of ['', ' ', 'a\0b'])
      expect(problemOf(() => ensureStateFolder(name, {})).exitCode).toBe(exitCodes.usage);
  });
});

describe('the folder of an account', () => {
  const refusingChmod = (code: string) => () => {
    throw Object.assign(new Error(code), { code, syscall: 'chmod' });
  };

  it.each(['EPERM', 'ENOTSUP', 'ENOSYS', 'EINVAL'])(
    'is used where the disk answers %s to chmod, and its owner is told that others may read',
    async (code) => {
      const home = await temporaryFolder();
      await mkdir(join(home, account));
      await chmod(join(home, account), 0o755);
      const { path, notice } = ensureAccountFolder(home, account, false, refusingChmod(code));
      expect(path).toBe(join(home, account));
      expect(notice).toBe(
        `The folder ${path} cannot be made private, because its disk does not allow that: others may read the names and addresses in it. To choose another folder: --home DIR`,
      );
    },
  );

  it('is used without a word where the disk knows no chmod and nobody else may enter anyway', async () => {
    const home = await temporaryFolder();
    const folder = ensureAccountFolder(home, account, false, refusingChmod('ENOTSUP'));
    expect(folder).toEqual({ path: join(home, account) });
  });

  it('of another user is used too, and that it is theirs is said', async () => {
    const home = await temporaryFolder();
    const { uid } = await stat(home);
    vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const { notice } = ensureAccountFolder(home, account, false, refusingChmod('EPERM'));
    expect(notice).toContain('because it belongs to another user');
  });

  it('is not used where the disk fails', async () => {
    const home = await temporaryFolder();
    expect(
      problemOf(() => ensureAccountFolder(home, account, false, refusingChmod('EIO'))).message,
    ).toContain('EIO');
  });

  it('is separate for each account, and for its owner only', async () => {
    const home = await temporaryFolder();
    expect(ensureAccountFolder(home, account, false)).toEqual({ path: join(home, account) });
    expect(await modeOf(join(home, account))).toBe('700');
  });

  it('is one folder for all practice runs', async () => {
    const home = await temporaryFolder();
    expect(ensureAccountFolder(home, account, true)).toEqual({ path: join(home, 'practice') });
  });

  it('is closed when it was open to others', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, account), { mode: 0o755 });
    ensureAccountFolder(home, account, false);
    expect(await modeOf(join(home, account))).toBe('700');
  });

  it.each([
    '../../etc',
    '',
    '12345',
    '4312098766551',
    '43120987665a',
    '431209876655\n',
    '４３１２０９８７６６５５',
  ])('is refused for %j as an account id, in a practice run too', async (id) => {
    const home = await temporaryFolder();
    for (const practice of [false, true]) {
      expect(problemOf(() => ensureAccountFolder(home, id, practice)).message).toContain(
        'is not an AWS account id',
      );
    }
  });

  it('is refused when it is a link to somewhere else', async () => {
    const [home, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    await symlink(elsewhere, join(home, account));
    const problem = problemOf(() => ensureAccountFolder(home, account, false));
    expect(problem.message).toContain('link to somewhere else');
    expect(problem.nextSteps).toEqual([expect.stringContaining('--home')]);
  });
});
