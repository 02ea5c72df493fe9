import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { explain } from '../../src/aws/explain.ts';
import { examine } from '../../src/examine.ts';
import { PracticeAccount } from '../../src/practice/index.ts';
import { Progress } from '../../src/progress.ts';
import { steps } from '../../src/steps/index.ts';
import { play, rehearse } from '../rehearse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { withOddValues } from './damage.ts';
import { survey } from './survey.ts';

describe('an account that was changed by hand', () => {
  it('is looked at and set up, or refused in plain words', { timeout: 300_000 }, async () => {
    const whole = await rehearse();
    await play(whole);
    const texts = fc.sample(withOddValues(whole.practice.snapshot()), 300);
    const folder = await temporaryFolder();
    const file = join(folder, 'account.json');
    await survey('practice account, walked through', texts, async (text) => {
      await writeFile(file, text);
      const opened = await PracticeAccount.open(file);
      if (opened.notice !== undefined) return;
      const rehearsal = await rehearse({ scenario: opened.snapshot() }, folder);
      const { words } = (await Progress.open(join(folder, 'none'), whole.practice.accountId)).progress;
      for (const step of steps) {
        const { finding } = await examine(step, rehearsal.aws, words, rehearsal.clock);
        // Our own mistakes begin so; what AWS refuses has a sentence of its own.
        if (finding.summary.startsWith('The look failed')) throw new Error(finding.summary);
      }
      await play(rehearsal).catch((error: unknown) => {
        if (!explain(error)) throw error;
      });
    });
  });
});
