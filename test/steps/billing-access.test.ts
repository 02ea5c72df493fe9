import { describe, expect, it } from 'vitest';
import type { World } from '../../src/practice/world/world.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
} from '../_support/practice-run.ts';
import { owner } from '../_support/scripted-owner.ts';
import { accountWith, plantAdministrator, runStepByHand } from '../_support/practice-worlds.ts';

const step = findStep('billing-access');
const only = { steps: [step] };

const tagged = (value: string, name = 'maria') =>
  accountWith((world: World) => {
    plantAdministrator(world, name);
    for (const user of world.users) user.tags = [{ Key: 'aws-first-steps:billing-access', Value: value }];
  });

describe('the billing access step', () => {
  it('is done on the attestation of the owner, with its date, because AWS has no way to ask', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'maria'));
    const practiceRun = await startPracticeRun({ scenario });
    const says = owner({ activated: ['activated'] });
    const { checkResult } = await runStepByHand('billing-access', practiceRun, says);
    expect(checkResult.finding).toMatchObject({
      status: 'attested',
      summary: 'Activated, on your word of 2026-11-23',
    });
    expect(listChanges(practiceRun)).toMatchObject([
      {
        operation: 'iam:TagUser',
        input: { UserName: 'maria', Tags: [{ Value: 'activated 2026-11-23' }] },
      },
    ]);
  });

  it('finds the attestation by its tag on a machine that has never seen the progress file', async () => {
    const first = await startPracticeRun({
      scenario: accountWith((world) => plantAdministrator(world, 'maria')),
    });
    await runScripted(first, only);
    const elsewhere = await startPracticeRun({ scenario: first.practice.snapshot() });
    expect(elsewhere.folder).not.toBe(first.folder);
    expect((await checkIn(step, elsewhere)).finding.status).toBe('attested');
  });

  it('does not count an attestation whose date is to come, and says so', async () => {
    const scenario = tagged('activated 2031-01-01');
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding).toMatchObject({
      status: 'unmet',
      summary:
        'Nobody has said yet that it is activated; your word of 2031-01-01 does not count, since that day is to come',
    });
  });

  it('still finds the attestation after an administrator was added whose name comes first', async () => {
    const scenario = tagged('activated 2026-11-01');
    plantAdministrator(scenario, 'anna');
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.summary).toContain(
      '2026-11-01',
    );
  });

  it('keeps the attestation in the progress file while there is no administrator', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const says = owner({ activated: ['activated'] });
    const { checkResult } = await runStepByHand('billing-access', practiceRun, says);
    expect(checkResult.finding.status).toBe('attested');
    expect(listChanges(practiceRun)).toEqual([]);
    expect((await checkIn(step, await resumeRun(practiceRun))).finding.status).toBe('attested');
  });

  it('is not done by pressing Enter alone', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { checkResult } = await runStepByHand('billing-access', practiceRun);
    expect(checkResult.finding.status).toBe('unmet');
  });

  it('ignores the attestation of a user who is not an administrator', async () => {
    const scenario = tagged('activated 2026-11-01');
    for (const user of scenario.users) user.groups = [];
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('unmet');
  });

  it.each(['yes', 'activated', 'activated today', 'activated 2026-13-45', 'refused 2026-11-01', ''])(
    'ignores a tag that says "%s"',
    async (value) => {
      expect((await checkIn(step, await startPracticeRun({ scenario: tagged(value) }))).finding.status).toBe(
        'unmet',
      );
    },
  );

  it('stays open on "not yet", asks nothing twice and keeps nothing', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const who = owner({ activated: ['later'] });
    const { checkResult } = await runStepByHand('billing-access', practiceRun, who);
    expect(checkResult.finding.status).toBe('unmet');
    expect(who.names()).toEqual(['activated']);
  });

  it('says where to go before it asks whether it is done', async () => {
    const { owner: who } = await runStepByHand(
      'billing-access',
      await startPracticeRun({ scenario: 'clean' }),
    );
    expect(who.told.find((note) => note.kind === 'manual-task')).toMatchObject({
      url: expect.stringMatching(/^https:\/\/console\.aws\.amazon\.com\/billing\//),
    });
  });
});
