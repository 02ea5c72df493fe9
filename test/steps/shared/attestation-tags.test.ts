import { describe, expect, it } from 'vitest';
import { allSteps } from '../../../src/steps/index.ts';
import { runStep } from '../../../src/run/run-step.ts';
import { owner, type Owner } from '../../_support/scripted-owner.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  openSession,
  findStep,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { runStepByHand } from '../../_support/practice-worlds.ts';

/** The owner chooses a step that may be done already. */
const again = async (id: string, practiceRun: PracticeRun, who: Owner): Promise<void> => {
  const session = await openSession(practiceRun);
  await runStep(findStep(id), { ...session, dialogue: who }, true);
};

/** An account in which the owner has given all three attestations, with the answer that belongs to each. */
const onTheirWord = async () => {
  const practiceRun = await startPracticeRun();
  await runScripted(practiceRun, { steps: allSteps.filter(({ id }) => id !== 'groups') });
  await runStepByHand('groups', practiceRun, owner({ scope: ['only-me'] }));
  return resumeRun(practiceRun);
};

const statusOf = async (id: string, practiceRun: PracticeRun) =>
  (await checkIn(findStep(id), practiceRun)).finding.status;

describe.each([
  ['billing-access', { activated: ['later'] }],
  ['groups', { scope: ['only-me'], 'wizard/go-ahead': ['yes', 'not-now'] }],
  ['budget', { verified: ['later'] }],
])('the attestation for %s', (id, answers) => {
  it('counts until the owner revokes it', async () => {
    const practiceRun = await onTheirWord();
    const who = owner();
    await again(id, practiceRun, who);
    expect(who.names()).toEqual(['wizard/word']);
    expect(listChanges(practiceRun)).toEqual([]);
    expect(await statusOf(id, practiceRun)).toBe('attested');
  });

  it('is revoked with consent, wherever it was kept, and the step is open again', async () => {
    const practiceRun = await onTheirWord();
    const who = owner({ 'wizard/word': ['take-back'], ...answers });
    const before = practiceRun.clock.now().getTime();
    await again(id, practiceRun, who);
    expect(who.names().slice(0, 2)).toEqual(['wizard/word', 'wizard/go-ahead']);
    expect(listChanges(practiceRun).map(({ operation }) => operation)).toEqual(['iam:TagUser']);
    // AWS shows it at once here, so that nobody is kept waiting for something to become done.
    expect(practiceRun.clock.now().getTime() - before).toBeLessThan(1000);
    const elsewhere = await resumeRun(practiceRun);
    expect(await statusOf(id, elsewhere)).not.toBe('attested');
  });

  it('can be given again at once', async () => {
    const practiceRun = await onTheirWord();
    const given = id === 'groups' ? { scope: ['only-me'] } : {};
    await again(id, practiceRun, owner({ 'wizard/word': ['take-back'], ...given }));
    expect(await statusOf(id, practiceRun)).toBe('attested');
  });
});
