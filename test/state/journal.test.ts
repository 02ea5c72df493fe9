import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { Journal, createJournalPlugin, readJournal, omitSecretFields } from '../../src/state/journal.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const at = '2026-11-23T13:41:00.000Z';
const clock: Clock = { now: () => new Date(at), sleep: () => Promise.resolve() };
const fileOf = (folder: string) => join(folder, 'journal.jsonl');
const create = { operation: 'iam:CreateUser', input: { UserName: 'maria' } };

const begun = async () => {
  const folder = await temporaryFolder();
  return { folder, plugin: createJournalPlugin(new Journal(folder, clock)) };
};

describe('a changing call', () => {
  it('is in the journal before it is sent', async () => {
    const { folder, plugin } = await begun();
    let before: unknown;
    await plugin(create, async () => {
      before = await readJournal(folder);
      return {};
    });
    expect(before).toEqual([{ at, call: 1, ...create, phase: 'begin' }]);
  });

  it('has a second line when it is done, and returns its answer', async () => {
    const { folder, plugin } = await begun();
    await expect(plugin(create, () => Promise.resolve({ User: 'x' }))).resolves.toEqual({ User: 'x' });
    expect((await readJournal(folder)).map(({ call, phase }) => [call, phase])).toEqual([
      [1, 'begin'],
      [1, 'done'],
    ]);
  });

  it('has the code of its failure in the second line, but not the message', async () => {
    const { folder, plugin } = await begun();
    const refused = Object.assign(new Error('no, secret'), {
      name: 'AccessDeniedException',
      $fault: 'client',
    });
    await expect(plugin(create, () => Promise.reject(refused))).rejects.toBe(refused);
    expect((await readJournal(folder))[1]).toEqual({
      at,
      call: 1,
      ...create,
      phase: 'failed',
      error: 'AccessDenied',
    });
    expect(await readFile(fileOf(folder), 'utf8')).not.toContain('secret');
  });

  it('is not made when the journal cannot be written', async () => {
    const { folder, plugin } = await begun();
    await mkdir(fileOf(folder));
    let sent = false;
    const call = plugin(create, () => {
      sent = true;
      return Promise.resolve({});
    });
    await expect(call).rejects.toBeInstanceOf(UserError);
    await expect(call).rejects.toThrow(/^iam:CreateUser was not called/);
    await expect(call).rejects.toMatchObject({ nextSteps: [expect.stringContaining(fileOf(folder))] });
    expect(sent).toBe(false);
  });

  it('keeps its answer when only the second line cannot be written', async () => {
    const { folder, plugin } = await begun();
    const answer = await plugin(create, async () => {
      await rm(folder, { recursive: true });
      return { User: 'x' };
    });
    expect(answer).toEqual({ User: 'x' });
  });
});

describe('the journal', () => {
  it('contains no reads', async () => {
    const { folder, plugin } = await begun();
    for (const operation of ['iam:ListUsers', 'iam:GetUser', 'cloudwatch:DescribeAlarms']) {
      await plugin({ operation, input: {} }, () => Promise.resolve({}));
    }
    expect(await readJournal(folder)).toEqual([]);
  });

  it('is for its owner only', async () => {
    const { folder, plugin } = await begun();
    await plugin(create, () => Promise.resolve({}));
    expect((await stat(fileOf(folder))).mode & 0o777).toBe(0o600);
  });

  it('is never written through a link', async () => {
    const { folder, plugin } = await begun();
    const victim = join(await temporaryFolder(), 'victim');
    await writeFile(victim, '');
    await symlink(victim, fileOf(folder));
    await expect(plugin(create, () => Promise.resolve({}))).rejects.toBeInstanceOf(UserError);
    expect(await readFile(victim, 'utf8')).toBe('');
  });

  it('is never read through a link, nor out of a pipe', async () => {
    const folder = await temporaryFolder();
    const elsewhere = join(await temporaryFolder(), 'elsewhere');
    await writeFile(elsewhere, '');
    await symlink(elsewhere, fileOf(folder));
    await expect(readJournal(folder)).rejects.toMatchObject({ code: 'ELOOP' });
    await rm(fileOf(folder));
    execFileSync('mkfifo', [fileOf(folder)]);
    await expect(readJournal(folder)).rejects.toThrow('it is not a file');
  });

  it('has one line for each beginning and each end, and nothing in between', async () => {
    const { folder, plugin } = await begun();
    for (let nth = 0; nth < 2; nth++) await plugin(create, () => Promise.resolve({}));
    const lines = (await readFile(fileOf(folder), 'utf8')).split('\n');
    expect(lines.map((line) => line.charAt(0))).toEqual(['{', '{', '{', '{', '']);
  });

  it('continues after a line that a killed run cut off', async () => {
    const { folder, plugin } = await begun();
    await plugin(create, () => Promise.resolve({}));
    await appendFile(fileOf(folder), '{"at":"2026-11-23T13:4');
    expect(await readJournal(folder)).toHaveLength(2);
    await plugin(create, () => Promise.resolve({}));
    expect((await readJournal(folder)).map(({ call }) => call)).toEqual([1, 1, 2, 2]);
  });

  it('ignores lines that it did not write', async () => {
    const folder = await temporaryFolder();
    await writeFile(fileOf(folder), 'null\n[]\n{"call":"x"}\nnonsense\n\n');
    expect(await readJournal(folder)).toEqual([]);
  });

  it('continues the numbers of the last run', async () => {
    const { folder, plugin } = await begun();
    await plugin(create, () => Promise.resolve({}));
    await createJournalPlugin(new Journal(folder, clock))(create, () => Promise.resolve({}));
    expect((await readJournal(folder)).map(({ call }) => call)).toEqual([1, 1, 2, 2]);
  });

  it('distinguishes calls that are made at once', async () => {
    const { folder, plugin } = await begun();
    await Promise.all(Array.from({ length: 8 }, () => plugin(create, () => Promise.resolve({}))));
    const calls = (await readJournal(folder)).map(({ call, phase }) => `${call} ${phase}`);
    expect(new Set(calls).size).toBe(16);
  });
});

describe('omitSecretFields', () => {
  it.each([
    ['Password'],
    ['OldPassword'],
    ['NewPassword'],
    ['AuthenticationCode1'],
    ['AuthenticationCode2'],
    ['Base32StringSeed'],
    ['QRCodePNG'],
    ['SecretAccessKey'],
    ['Token'],
    ['SessionToken'],
  ])('omits %s, however deep', (name) => {
    expect(omitSecretFields({ a: [{ [name]: 'x', UserName: 'maria' }] })).toEqual({
      a: [{ UserName: 'maria' }],
    });
  });

  it('omits bytes, in lists too', () => {
    expect(omitSecretFields({ Image: new Uint8Array([1]), List: [Buffer.from('x'), 'y'] })).toEqual({
      List: ['y'],
    });
  });

  it('omits nothing else', () => {
    const input = {
      Endpoint: 'maria@example.com',
      PasswordResetRequired: true,
      AllowUsersToChangePassword: true,
      Tags: [{ Key: 'a', Value: 'b' }],
      N: 0,
      Nothing: null,
      At: new Date(at),
    };
    expect(omitSecretFields(input)).toEqual(input);
  });
});
