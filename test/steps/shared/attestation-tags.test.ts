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
const again = async (id: string, rehearsal: PracticeRun, who: Owner): Promise<void> => {
  const session = await openSession(rehearsal);
  await runStep(findStep(id), { ...session, dialogue: who }, true);
};

/** An account in which the owner has given all three words, with the answer that belongs to each. */
const onTheirWord = async () => {
  const rehearsal = await startPracticeRun();
  await runScripted(rehearsal, { steps: allSteps.filter(({ id }) => id !== 'groups') });
  await runStepByHand('groups', rehearsal, owner({ scope: ['only-me'] }));
  return resumeRun(rehearsal);
};

const statusOf = async (id: string, rehearsal: PracticeRun) =>
  (await checkIn(findStep(id), rehearsal)).finding.status;

describe.each([
  ['billing-access', { activated: ['later'] }],
  ['groups', { scope: ['only-me'], 'wizard/go-ahead': ['yes', 'not-now'] }],
  ['budget', { verified: ['later'] }],
])('the word of the owner on %s', (id, answers) => {
  it('stands until they take it back', async () => {
    const rehearsal = await onTheirWord();
    const who = owner();
    await again(id, rehearsal, who);
    expect(who.names()).toEqual(['wizard/word']);
    expect(listChanges(rehearsal)).toEqual([]);
    expect(await statusOf(id, rehearsal)).toBe('attested');
  });

  it('is taken back with consent, wherever it was kept, and the step is open again', async () => {
    const rehearsal = await onTheirWord();
    const who = owner({ 'wizard/word': ['take-back'], ...answers });
    const before = rehearsal.clock.now().getTime();
    await again(id, rehearsal, who);
    expect(who.names().slice(0, 2)).toEqual(['wizard/word', 'wizard/go-ahead']);
    expect(listChanges(rehearsal).map(({ operation }) => operation)).toEqual(['iam:TagUser']);
    // AWS shows it at once here, so that nobody is kept waiting for something to become done.
    expect(rehearsal.clock.now().getTime() - before).toBeLessThan(1000);
    const elsewhere = await resumeRun(rehearsal);
    expect(await statusOf(id, elsewhere)).not.toBe('attested');
  });

  it('can be given again at once', async () => {
    const rehearsal = await onTheirWord();
    const given = id === 'groups' ? { scope: ['only-me'] } : {};
    await again(id, rehearsal, owner({ 'wizard/word': ['take-back'], ...given }));
    expect(await statusOf(id, rehearsal)).toBe('attested');
  });
});
