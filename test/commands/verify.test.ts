import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../src/practice/faults.ts';
import { getReportExitCode } from '../../src/report/formats.ts';
import { allSteps } from '../../src/steps/index.ts';
import { verifySteps } from '../../src/commands/verify.ts';
import {
  listChanges,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  type PracticeRun,
} from '../_support/practice-run.ts';

const verified = async (rehearsal: PracticeRun) => verifySteps(await openSession(rehearsal), allSteps);

const done = async () => {
  const rehearsal = await startPracticeRun();
  await runScripted(rehearsal);
  return resumeRun(rehearsal);
};

describe('verify', () => {
  it('is done (0) when everything is met or on the word of the owner', async () => {
    const report = await verified(await done());
    expect(new Set(report.steps.map(({ status }) => status))).toEqual(new Set(['met', 'attested']));
    expect(getReportExitCode(report)).toBe(0);
  });

  it('is unfinished (1) in a new account, where each step says what helps', async () => {
    const rehearsal = await startPracticeRun();
    const report = await verified(rehearsal);
    expect(getReportExitCode(report)).toBe(1);
    expect(report.steps.filter(({ remedy }) => !remedy)).toEqual([]);
    expect(listChanges(rehearsal)).toEqual([]);
  });

  it('is unfinished (1) while anything only waits', async () => {
    const rehearsal = await done();
    const world = rehearsal.practice.snapshot();
    for (const one of world.subscriptions) one.confirmed = false;
    const waiting = await startPracticeRun({ scenario: world }, rehearsal.folder);
    const report = await verified(waiting);
    expect(report.steps.map(({ status }) => status)).toContain('waiting');
    expect(getReportExitCode(report)).toBe(1);
  });

  it('sees what has got worse since', async () => {
    const rehearsal = await done();
    const world = rehearsal.practice.snapshot();
    world.devices = world.devices.filter((device) => device.owner?.kind !== 'root');
    const report = await verified(await startPracticeRun({ scenario: world }, rehearsal.folder));
    expect(report.steps.filter(({ status }) => status === 'unmet').map(({ id }) => id)).toEqual(['root-mfa']);
    expect(getReportExitCode(report)).toBe(1);
  });

  it('could not tell (2) where AWS does not let it look: unknown is never done', async () => {
    const whole = await done();
    for (const denied of ['iam:GetAccountSummary', 'iam:GetAccountAuthorizationDetails', 'sns:ListTopics']) {
      const answer = (operation: string) =>
        operation === denied ? createAccessDeniedError(operation) : undefined;
      const rehearsal = await startPracticeRun(
        { scenario: whole.practice.snapshot(), faults: { getError: answer } },
        whole.folder,
      );
      const report = await verified(rehearsal);
      expect(getReportExitCode(report), denied).toBe(2);
      const unknown = report.steps.filter(({ status }) => status === 'unknown');
      for (const { summary } of unknown) expect(summary).toContain(denied);
    }
  });

  it('counts a skipped step as settled, looks at it all the same, and gives the reason', async () => {
    const rehearsal = await done();
    const world = rehearsal.practice.snapshot();
    delete world.passwordPolicy;
    const again = await startPracticeRun({ scenario: world }, rehearsal.folder);
    const { progress, clock } = await openSession(again);
    await progress.skip('password-policy', 'single sign-on only', clock.now());
    const report = await verified(again);
    expect(report.steps.find(({ id }) => id === 'password-policy')).toMatchObject({
      status: 'unmet',
      skipped: { reason: 'single sign-on only' },
    });
    expect(getReportExitCode(report)).toBe(0);
  });

  it('names the calls that each finding rests on', async () => {
    const report = await verified(await startPracticeRun());
    for (const { evidence } of report.steps) expect(evidence.length).toBeGreaterThan(0);
  });
});
