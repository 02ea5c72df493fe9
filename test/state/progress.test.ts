import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../_support/any-text.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { UserError } from '../../src/lib/user-error.ts';
import { Progress } from '../../src/state/progress.ts';
import { describeNodeError, refuseLink } from '../../src/state/progress-file.ts';
import { readRecordedStatuses } from '../_support/recorded-statuses.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

const account = '431209876655';
const now = new Date('2026-11-23T13:41:00.000Z');
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
const aside = 'progress.json.damaged-2026-11-23T134100.000Z';

const fileOf = (folder: string) => join(folder, 'progress.json');
const opened = async (folder: string) => (await Progress.open(folder, account, clock)).progress;
const holding = (content: unknown) =>
  typeof content === 'string'
    ? content
    : JSON.stringify({ version: 1, account, steps: {}, ...Object(content) });

describe('the progress', () => {
  it('is empty at first, and no file is made for it', async () => {
    const folder = await temporaryFolder();
    const { progress, notice } = await Progress.open(folder, account);
    expect(notice).toBeUndefined();
    expect(progress.getAnswers('admin-user')).toEqual({});
    expect(progress.findSkip('admin-user')).toBeUndefined();
    expect(progress.attestationOf('admin-user')).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is there again in the next run, for all steps', async () => {
    const folder = await temporaryFolder();
    const first = await opened(folder);
    const answers = { name: 'maria', hours: 12, console: true, groups: ['developers'] };
    await first.rememberAnswers('admin-user', answers);
    await first.skip('admin-user', 'there is one already', now);
    await first.keepAttestation('billing-access', { said: 'activated', on: now });
    await first.recordStatus('admin-user', 'waiting', now);

    const second = await opened(folder);
    expect(second.getAnswers('admin-user')).toEqual(answers);
    expect(second.findSkip('admin-user')).toEqual({ reason: 'there is one already', on: now });
    expect(second.attestationOf('billing-access')).toEqual({ said: 'activated', on: now });
    expect(second.attestations.of('billing-access')).toEqual({ said: 'activated', on: now });
    expect((await readRecordedStatuses(folder))['admin-user']).toMatchObject({
      status: 'waiting',
      lookedAt: now.toISOString(),
    });
  });

  it('knows in the next run which changes were begun, until they are finished', async () => {
    const folder = await temporaryFolder();
    const first = await opened(folder);
    expect(first.isBegun('admin-user')).toBe(false);
    await first.begin('admin-user');
    expect(first.isBegun('admin-user')).toBe(true);
    const second = await opened(folder);
    expect([second.isBegun('admin-user'), second.isBegun('groups')]).toEqual([true, false]);
    await second.finish('admin-user');
    expect(second.isBegun('admin-user')).toBe(false);
    expect((await opened(folder)).isBegun('admin-user')).toBe(false);
  });

  it('holds what steps themselves attest', async () => {
    const folder = await temporaryFolder();
    await (await opened(folder)).attestations.keep('billing-access', { said: 'activated', on: now });
    expect((await opened(folder)).attestationOf('billing-access')).toEqual({ said: 'activated', on: now });
  });

  it('omits what is not an answer', async () => {
    const folder = await temporaryFolder();
    await (
      await opened(folder)
    ).rememberAnswers('groups', { asked: 'yes', notAsked: undefined, odd: { a: 1 }, none: NaN });
    expect((await opened(folder)).getAnswers('groups')).toEqual({ asked: 'yes' });
  });

  it('forgets a skip that was taken back', async () => {
    const folder = await temporaryFolder();
    const progress = await opened(folder);
    await progress.skip('groups', 'later', now);
    await progress.unskip('groups');
    expect(progress.findSkip('groups')).toBeUndefined();
    expect((await opened(folder)).findSkip('groups')).toBeUndefined();
  });

  it('does not change with the object that was passed in', async () => {
    const progress = await opened(await temporaryFolder());
    const groups = ['developers'];
    await progress.rememberAnswers('groups', { groups });
    groups.push('admins');
    expect(progress.getAnswers('groups')).toEqual({ groups: ['developers'] });
  });

  it('holds any answers, whatever their names', async () => {
    const folder = await temporaryFolder();
    const unsafe = ['__proto__', 'prototype', 'constructor'];
    const answers = fc.dictionary(
      fc.string().filter((name) => !unsafe.includes(name)),
      fc.oneof(anyText(), fc.boolean(), fc.integer(), fc.array(fc.string())),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        await (await opened(folder)).rememberAnswers('groups', given);
        expect((await opened(folder)).getAnswers('groups')).toEqual(given);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the progress file', () => {
  it('is for its owner only', async () => {
    const folder = await temporaryFolder();
    await (await opened(folder)).recordStatus('groups', 'met', now);
    expect((await stat(fileOf(folder))).mode & 0o777).toBe(0o600);
  });

  it('is closed when it was open to others', async () => {
    const folder = await temporaryFolder();
    await writeFile(fileOf(folder), holding({}), { mode: 0o644 });
    await (await opened(folder)).recordStatus('groups', 'met', now);
    expect((await stat(fileOf(folder))).mode & 0o777).toBe(0o600);
  });

  it('has every change in it as soon as the change is over', async () => {
    const folder = await temporaryFolder();
    const progress = await opened(folder);
    await progress.rememberAnswers('groups', { team: 'one' });
    expect(JSON.parse(await readFile(fileOf(folder), 'utf8'))).toEqual({
      version: 1,
      account,
      steps: { groups: { answers: { team: 'one' } } },
    });
  });

  it('keeps all of many changes made at once, and leaves nothing else in the folder', async () => {
    const folder = await temporaryFolder();
    const progress = await opened(folder);
    const ids = Array.from({ length: 20 }, (_, index) => `step-${index}`);
    await Promise.all(ids.map((id) => progress.recordStatus(id, 'met', now)));
    const seen = await readRecordedStatuses(folder);
    expect(ids.map((id) => seen[id]?.status)).toEqual(ids.map(() => 'met'));
    expect(await readdir(folder)).toEqual(['progress.json']);
  });

  it('is never written through a link', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const progress = await opened(folder);
    await writeFile(join(elsewhere, 'victim'), 'untouched');
    await symlink(join(elsewhere, 'victim'), fileOf(folder));
    await expect(progress.recordStatus('groups', 'met', now)).rejects.toThrow(
      /is a link to somewhere else\.$/,
    );
    expect(await readFile(join(elsewhere, 'victim'), 'utf8')).toBe('untouched');
  });

  it('is written again after a failed write', async () => {
    const folder = await temporaryFolder();
    const progress = await opened(folder);
    await mkdir(fileOf(folder));
    const failed = progress.recordStatus('groups', 'met', now);
    await expect(failed).rejects.toBeInstanceOf(UserError);
    await expect(failed).rejects.toMatchObject({ nextSteps: [expect.stringContaining('--home')] });
    await rm(fileOf(folder), { recursive: true });
    await progress.recordStatus('root-mfa', 'unmet', now);
    expect((await readRecordedStatuses(folder))['groups']?.status).toBe('met');
  });
});

describe('a progress file that cannot be used', () => {
  const step = (content: object) => holding({ steps: { groups: content } });
  const broken: [what: string, content: string, notice: RegExp][] = [
    ['is empty', '', /is not JSON/],
    ['was cut off', '{"version":1,"acc', /is not JSON/],
    ['holds a list', '[]', /is not in the format/],
    ['holds null', 'null', /is not in the format/],
    ['has no version', JSON.stringify({ account, steps: {} }), /is not in the format/],
    ['has a version of another kind', holding({ version: '2' }), /is not in the format/],
    ['has an older version than the first', holding({ version: 0 }), /is not in the format/],
    ['has an answer of another kind', step({ answers: { a: { b: 1 } } }), /is not in the format/],
    ['has a status that does not exist', step({ status: 'perfect' }), /is not in the format/],
    ['has a day that does not exist', step({ lookedAt: '2026-13-45T00:00:00Z' }), /is not in the format/],
    ['has a skip without a day', step({ skipped: { reason: 'x' } }), /is not in the format/],
    ['belongs to another account', holding({ account: '999999999999' }), /belongs to another account/],
    ['is too large', holding({ padding: 'x'.repeat(1024 * 1024) }), /is too large/],
  ];

  it.each(broken)('is set aside with a notice when it %s', async (_, content, said) => {
    const folder = await temporaryFolder();
    await writeFile(fileOf(folder), content);
    const { progress, notice } = await Progress.open(folder, account, clock);
    expect(notice).toMatch(said);
    expect(notice).toContain(aside);
    expect(await readFile(join(folder, aside), 'utf8')).toBe(content);

    await progress.recordStatus('groups', 'met', now);
    expect((await readRecordedStatuses(folder))['groups']?.status).toBe('met');
  });

  it('is not one that is just as large as it may be', async () => {
    const folder = await temporaryFolder();
    await writeFile(fileOf(folder), step({ answers: { a: 'b' } }).padEnd(1024 * 1024, ' '));
    expect((await opened(folder)).getAnswers('groups')).toEqual({ a: 'b' });
  });

  it('and cannot be set aside is left where it is, and nothing is kept', async () => {
    const folder = await temporaryFolder();
    await writeFile(fileOf(folder), '');
    await mkdir(join(folder, aside));
    const { progress, notice } = await Progress.open(folder, account, clock);
    expect(notice).toMatch(/^Progress cannot be kept in .*progress\.json \(EISDIR\)/);
    await progress.recordStatus('groups', 'met', now);
    expect(await readFile(fileOf(folder), 'utf8')).toBe('');
  });

  it('is set aside when it is a folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(fileOf(folder));
    const { notice } = await Progress.open(folder, account, clock);
    expect(notice).toMatch(/is not a file/);
    expect(await readdir(folder)).toEqual([aside]);
  });

  it('is set aside when it is a link, and what it leads to is not read', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(elsewhere, 'other'), holding({ steps: { groups: { answers: { a: 'b' } } } }));
    await symlink(join(elsewhere, 'other'), fileOf(folder));
    const { progress, notice } = await Progress.open(folder, account, clock);
    expect(notice).toMatch(/is a link/);
    expect(progress.getAnswers('groups')).toEqual({});
    expect(await readdir(elsewhere)).toEqual(['other']);
  });

  it('is left alone when a newer version wrote it, and the owner is told to update', async () => {
    const folder = await temporaryFolder();
    const content = JSON.stringify({ version: 2, whatever: true });
    await writeFile(fileOf(folder), content);
    const problem = await Progress.open(folder, account).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(UserError);
    expect(problem).toMatchObject({
      message: expect.stringMatching(/newer version/),
      nextSteps: [expect.stringContaining('@latest'), expect.stringContaining('--home')],
    });
    expect(await readFile(fileOf(folder), 'utf8')).toBe(content);
    expect(await readdir(folder)).toEqual(['progress.json']);
  });

  it('cannot send control characters to the terminal through its notice', async () => {
    const folder = await temporaryFolder();
    const on = now.toISOString();
    const said = 'yes\u001B]0;title\u0007\u001B[2J';
    await writeFile(fileOf(folder), step({ word: { said, on }, skipped: { reason: said, on } }));
    const progress = await opened(folder);
    expect(progress.attestationOf('groups')?.said).toBe('yes');
    expect(progress.findSkip('groups')?.reason).toBe('yes');
  });
});

describe('a folder that cannot be used', () => {
  it.each([
    ['is not there', 'missing'],
    ['is a file', 'file'],
  ])('leads to a notice and to progress in memory only when it %s', async (_, name) => {
    const parent = await temporaryFolder();
    await writeFile(join(parent, 'file'), '');
    const { progress, notice } = await Progress.open(join(parent, name), account);
    expect(notice).toMatch(/^Progress cannot be kept in .*\.$/);
    expect(notice).toContain(`in ${join(parent, name)} (`);
    await progress.rememberAnswers('groups', { team: 'one' });
    expect(progress.getAnswers('groups')).toEqual({ team: 'one' });
    expect(await readdir(parent)).toEqual(['file']);
  });
});

describe('an error of the disk', () => {
  it('is described by its code, or else by its words without what a terminal would obey', () => {
    expect(describeNodeError(Object.assign(new Error('no'), { code: 'EIO' }))).toBe('EIO');
    expect(describeNodeError(new Error('odd\u001B[2J'))).toBe('Error: odd');
    expect(describeNodeError('odd')).toBe('odd');
  });

  it('does not count as a file that is not there', async () => {
    const file = join(await temporaryFolder(), 'file');
    await expect(refuseLink(file)).resolves.toBeUndefined();
    await writeFile(file, '');
    await expect(refuseLink(join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
