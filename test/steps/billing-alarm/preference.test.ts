import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import type { PracticeOptions } from '../../../src/practice/account.ts';
import { scenarios } from '../../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../../src/practice/world/world.ts';
import type { BillingAlertsPreference } from '../../../src/steps/billing-alarm/facts.ts';
import { readBillingAlertsPreference } from '../../../src/steps/billing-alarm/preference.ts';
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

const turnedOn = (practiceRun: PracticeRun) =>
  listChanges(practiceRun).flatMap(({ operation, input }) =>
    operation === 'billing:UpdateBillingPreferences' ? [input] : [],
  );

const finding = async (practiceRun: PracticeRun) => (await checkIn(step, practiceRun)).finding;

describe('billing alerts', () => {
  it('are turned on by the key that AWS lists, after the program says that this is permanent', async () => {
    const practiceRun = await begin(() => {});
    const { said } = await runScripted(practiceRun, only);
    expect(said).toContain('no way to turn them off');
    expect(turnedOn(practiceRun)).toEqual([
      { feature: 'BILLING_ALERTS', billingPreferencesPerKey: [{ key: 'cloudwatch', value: 'ENABLED' }] },
    ]);
    expect((await finding(practiceRun)).status).toBe('met');
  });

  it('are not turned on again when AWS says that they are on and only the figures are missing', async () => {
    const practiceRun = await begin((world) => {
      world.billing.alertsSince = '2026-11-23T12:00:00.000Z';
      world.billing.figuresAfter = 15;
    });
    const { said } = await runScripted(practiceRun, only);
    expect(turnedOn(practiceRun)).toEqual([]);
    expect(said).toContain('the first figures take 15 minutes');
    expect(said).not.toContain('tick "Receive');
    expect(await finding(practiceRun)).toMatchObject({
      status: 'waiting',
      summary: expect.stringMatching(/no figures yet.*proven on 2026-11-23, today/),
      remedy: expect.not.stringContaining('fire drill'),
    });
    await practiceRun.clock.sleep(15 * 60_000);
    expect((await finding(practiceRun)).status).toBe('met');
  });

  it('can be waited for: the step continues as soon as the figures appear', async () => {
    const practiceRun = await begin((world) => {
      world.billing.figuresAfter = 15;
    });
    const who = owner({ email: ['maria@example.com'], 'wait-for-metric': [saysNothing] });
    await runStepByHand('billing-alarm', practiceRun, who);
    expect((await finding(practiceRun)).summary).not.toContain('figures');
  });

  it('are tried under the usual key when AWS lists nothing, and only the figures show that it worked', async () => {
    const practiceRun = await begin((world) => {
      world.billing.preferences = 'empty';
    });
    expect((await finding(practiceRun)).summary).not.toMatch(/alerts are off/i);
    await runScripted(practiceRun, only);
    expect(turnedOn(practiceRun)).toMatchObject([{ billingPreferencesPerKey: [{ key: 'cloudwatch' }] }]);
    expect((await finding(practiceRun)).status).toBe('met');
  });

  it.each(['refused', 'strange'] as const)(
    'are left to the console when the API is %s, and the figures show the rest',
    async (preferences) => {
      const practiceRun = await begin((world) => {
        world.billing.preferences = preferences;
      });
      const before = await finding(practiceRun);
      expect(before.status).toBe('unmet');
      expect(before.summary).toMatch(
        /no alarm on what the account costs; AWS publishes no billing figures yet/i,
      );
      const { code, said } = await runScripted(practiceRun, only);
      expect(turnedOn(practiceRun)).toEqual([]);
      expect(said).toContain('tick "Receive CloudWatch billing alerts"');
      expect(code).toBe(0);
      expect((await finding(practiceRun)).status).toBe('met');
    },
  );

  it('are left to the console when only turning them on is refused, and the program says so', async () => {
    const practiceRun = await begin(() => {}, {
      faults: {
        getError: (operation) =>
          operation === 'billing:UpdateBillingPreferences' ? createAccessDeniedError(operation) : undefined,
      },
    });
    const { code, said } = await runScripted(practiceRun, only);
    expect(said).toMatch(/not allowed to call billing:UpdateBillingPreferences.* in the console/);
    expect(said).toContain('tick "Receive CloudWatch billing alerts"');
    expect(code).toBe(0);
  });

  it('belong to the account that pays: in a member account the program says so, and tries nothing', async () => {
    const practiceRun = await startPracticeRun({ scenario: scenarios.member(accountWith(() => {})) });
    await runScripted(practiceRun, only);
    expect(turnedOn(practiceRun)).toEqual([]);
    const { remedy, status } = await finding(practiceRun);
    expect(status).not.toBe('met');
    expect(remedy).toContain('Ask in the account that pays for this one');
  });
});

describe('a read of the alarm that AWS refuses', () => {
  const answer = (denied: string) => (operation: string) =>
    operation === denied ? createAccessDeniedError(operation) : undefined;

  it.each(['cloudwatch:ListAlarmMuteRules', 'sns:GetTopicAttributes', 'sns:GetSubscriptionAttributes'])(
    'leaves it open whether a proof still holds, and hides no other finding: %s',
    async (denied) => {
      const first = await startPracticeRun();
      await runScripted(first, only);
      const practiceRun = await startPracticeRun({
        scenario: first.practice.snapshot(),
        faults: { getError: answer(denied) },
      });
      expect(await finding(practiceRun)).toMatchObject({
        status: 'unknown',
        summary: expect.stringMatching(
          new RegExp(`proven on .*not known whether it still reaches you; .*refused: ${denied}`),
        ),
        remedy: `Look again as somebody who may call ${denied}.`,
      });
    },
  );
});

describe('what AWS lists about billing alerts', () => {
  const entry = (key: string, value: string, feature = 'BILLING_ALERTS') => ({ feature, key, value });

  it.each<[string, readonly ReturnType<typeof entry>[], BillingAlertsPreference]>([
    ['one entry, on', [entry('cloudwatch', 'ENABLED')], { state: 'on', keys: [] }],
    ['one entry with a key of any name', [entry('x', 'DISABLED')], { state: 'off', keys: ['x'] }],
    [
      'another entry beside it, whatever that says',
      [entry('cloudwatch', 'ENABLED'), entry('pdf', 'DISABLED')],
      { state: 'on', keys: [] },
    ],
    [
      'two entries about alerts, one of them off',
      [entry('cloudwatch', 'ENABLED'), entry('alerts', 'DISABLED')],
      { state: 'off', keys: ['alerts'] },
    ],
    ['a word that is not known', [entry('cloudwatch', 'MAYBE')], { state: 'unknown', keys: [] }],
    [
      'a word that is not known beside one that is',
      [entry('cloudwatch', 'ENABLED'), entry('alerts', 'MAYBE')],
      { state: 'unknown', keys: [] },
    ],
    [
      'two entries, neither about alerts',
      [entry('pdf', 'ENABLED'), entry('mail', 'DISABLED')],
      { state: 'unknown', keys: [] },
    ],
    [
      'an entry of another feature only',
      [entry('cloudwatch', 'ENABLED', 'PDF_INVOICES')],
      { state: 'unknown', keys: ['cloudwatch'] },
    ],
    ['nothing', [], { state: 'unknown', keys: ['cloudwatch'] }],
  ])('is understood: %s', async (_, billingPreferences, preference) => {
    const { aws } = await startPracticeRun();
    const answering = aws.withPlugin(({ operation }, next) =>
      operation === 'billing:GetBillingPreferences' ? Promise.resolve({ billingPreferences }) : next(),
    );
    expect(await readBillingAlertsPreference(answering)).toEqual(preference);
  });
});
