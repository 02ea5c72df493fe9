import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Journal, readJournal } from '../../src/journal.ts';
import { PracticeAccount } from '../../src/practice/index.ts';
import { Problem } from '../../src/problem.ts';
import { Progress } from '../../src/progress.ts';
import { steps } from '../../src/steps/index.ts';
import { fastClock, play, rehearse } from '../rehearse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { anything, cutOff, flipped, isKept, obstacles, withOddValues } from './damage.ts';
import { survey } from './survey.ts';

const patience = { timeout: 300_000 };
const now = new Date('2026-11-23T13:41:00.000Z');

type Content = string | Buffer;

/** One kept file: what a real run leaves in it, and what must be true of the program whatever it finds there. */
type KeptFile = {
  name: string;
  suite: string;
  use: (folder: string, content: Content | undefined) => Promise<void>;
};

const home = await mkdtemp(join(tmpdir(), 'aws-first-steps-'));
afterAll(() => rm(home, { recursive: true }));

const whole = await rehearse({}, home);
await play(whole);
const account = whole.practice.accountId;

const useProgress = async (folder: string, content: Content | undefined): Promise<void> => {
  const before = await Progress.open(folder, account, fastClock()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });
  if (content !== undefined && !(await isKept(folder, content))) throw new Error('what was there is lost');
  if (!before) return;
  const { progress } = before;
  for (const { id } of steps) {
    progress.skipOf(id)?.on.toISOString();
    progress.wordOf(id)?.on.toISOString();
    progress.lastSeen(id)?.at.toISOString();
  }
  const answers = progress.answersFor('billing-alarm');
  await progress.saw('groups', 'met', now);
  const { progress: after, notice } = await Progress.open(folder, account, fastClock());
  expect(notice).toBeUndefined();
  expect(after.lastSeen('groups')?.at).toEqual(now);
  expect(after.answersFor('billing-alarm')).toEqual(answers);
};

const useJournal = async (folder: string, content: Content | undefined): Promise<void> => {
  const before = await readJournal(folder).catch(() => undefined);
  const call = await new Journal(folder, fastClock()).begin('iam:CreateUser', {}).catch((error: unknown) => {
    if (error instanceof Problem) return undefined;
    throw error;
  });
  if (content !== undefined) {
    const text = await readFile(join(folder, 'journal.jsonl'));
    expect(text.subarray(0, Buffer.byteLength(content)).equals(Buffer.from(content))).toBe(true);
    expect(call).toBeDefined();
  }
  if (call === undefined) return;
  expect((before ?? []).map((line) => line.call)).not.toContain(call);
  expect((await readJournal(folder)).at(-1)).toMatchObject({
    call,
    operation: 'iam:CreateUser',
    phase: 'begin',
  });
};

const usePractice = async (folder: string, content: Content | undefined): Promise<void> => {
  const file = join(folder, 'account.json');
  const opened = await PracticeAccount.open(file, { clock: fastClock() });
  if (content !== undefined && !(await isKept(folder, content))) throw new Error('what was there is lost');
  const again = await PracticeAccount.open(file, { clock: fastClock() });
  expect(again.snapshot()).toEqual(opened.snapshot());
  if (content !== undefined && opened.notice === undefined) return;
  expect(opened.notice).toContain('.damaged-');
};

const kept: readonly KeptFile[] = [
  { name: 'progress.json', suite: 'progress file', use: useProgress },
  { name: 'journal.jsonl', suite: 'journal', use: useJournal },
  { name: 'account.json', suite: 'practice account', use: usePractice },
];

const contentOf = async (name: string): Promise<Buffer> => {
  if (name === 'account.json') return Buffer.from(`${JSON.stringify(whole.practice.snapshot())}\n`);
  return readFile(join(whole.folder, name));
};

/** A folder with nothing in it, for one case after another. */
const freshFolder = async () => {
  const parent = await temporaryFolder();
  return async () => {
    const folder = join(parent, 'account');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    return folder;
  };
};

const versions = (content: Buffer) =>
  [0, 2, 99, 1e308, -1, '1', null].map((version) =>
    content.toString().replace(/"version":\s*1/, `"version":${JSON.stringify(version)}`),
  );

describe.each(kept)('$name', ({ name, suite, use }) => {
  const tryContents = async (what: string, contents: readonly Content[]) => {
    const fresh = await freshFolder();
    await survey(`${suite}, ${what}`, contents, async (content) => {
      const folder = await fresh();
      await writeFile(join(folder, name), content);
      await use(folder, content);
    });
  };

  it('survives being cut off anywhere', patience, async () => {
    await tryContents('cut off', cutOff(await contentOf(name)));
  });

  it('survives one wrong bit anywhere', patience, async () => {
    const content = await contentOf(name);
    await tryContents('one wrong bit', flipped(content, 7));
  });

  it('survives any value of another kind, another version or another account', patience, async () => {
    const content = await contentOf(name);
    const values = withOddValues(JSON.parse(content.toString().split('\n{')[0] ?? '') as object);
    const others = content.toString().replaceAll(account, '999999999999');
    await tryContents('odd values', [...versions(content), others, ...fc.sample(values, 1000)]);
  });

  it('survives anything at all', patience, async () => {
    await tryContents('anything', ['', '\n', '['.repeat(100_000), '\uFEFF{}', ...fc.sample(anything, 1000)]);
  });

  it('survives whatever else has its name, and does not follow it out of the folder', patience, async () => {
    const fresh = await freshFolder();
    await survey(`${suite}, not a file`, obstacles, async ([, make]) => {
      const folder = await fresh();
      const elsewhere = join(folder, '..', 'elsewhere');
      await writeFile(elsewhere, await contentOf(name));
      await make(join(folder, name), elsewhere);
      await use(folder, undefined);
      expect((await readFile(elsewhere)).equals(await contentOf(name))).toBe(true);
    });
  });
});
