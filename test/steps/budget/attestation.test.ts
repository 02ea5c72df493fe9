import { describe, expect, it } from 'vitest';
import { digestVerifiedRecipients } from '../../../src/steps/budget/attestation.ts';
import type { World } from '../../../src/practice/world/world.ts';
import {
  checkIn,
  fastClock,
  findStep,
  openSession,
  resumeRun,
  runScripted,
  startPracticeRun,
} from '../../_support/practice-run.ts';
import {
  accountWith,
  plantAdministrator,
  plantBudget,
  runStepByHand,
} from '../../_support/practice-worlds.ts';
import { owner } from '../../_support/scripted-owner.ts';

const step = findStep('budget');
const maria = 'maria@example.com';
const verified = digestVerifiedRecipients([maria]);

const tag = (world: World, name: string, value: string): void => {
  for (const user of world.users)
    if (user.name === name) user.tags = [{ Key: 'aws-first-steps:budget', Value: value }];
};

const look = async (...tags: readonly (readonly [string, string])[]) => {
  const scenario = accountWith((world) => {
    for (const [name, value] of tags) {
      plantAdministrator(world, name);
      tag(world, name, value);
    }
    plantBudget(world, 'mine');
  });
  return (await checkIn(step, await startPracticeRun({ scenario }))).finding;
};

describe('a word that an address is verified', () => {
  it('does not count when its date is to come, and verify says so', async () => {
    const finding = await look(['anna', `${verified} 2026-11-24`]);
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toContain(
      `whether ${maria} was verified; your word of 2026-11-24 does not count, since that day is to come`,
    );
  });

  it('counts on the day on which it was said', async () => {
    const finding = await look(['anna', `${verified} 2026-11-23`]);
    expect(finding.status).toBe('attested');
    expect(finding.summary).not.toContain('does not count');
  });

  it('counts in its newest version', async () => {
    const older = await look(['anna', `${verified} 2026-11-01`], ['berta', 'taken-back 2026-11-02']);
    expect(older.status).toBe('waiting');
    const newer = await look(['anna', `${verified} 2026-11-03`], ['berta', 'taken-back 2026-11-02']);
    expect(newer.status).toBe('attested');
    expect(newer.summary).toContain('on your word of 2026-11-03');
  });

  it('counts although another one has a date that is to come', async () => {
    const finding = await look(['anna', `${verified} 2026-11-03`], ['berta', `${verified} 2031-01-01`]);
    expect(finding.status).toBe('attested');
    expect(finding.summary).toContain('on your word of 2026-11-03');
  });

  it('stays taken back although the date of that is to come', async () => {
    const finding = await look(['anna', `${verified} 2026-11-03`], ['berta', 'taken-back 2031-01-01']);
    expect(finding.status).toBe('waiting');
  });

  it('is repaired by saying it again, with the date of that day', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => {
        plantAdministrator(world, 'anna');
        tag(world, 'anna', `${verified} 2031-01-01`);
        plantBudget(world, 'mine');
      }),
    });
    await runScripted(practiceRun, { steps: [step] });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status).toBe('attested');
    expect(finding.summary).toContain('on your word of 2026-11-23');
  });

  it('does not count in the progress file either when its date is to come', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantBudget(world, 'mine')),
    });
    const { progress } = await openSession(practiceRun);
    await progress.attestations.keep('budget', { said: verified, on: new Date('2026-12-24T00:00:00.000Z') });
    const { finding } = await checkIn(step, practiceRun);
    expect(finding.status).toBe('waiting');
    expect(finding.summary).toContain('your word of 2026-12-24 does not count');
  });
});

describe('a word that was given as soon as AWS had mailed the address', () => {
  const atOnce = /on your word of 2026-11-23, given only seconds after the budget was set up/;

  it('is doubted in the setup, and by verify', async () => {
    const practiceRun = await startPracticeRun({ scenario: 'clean' });
    const { said } = await runScripted(practiceRun, {
      steps: [step],
      answers: { budget: { amount: '10', email: maria, verified: 'yes' } },
    });
    expect(said).toContain(`AWS mailed ${maria} only seconds ago`);
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.summary).toMatch(atOnce);
    expect(finding.remedy).toContain('Make sure that the link in the mail of AWS was opened');
  });

  it('is no longer doubted once it is taken back and given again later', async () => {
    const clock = fastClock();
    const practiceRun = await startPracticeRun({ scenario: 'clean', clock });
    await runScripted(practiceRun, { steps: [step] });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.summary).toMatch(atOnce);
    const session = await openSession(practiceRun);
    await session.progress.attestations.keep('budget', { said: 'taken-back', on: clock.now() });
    await clock.sleep(60_000);
    await runScripted(practiceRun, { steps: [step] });
    const after = (await checkIn(step, await resumeRun(practiceRun))).finding;
    expect(after.status).toBe('attested');
    expect(after.summary).not.toMatch(atOnce);
  });

  it('is not doubted when the address was mailed long before', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantBudget(world, 'mine')),
    });
    const { said } = await runScripted(practiceRun, { steps: [step] });
    expect(said).not.toContain('only seconds ago');
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status).toBe('attested');
    expect(finding.summary).not.toMatch(atOnce);
  });

  it('is not doubted when the owner took the time to open a mail', async () => {
    const clock = fastClock();
    const practiceRun = await startPracticeRun({ scenario: 'clean', clock });
    const who = owner({ amount: ['10'], email: [maria], verified: ['yes'] });
    const ask = who.ask.bind(who);
    const patient: typeof who = Object.assign(who, {
      ask: async (...asked: Parameters<typeof ask>) => {
        if (asked[1] === 'verified') await clock.sleep(45_000);
        return ask(...asked);
      },
    });
    const { checkResult } = await runStepByHand('budget', practiceRun, patient);
    expect(checkResult.finding.status).toBe('attested');
    expect(checkResult.finding.summary).not.toMatch(atOnce);
  });
});
