import { describe, expect, it } from 'vitest';
import type { World } from '../../src/practice/world/world.ts';
import { changesIn, lookAt, play, rehearse, resumed, stepNamed } from '../_support/rehearse.ts';
import { owner } from '../_support/owner.ts';
import { accountWith, plantAdministrator, takeByHand } from '../_support/worlds.ts';

const step = stepNamed('billing-access');
const only = { steps: [step] };

const tagged = (value: string, name = 'maria') =>
  accountWith((world: World) => {
    plantAdministrator(world, name);
    for (const user of world.users) user.tags = [{ Key: 'aws-first-steps:billing-access', Value: value }];
  });

describe('billing access', () => {
  it('is done on the word of the owner, with its date: AWS has no way to ask', async () => {
    const scenario = accountWith((world) => plantAdministrator(world, 'maria'));
    const rehearsal = await rehearse({ scenario });
    const { checkResult } = await takeByHand('billing-access', rehearsal);
    expect(checkResult.finding).toMatchObject({
      status: 'attested',
      summary: 'Activated, on your word of 2026-11-23',
    });
    expect(changesIn(rehearsal)).toMatchObject([
      {
        operation: 'iam:TagUser',
        input: { UserName: 'maria', Tags: [{ Value: 'activated 2026-11-23' }] },
      },
    ]);
  });

  it('is found by its tag from a machine that has never seen the progress file', async () => {
    const first = await rehearse({ scenario: accountWith((world) => plantAdministrator(world, 'maria')) });
    await play(first, only);
    const elsewhere = await rehearse({ scenario: first.practice.snapshot() });
    expect(elsewhere.folder).not.toBe(first.folder);
    expect((await lookAt(step, elsewhere)).finding.status).toBe('attested');
  });

  it('is still found when an administrator has joined whose name comes first', async () => {
    const scenario = tagged('activated 2026-11-01');
    plantAdministrator(scenario, 'anna');
    expect((await lookAt(step, await rehearse({ scenario }))).finding.summary).toContain('2026-11-01');
  });

  it('keeps the word in the progress file where there is no administrator yet', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    const { checkResult } = await takeByHand('billing-access', rehearsal);
    expect(checkResult.finding.status).toBe('attested');
    expect(changesIn(rehearsal)).toEqual([]);
    expect((await lookAt(step, await resumed(rehearsal))).finding.status).toBe('attested');
  });

  it('is not done on the word of somebody who is no administrator', async () => {
    const scenario = tagged('activated 2026-11-01');
    for (const user of scenario.users) user.groups = [];
    expect((await lookAt(step, await rehearse({ scenario }))).finding.status).toBe('unmet');
  });

  it.each(['yes', 'activated', 'activated today', 'activated 2026-13-45', 'refused 2026-11-01', ''])(
    'is not done by a tag that says "%s"',
    async (value) => {
      expect((await lookAt(step, await rehearse({ scenario: tagged(value) }))).finding.status).toBe('unmet');
    },
  );

  it('stays to do on "not yet", and nothing is asked twice or kept', async () => {
    const rehearsal = await rehearse({ scenario: 'clean' });
    const who = owner({ activated: ['later'] });
    const { checkResult } = await takeByHand('billing-access', rehearsal, who);
    expect(checkResult.finding.status).toBe('unmet');
    expect(who.names()).toEqual(['activated']);
  });

  it('says where to go before it asks whether it is done', async () => {
    const { owner: who } = await takeByHand('billing-access', await rehearse({ scenario: 'clean' }));
    expect(who.told.find((note) => note.kind === 'manual-task')).toMatchObject({
      url: expect.stringMatching(/^https:\/\/console\.aws\.amazon\.com\/billing\//),
    });
  });
});
