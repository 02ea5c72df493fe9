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

const verified = async (practiceRun: PracticeRun) => verifySteps(await openSession(practiceRun), allSteps);

const done = async () => {
  const practiceRun = await startPracticeRun();
  await runScripted(practiceRun);
  return resumeRun(practiceRun);
};

describe('verify', () => {
  it('exits as done (0) when every step is met or attested', async () => {
    const report = await verified(await done());
    expect(new Set(report.steps.map(({ status }) => status))).toEqual(new Set(['met', 'attested']));
    expect(getReportExitCode(report)).toBe(0);
  });

  it('exits as unfinished (1) in a new account, and says for each step what helps', async () => {
    const practiceRun = await startPracticeRun();
    const report = await verified(practiceRun);
    expect(getReportExitCode(report)).toBe(1);
    expect(report.steps.filter(({ remedy }) => !remedy)).toEqual([]);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('exits as unfinished (1) while a step only waits', async () => {
    const practiceRun = await done();
    const world = practiceRun.practice.snapshot();
    for (const one of world.subscriptions) one.confirmed = false;
    const waiting = await startPracticeRun({ scenario: world }, practiceRun.folder);
    const report = await verified(waiting);
    expect(report.steps.map(({ status }) => status)).toContain('waiting');
    expect(getReportExitCode(report)).toBe(1);
  });

  it('notices what has got worse since the last run', async () => {
    const practiceRun = await done();
    const world = practiceRun.practice.snapshot();
    world.devices = world.devices.filter((device) => device.owner?.kind !== 'root');
    const report = await verified(await startPracticeRun({ scenario: world }, practiceRun.folder));
    expect(report.steps.filter(({ status }) => status === 'unmet').map(({ id }) => id)).toEqual(['root-mfa']);
    expect(getReportExitCode(report)).toBe(1);
  });

  it('exits as unknown (2) when AWS refuses a check: unknown is never done', async () => {
    const whole = await done();
    for (const denied of ['iam:GetAccountSummary', 'iam:GetAccountAuthorizationDetails', 'sns:ListTopics']) {
      const answer = (operation: string) =>
        operation === denied ? createAccessDeniedError(operation) : undefined;
      const practiceRun = await startPracticeRun(
        { scenario: whole.practice.snapshot(), faults: { getError: answer } },
        whole.folder,
      );
      const report = await verified(practiceRun);
      expect(getReportExitCode(report), denied).toBe(2);
      const unknown = report.steps.filter(({ status }) => status === 'unknown');
      for (const { summary } of unknown) expect(summary).toContain(denied);
    }
  });

  it('counts a skipped step as settled, checks it all the same, and gives the reason', async () => {
    const practiceRun = await done();
    const world = practiceRun.practice.snapshot();
    delete world.passwordPolicy;
    const again = await startPracticeRun({ scenario: world }, practiceRun.folder);
    const { progress, clock } = await openSession(again);
    await progress.skip('password-policy', 'single sign-on only', clock.now());
    const report = await verified(again);
    expect(report.steps.find(({ id }) => id === 'password-policy')).toMatchObject({
      status: 'unmet',
      skipped: { reason: 'single sign-on only' },
    });
    expect(getReportExitCode(report)).toBe(0);
  });

  it('names the calls behind each finding', async () => {
    const report = await verified(await startPracticeRun());
    for (const { evidence } of report.steps) expect(evidence.length).toBeGreaterThan(0);
  });
});
