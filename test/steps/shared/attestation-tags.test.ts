import { describe, expect, it } from 'vitest';
import { allSteps } from '../../../src/steps/index.ts';
import { runStep } from '../../../src/run/run-step.ts';
import { owner, type Owner } from '../../_support/owner.ts';
import {
  changesIn,
  lookAt,
  play,
  rehearse,
  resumed,
  sessionOf,
  stepNamed,
  type Rehearsal,
} from '../../_support/rehearse.ts';
import { takeByHand } from '../../_support/worlds.ts';

/** The owner chooses a step that may be done already. */
const again = async (id: string, rehearsal: Rehearsal, who: Owner): Promise<void> => {
  const session = await sessionOf(rehearsal);
  await runStep(stepNamed(id), { ...session, dialogue: who }, true);
};

/** An account in which the owner has given all three words, with the answer that belongs to each. */
const onTheirWord = async () => {
  const rehearsal = await rehearse();
  await play(rehearsal, { steps: allSteps.filter(({ id }) => id !== 'groups') });
  await takeByHand('groups', rehearsal, owner({ scope: ['only-me'] }));
  return resumed(rehearsal);
};

const statusOf = async (id: string, rehearsal: Rehearsal) =>
  (await lookAt(stepNamed(id), rehearsal)).finding.status;

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
    expect(changesIn(rehearsal)).toEqual([]);
    expect(await statusOf(id, rehearsal)).toBe('attested');
  });

  it('is taken back with consent, wherever it was kept, and the step is open again', async () => {
    const rehearsal = await onTheirWord();
    const who = owner({ 'wizard/word': ['take-back'], ...answers });
    const before = rehearsal.clock.now().getTime();
    await again(id, rehearsal, who);
    expect(who.names().slice(0, 2)).toEqual(['wizard/word', 'wizard/go-ahead']);
    expect(changesIn(rehearsal).map(({ operation }) => operation)).toEqual(['iam:TagUser']);
    // AWS shows it at once here, so that nobody is kept waiting for something to become done.
    expect(rehearsal.clock.now().getTime() - before).toBeLessThan(1000);
    const elsewhere = await resumed(rehearsal);
    expect(await statusOf(id, elsewhere)).not.toBe('attested');
  });

  it('can be given again at once', async () => {
    const rehearsal = await onTheirWord();
    const given = id === 'groups' ? { scope: ['only-me'] } : {};
    await again(id, rehearsal, owner({ 'wizard/word': ['take-back'], ...given }));
    expect(await statusOf(id, rehearsal)).toBe('attested');
  });
});
