import { describe, expect, it } from 'vitest';
import { describeFutureWord, findAttestation } from '../../../src/steps/shared/attestation-tags.ts';
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
import { createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import { accountWith, plantAdministrator, runStepByHand } from '../../_support/practice-worlds.ts';

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
    const given = { scope: ['only-me'], activated: ['activated'], verified: ['yes'] };
    await again(id, practiceRun, owner({ 'wizard/word': ['take-back'], ...given }));
    expect(await statusOf(id, practiceRun)).toBe('attested');
  });
});

describe('what tags and the progress file say of the same', () => {
  const step = findStep('billing-access');

  /** Administrators by name, each with a tag, and what the file of this machine holds. */
  const judge = async (tags: Readonly<Record<string, string>>, kept?: { said: string; on: string }) => {
    const scenario = accountWith((world) => {
      for (const [name, Value] of Object.entries(tags)) {
        plantAdministrator(world, name);
        for (const user of world.users)
          if (user.name === name) user.tags = [{ Key: 'aws-first-steps:billing-access', Value }];
      }
    });
    const practiceRun = await startPracticeRun({ scenario });
    if (kept) {
      const { progress } = await openSession(practiceRun);
      await progress.keepAttestation('billing-access', { ...kept, on: new Date(kept.on) });
    }
    const { status, summary } = (await checkIn(step, practiceRun)).finding;
    return `${status}: ${summary}`;
  };

  const on = (day: string) => `attested: Activated, on your word of ${day}`;

  it.each<[string, Parameters<typeof judge>, string]>([
    [
      'the newest tag counts',
      [{ anna: 'activated 2026-11-01', maria: 'activated 2026-11-20' }],
      on('2026-11-20'),
    ],
    [
      'in whatever order',
      [{ anna: 'activated 2026-11-20', maria: 'activated 2026-11-01' }],
      on('2026-11-20'),
    ],
    [
      'a tag that takes it back counts before an older one',
      [{ anna: 'activated 2026-11-01', maria: 'taken-back 2026-11-20' }],
      'unmet',
    ],
    [
      'and not before a newer one',
      [{ anna: 'activated 2026-11-21', maria: 'taken-back 2026-11-20' }],
      on('2026-11-21'),
    ],
    [
      'of the same day, it counts',
      [{ anna: 'activated 2026-11-20', maria: 'taken-back 2026-11-20' }],
      'unmet',
    ],
    [
      'the file counts if it is newer',
      [{ maria: 'activated 2026-11-01' }, { said: 'taken-back', on: '2026-11-02T10:00:00Z' }],
      'unmet',
    ],
    [
      'the tag counts if it is newer',
      [{ maria: 'taken-back 2026-11-03' }, { said: 'activated', on: '2026-11-02T10:00:00Z' }],
      'unmet',
    ],
    [
      'of the same day, the tag counts, since every machine knows it',
      [{ maria: 'taken-back 2026-11-02' }, { said: 'activated', on: '2026-11-02T10:00:00Z' }],
      'unmet',
    ],
    [
      'a tag from the future hides nothing that is older',
      [{ anna: 'activated 2031-01-01', maria: 'activated 2026-11-01' }],
      on('2026-11-01'),
    ],
    [
      'nor what the file says',
      [
        { anna: 'activated 2031-01-01', maria: 'taken-back 2026-11-01' },
        { said: 'activated', on: '2026-11-02' },
      ],
      on('2026-11-02'),
    ],
    [
      'a day that no calendar has does not count',
      [{ maria: 'activated 2026-02-31' }],
      'unmet: Nobody has said',
    ],
  ])('%s', async (_, given, expected) => {
    expect(await judge(...given)).toContain(expected);
  });

  it('a tag of a user who is no administrator does not count', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      const tags = [{ Key: 'aws-first-steps:billing-access', Value: 'activated 2026-11-01' }];
      world.users.push(createScenarioUser(world, 'bob', { tags }));
    });
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('unmet');
  });
});

describe('the attestation that counts', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const administrator = (name: string, tag: string) => ({
    name,
    arn: `arn:aws:iam::123456789012:user/${name}`,
    attached: [{ name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    inline: [],
    groups: [],
    tags: { 'aws-first-steps:budget': tag },
    boundary: undefined,
  });
  const find = (tags: readonly string[], kept?: { said: string; on: Date }) =>
    findAttestation(
      {
        users: tags.map((tag, nth) => administrator(`user-${nth}`, tag)),
        groups: [],
        roles: [],
        policyDocuments: new Map(),
      },
      { attestations: { of: () => kept }, now },
      'budget',
    );
  const said = (...args: Parameters<typeof find>) => find(...args).attestation?.said;

  it('is the newest, and of the same day the one that takes it back, in whatever order AWS lists them', () => {
    expect(said(['yes 2026-11-20', 'no 2026-11-21'])).toBe('no');
    expect(said(['yes 2026-11-21', 'no 2026-11-20'])).toBe('yes');
    expect(said(['yes 2026-11-20', 'taken-back 2026-11-20'])).toBe('taken-back');
    expect(said(['taken-back 2026-11-20', 'yes 2026-11-20'])).toBe('taken-back');
    expect(said(['yes 2026-11-21', 'taken-back 2026-11-20'])).toBe('yes');
  });

  it('is a tag before the progress file of the same day, which counts when it is newer', () => {
    const file = (day: string) => ({ said: 'file', on: new Date(`${day}T23:00:00Z`) });
    expect(said(['tag 2026-11-20'], file('2026-11-20'))).toBe('tag');
    expect(said(['tag 2026-11-20'], file('2026-11-21'))).toBe('file');
    expect(said([], file('2026-11-20'))).toBe('file');
    expect(said([])).toBeUndefined();
  });

  it('is none of a day to come, unless it takes something back, and that is said', () => {
    const { attestation, fromFuture } = find(['yes 2026-11-24', 'no 2026-11-20']);
    expect(attestation?.said).toBe('no');
    expect(fromFuture?.said).toBe('yes');
    expect(describeFutureWord({ fromFuture })).toContain('2026-11-24');
    expect(describeFutureWord({ fromFuture: undefined })).toBe('');
    expect(said(['taken-back 2026-11-24', 'yes 2026-11-20'])).toBe('taken-back');
    expect(said(['yes 2026-11-23'])).toBe('yes');
  });

  it.each([
    'yes',
    'yes 2026-02-31',
    'yes 2026-11-20 more',
    'two words 2026-11-20',
    ' 2026-11-20',
    'x\nyes 2026-11-20',
  ])('is no tag of another form: %j', (tag) => {
    expect(find([tag])).toEqual({ attestation: undefined, fromFuture: undefined });
  });
});
