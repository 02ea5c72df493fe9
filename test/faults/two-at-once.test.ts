import { expect, it } from 'vitest';
import { exitCodes } from '../../src/lib/user-error.ts';
import { listChanges, comparableAccount, runScripted, startPracticeRun } from '../_support/practice-run.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { survey } from './_support/survey.ts';
import { sampleOf } from './_support/try-all.ts';

/** Resolves as soon as that many changes have reached the account. */
const afterChanges = async (rehearsal: Parameters<typeof listChanges>[0], count: number): Promise<void> => {
  while (listChanges(rehearsal).length < count) await new Promise((resolve) => setImmediate(resolve));
};

it(
  'ends right in both of two runs from different homes, wherever the second begins',
  { timeout: 120_000 },
  async () => {
    const alone = await startPracticeRun();
    await runScripted(alone);
    const beginnings = listChanges(alone).map((_, count) => count);
    expect(beginnings.length).toBeGreaterThan(10);
    const attempt = async (count: number) => {
      const one = await startPracticeRun();
      const other = { ...one, folder: await temporaryFolder() };
      const [first, second] = await Promise.all([
        runScripted(one),
        afterChanges(one, count).then(() => runScripted(other)),
      ]);
      expect([first.code, second.code], `${first.said}\n---\n${second.said}`).toEqual([
        exitCodes.done,
        exitCodes.done,
      ]);
      expect(comparableAccount(one)).toEqual(comparableAccount(alone));
    };
    await survey('two runs in one account', sampleOf(beginnings, 3), attempt, 'two runs');
  },
);
