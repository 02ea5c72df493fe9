import { describe, expect, it } from 'vitest';
import { ErrorResponse } from '../../src/practice/error-response.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  findStep,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { owner, saysNothing } from '../_support/scripted-owner.ts';
import { accountWith, plantAdministrator, plantPhone, runStepByHand } from '../_support/practice-worlds.ts';

const step = findStep('root-mfa');

/** The same account, with other figures in its summary. */
const counting = (practiceRun: PracticeRun, figures: Readonly<Record<string, number>>): PracticeRun => ({
  ...practiceRun,
  aws: practiceRun.aws.withPlugin(async ({ operation }, next) =>
    operation === 'iam:GetAccountSummary' ? { SummaryMap: figures } : next(),
  ),
});

describe('root MFA', () => {
  it('is on with a passkey, which is not a virtual device', async () => {
    const passkey = counting(await startPracticeRun(), { AccountMFAEnabled: 1, AccountPasswordPresent: 1 });
    expect((await checkIn(step, passkey)).finding).toMatchObject({ status: 'met', summary: 'On' });
  });

  it('is reported as an authenticator app when it is one, whatever the owner has called it', async () => {
    const scenario = accountWith((world) => {
      plantPhone(world, 'nobody', 'phone-of-the-boss');
      for (const device of world.devices) device.owner = { kind: 'root' };
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding).toMatchObject({ status: 'met', summary: 'On, with an authenticator app' });
  });

  it('is not on because a user has a second factor', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'root'));
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('unmet');
  });

  it('does not apply to a member account whose root user has no password, and the finding says why', async () => {
    const { finding } = await checkIn(step, await startPracticeRun({ scenario: 'member' }));
    expect(finding.status).toBe('not-applicable');
    expect(finding.summary).toMatch(/no password/);
  });

  it('is unknown when AWS leaves out a figure: that does not mean "there is no password"', async () => {
    const silent = counting(await startPracticeRun(), { AccountMFAEnabled: 0 });
    expect((await checkIn(step, silent)).finding.status).toBe('unmet');
  });

  it('is unknown when the answer of AWS is empty, as a proxy can make it', async () => {
    expect((await checkIn(step, counting(await startPracticeRun(), {}))).finding.status).toBe('unknown');
    const keys = await checkIn(findStep('root-access-keys'), counting(await startPracticeRun(), {}));
    expect(keys.finding.status).toBe('unknown');
  });

  it('is noticed as soon as the owner has turned it on, and the step changes nothing itself', async () => {
    const practiceRun = await startPracticeRun();
    const who = owner({
      wait: [
        async () => {
          await practiceRun.practice.desk.turnOnRootMfa();
          return saysNothing;
        },
      ],
    });
    const { checkResult } = await runStepByHand('root-mfa', practiceRun, who);
    expect(checkResult.finding.status).toBe('met');
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('can be left for later, and then stays open', async () => {
    const { checkResult, owner: who } = await runStepByHand(
      'root-mfa',
      await startPracticeRun(),
      owner({ wait: ['later'] }),
    );
    expect(checkResult.finding.status).toBe('unmet');
    expect(who.sentences()).toContain('As root, assign an MFA device at https://');
  });

  it('needs no consent', async () => {
    const { dialogue } = await runScripted(await startPracticeRun(), { steps: [step] });
    expect(dialogue.transcript.some((one) => one.kind === 'question' && one.name === 'wizard/go-ahead')).toBe(
      false,
    );
  });

  it('is unknown, never done, when the summary may not be read', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountSummary' ? new ErrorResponse('AccessDenied', 403, 'no') : undefined,
    };
    expect((await checkIn(step, await startPracticeRun({ faults }))).finding.status).toBe('unknown');
  });
});
