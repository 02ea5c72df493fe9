import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Journal, readJournal } from '../../../src/state/journal.ts';
import { PracticeAccount } from '../../../src/practice/account.ts';
import { UserError } from '../../../src/lib/user-error.ts';
import { Progress } from '../../../src/state/progress.ts';
import { allSteps } from '../../../src/steps/index.ts';
import { readRecordedStatuses } from '../../_support/recorded-statuses.ts';
import { fastClock } from '../../_support/practice-run.ts';
import { isKept } from './damage.ts';

const now = new Date('2026-11-23T13:41:00.000Z');

/** What is in a file; nothing where something else stands in its place. */
export type Content = string | Buffer | undefined;

/** A kept file, and what must be true of the program whatever it finds in its place: what breaks that is thrown. */
export type KeptFile = {
  name: string;
  use: (folder: string, content: Content, account: string) => Promise<void>;
};

const unlessProblem = (error: unknown): undefined => {
  if (!(error instanceof UserError)) throw error;
};

const expectKept = async (folder: string, content: Content): Promise<void> => {
  if (content !== undefined && !(await isKept(folder, content))) throw new Error('what was there is lost');
};

const useProgress: KeptFile['use'] = async (folder, content, account) => {
  const before = await Progress.open(folder, account, fastClock()).catch(unlessProblem);
  await expectKept(folder, content);
  if (!before) return;
  const { progress } = before;
  for (const { id } of allSteps) {
    progress.findSkip(id)?.on.toISOString();
    progress.attestationOf(id)?.on.toISOString();
  }
  const answers = progress.getAnswers('billing-alarm');
  await progress.recordStatus('groups', 'met', now);
  const { progress: after, notice } = await Progress.open(folder, account, fastClock());
  expect(notice).toBeUndefined();
  expect((await readRecordedStatuses(folder))['groups']?.lookedAt).toEqual(now.toISOString());
  expect(after.getAnswers('billing-alarm')).toEqual(answers);
  // What could not be used must have been set aside before this was written.
  if (before.notice !== undefined) await expectKept(folder, content);
};

const useJournal: KeptFile['use'] = async (folder, content) => {
  const before = await readJournal(folder).catch(() => undefined);
  const call = await new Journal(folder, fastClock()).begin('iam:CreateUser', {}).catch(unlessProblem);
  if (content !== undefined) {
    const text = await readFile(join(folder, 'journal.jsonl'));
    expect(text.subarray(0, Buffer.byteLength(content)).equals(Buffer.from(content))).toBe(true);
    expect(call).toBeDefined();
  }
  if (call === undefined) return;
  expect((before ?? []).map((line) => line.call)).not.toContain(call);
  const last = { call, operation: 'iam:CreateUser', phase: 'begin' };
  expect((await readJournal(folder)).at(-1)).toMatchObject(last);
};

const usePractice: KeptFile['use'] = async (folder, content) => {
  const file = join(folder, 'account.json');
  const opened = await PracticeAccount.open(file, { clock: fastClock() });
  await expectKept(folder, content);
  const again = await PracticeAccount.open(file, { clock: fastClock() });
  expect(again.snapshot()).toEqual(opened.snapshot());
  expect(again.notice).toBeUndefined();
  if (content === undefined) expect(opened.notice).toContain('.damaged-');
};

/** All that is kept between two runs. */
export const kept: readonly KeptFile[] = [
  { name: 'progress.json', use: useProgress },
  { name: 'journal.jsonl', use: useJournal },
  { name: 'account.json', use: usePractice },
];
