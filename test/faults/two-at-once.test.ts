import { expect, it } from 'vitest';
import { exitCodes } from '../../src/lib/user-error.ts';
import { changesIn, essence, play, rehearse } from '../_support/rehearse.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { survey } from './_support/survey.ts';
import { sampleOf } from './_support/try-all.ts';

/** Resolves as soon as that many changes have reached the account. */
const afterChanges = async (rehearsal: Parameters<typeof changesIn>[0], count: number): Promise<void> => {
  while (changesIn(rehearsal).length < count) await new Promise((resolve) => setImmediate(resolve));
};

it(
  'ends right in both of two runs from different homes, wherever the second begins',
  { timeout: 120_000 },
  async () => {
    const alone = await rehearse();
    await play(alone);
    const beginnings = changesIn(alone).map((_, count) => count);
    expect(beginnings.length).toBeGreaterThan(10);
    const attempt = async (count: number) => {
      const one = await rehearse();
      const other = { ...one, folder: await temporaryFolder() };
      const [first, second] = await Promise.all([
        play(one),
        afterChanges(one, count).then(() => play(other)),
      ]);
      expect([first.code, second.code], `${first.said}\n---\n${second.said}`).toEqual([
        exitCodes.done,
        exitCodes.done,
      ]);
      expect(essence(one)).toEqual(essence(alone));
    };
    await survey('two runs in one account', sampleOf(beginnings, 3), attempt, 'two runs');
  },
);
