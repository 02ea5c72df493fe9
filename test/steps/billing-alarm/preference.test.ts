import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import type { PracticeOptions } from '../../../src/practice/account.ts';
import { scenarios } from '../../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { owner, saysNothing } from '../../_support/scripted-owner.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  findStep,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, runStepByHand } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');
const only = { steps: [step] };

const begin = (plant: (world: World) => void, options: PracticeOptions = {}) =>
  startPracticeRun({ ...options, scenario: accountWith(plant) });

const turnedOn = (rehearsal: PracticeRun) =>
  listChanges(rehearsal).flatMap(({ operation, input }) =>
    operation === 'billing:UpdateBillingPreferences' ? [input] : [],
  );

const finding = async (rehearsal: PracticeRun) => (await checkIn(step, rehearsal)).finding;

describe('billing alerts', () => {
  it('are turned on by the key that AWS lists, after it was said that this is for good', async () => {
    const rehearsal = await begin(() => {});
    const { said } = await runScripted(rehearsal, only);
    expect(said).toContain('cannot be turned off again');
    expect(turnedOn(rehearsal)).toEqual([
      { feature: 'BILLING_ALERTS', billingPreferencesPerKey: [{ key: 'cloudwatch', value: 'ENABLED' }] },
    ]);
    expect((await finding(rehearsal)).status).toBe('met');
  });

  it('are not turned on again where AWS says that they are on and only the figures are missing', async () => {
    const rehearsal = await begin((world) => {
      world.billing.alertsSince = '2026-11-23T12:00:00.000Z';
      world.billing.figuresAfter = 15;
    });
    const { said } = await runScripted(rehearsal, only);
    expect(turnedOn(rehearsal)).toEqual([]);
    expect(said).toContain('about 15 minutes later');
    expect(said).not.toContain('tick "Receive');
    expect(await finding(rehearsal)).toMatchObject({
      status: 'waiting',
      summary: expect.stringMatching(/no figures yet.*proven on 2026-11-23, today/),
      remedy: expect.not.stringContaining('fire drill'),
    });
    await rehearsal.clock.sleep(15 * 60_000);
    expect((await finding(rehearsal)).status).toBe('met');
  });

  it('can be waited for: it goes on by itself as soon as the figures are there', async () => {
    const rehearsal = await begin((world) => {
      world.billing.figuresAfter = 15;
    });
    const who = owner({ email: ['maria@example.com'], 'wait-for-metric': [saysNothing] });
    await runStepByHand('billing-alarm', rehearsal, who);
    expect((await finding(rehearsal)).summary).not.toContain('figures');
  });

  it('are tried under the usual key where AWS lists nothing, and only the figures tell that it worked', async () => {
    const rehearsal = await begin((world) => {
      world.billing.preferences = 'empty';
    });
    expect((await finding(rehearsal)).summary).not.toMatch(/alerts are off/i);
    await runScripted(rehearsal, only);
    expect(turnedOn(rehearsal)).toMatchObject([{ billingPreferencesPerKey: [{ key: 'cloudwatch' }] }]);
    expect((await finding(rehearsal)).status).toBe('met');
  });

  it.each(['refused', 'strange'] as const)(
    'are left to the console where the API is %s, and the figures tell the rest',
    async (preferences) => {
      const rehearsal = await begin((world) => {
        world.billing.preferences = preferences;
      });
      const before = await finding(rehearsal);
      expect(before.status).toBe('unmet');
      expect(before.summary).toMatch(
        /no alarm on what the account costs; AWS publishes no billing figures yet/i,
      );
      const { code, said } = await runScripted(rehearsal, only);
      expect(turnedOn(rehearsal)).toEqual([]);
      expect(said).toContain('tick "Receive CloudWatch billing alerts"');
      expect(code).toBe(0);
      expect((await finding(rehearsal)).status).toBe('met');
    },
  );

  it('are left to the console where only turning them on is refused, and that is said', async () => {
    const rehearsal = await begin(() => {}, {
      faults: {
        getError: (operation) =>
          operation === 'billing:UpdateBillingPreferences' ? createAccessDeniedError(operation) : undefined,
      },
    });
    const { code, said } = await runScripted(rehearsal, only);
    expect(said).toMatch(/not allowed billing:UpdateBillingPreferences.* in the console/);
    expect(said).toContain('tick "Receive CloudWatch billing alerts"');
    expect(code).toBe(0);
  });

  it('are the business of the account that pays: in a member account that is said, and nothing is tried', async () => {
    const rehearsal = await startPracticeRun({ scenario: scenarios.member(accountWith(() => {})) });
    await runScripted(rehearsal, only);
    expect(turnedOn(rehearsal)).toEqual([]);
    const { remedy, status } = await finding(rehearsal);
    expect(status).not.toBe('met');
    expect(remedy).toContain('Another account pays for this one');
  });
});

describe('what AWS would not tell', () => {
  const answer = (denied: string) => (operation: string) =>
    operation === denied ? createAccessDeniedError(operation) : undefined;

  it.each(['sns:GetTopicAttributes', 'sns:GetSubscriptionAttributes'])(
    'hides nothing else: %s',
    async (denied) => {
      const first = await startPracticeRun();
      await runScripted(first, only);
      const rehearsal = await startPracticeRun({
        scenario: first.practice.snapshot(),
        faults: { getError: answer(denied) },
      });
      expect(await finding(rehearsal)).toMatchObject({
        status: 'met',
        summary: expect.stringMatching(new RegExp(`proven on .*refused: ${denied}`)),
      });
    },
  );
});
