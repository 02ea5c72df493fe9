import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStep } from '../../src/run/check.ts';
import { PracticeAccount } from '../../src/practice/account.ts';
import { allSteps } from '../../src/steps/index.ts';
import { runScripted, startPracticeRun, openSession } from '../_support/practice-run.ts';
import { readRecordedStatuses } from '../_support/recorded-statuses.ts';
import { clueless, ending, isPromised } from './_support/attempt.ts';
import { withOddValues } from './_support/damage.ts';
import { memoryFolder } from './_support/memory-folder.ts';
import { surveyInputs } from './_support/survey-inputs.ts';

describe('an account with an odd value somewhere in it', () => {
  it('is looked at and set up, or refused in plain words', { timeout: 900_000 }, async () => {
    const whole = await startPracticeRun();
    await runScripted(whole);
    const parent = await memoryFolder();
    const folder = join(parent, 'home');
    const attempt = async (text: string) => {
      const file = join(parent, 'account.json');
      await writeFile(file, text);
      const opened = await PracticeAccount.open(file);
      // A file that is set aside leads to a new account: that is tried with damaged files.
      fc.pre(opened.notice === undefined);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
      const rehearsal = await startPracticeRun({ scenario: opened.snapshot() }, folder);
      const lines: string[] = [];
      const ended = await ending(async () => {
        const { said, code } = await runScripted(rehearsal);
        lines.push(said);
        return code;
      }, lines);
      expect(isPromised(ended), ended.said).toBe(true);
      expect(ended.said).not.toMatch(clueless);
      const seen = await readRecordedStatuses(rehearsal.folder);
      // Where not even the session can be opened, no step is checked.
      const session = await openSession(rehearsal).catch(() => undefined);
      if (!session) return;
      for (const step of allSteps) {
        const { finding } = await checkStep(step, session);
        // Our own mistakes begin so; what AWS refuses has a sentence of its own.
        expect(finding.summary).not.toMatch(/^The check failed/);
        if (ended.code === 0) expect(seen[step.id]?.status, step.id).toBe(finding.status);
      }
    };
    await surveyInputs('practice account, odd values', withOddValues(whole.practice.snapshot()), attempt);
  });
});
