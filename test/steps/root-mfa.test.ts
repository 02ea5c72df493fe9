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
const counting = (rehearsal: PracticeRun, figures: Readonly<Record<string, number>>): PracticeRun => ({
  ...rehearsal,
  aws: rehearsal.aws.withPlugin(async ({ operation }, next) =>
    operation === 'iam:GetAccountSummary' ? { SummaryMap: figures } : next(),
  ),
});

describe('root MFA', () => {
  it('is on with a passkey, which is no virtual device', async () => {
    const passkey = counting(await startPracticeRun(), { AccountMFAEnabled: 1, AccountPasswordPresent: 1 });
    expect((await checkIn(step, passkey)).finding).toMatchObject({ status: 'met', summary: 'On' });
  });

  it('says so where it is an authenticator app, whatever the owner has called it', async () => {
    const scenario = accountWith((world) => {
      plantPhone(world, 'nobody', 'phone-of-the-boss');
      for (const device of world.devices) device.owner = { kind: 'root' };
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    expect(finding).toMatchObject({ status: 'met', summary: 'On, with an authenticator app' });
  });

  it('is not on because some user has a second factor', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'root'));
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('unmet');
  });

  it('does not apply to a member account whose root user has no password, and says why', async () => {
    const { finding } = await checkIn(step, await startPracticeRun({ scenario: 'member' }));
    expect(finding.status).toBe('not-applicable');
    expect(finding.summary).toMatch(/no password/);
  });

  it('takes a figure that AWS leaves out for unknown, not for "there is no password"', async () => {
    const silent = counting(await startPracticeRun(), { AccountMFAEnabled: 0 });
    expect((await checkIn(step, silent)).finding.status).toBe('unmet');
  });

  it('is not known where the answer of AWS is empty, as a proxy can make it', async () => {
    expect((await checkIn(step, counting(await startPracticeRun(), {}))).finding.status).toBe('unknown');
    const keys = await checkIn(findStep('root-access-keys'), counting(await startPracticeRun(), {}));
    expect(keys.finding.status).toBe('unknown');
  });

  it('goes on by itself once the owner has turned it on, and changes nothing itself', async () => {
    const rehearsal = await startPracticeRun();
    const who = owner({
      wait: [
        async () => {
          await rehearsal.practice.desk.turnOnRootMfa();
          return saysNothing;
        },
      ],
    });
    const { checkResult } = await runStepByHand('root-mfa', rehearsal, who);
    expect(checkResult.finding.status).toBe('met');
    expect(listChanges(rehearsal)).toEqual([]);
  });

  it('can be left for later, and is then still to do', async () => {
    const { checkResult, owner: who } = await runStepByHand(
      'root-mfa',
      await startPracticeRun(),
      owner({ wait: ['later'] }),
    );
    expect(checkResult.finding.status).toBe('unmet');
    expect(who.sentences()).toContain('As root, assign an MFA device at https://');
  });

  it('asks for nothing that would need consent', async () => {
    const { dialogue } = await runScripted(await startPracticeRun(), { steps: [step] });
    expect(dialogue.transcript.some((one) => one.kind === 'question' && one.name === 'wizard/go-ahead')).toBe(
      false,
    );
  });

  it('is unknown, never done, where the summary may not be read', async () => {
    const faults = {
      getError: (operation: string) =>
        operation === 'iam:GetAccountSummary' ? new ErrorResponse('AccessDenied', 403, 'no') : undefined,
    };
    expect((await checkIn(step, await startPracticeRun({ faults }))).finding.status).toBe('unknown');
  });
});
