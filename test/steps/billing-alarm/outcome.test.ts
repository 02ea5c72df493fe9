import { describe, expect, it } from 'vitest';
import { createAccessDeniedError } from '../../../src/practice/faults.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { checkIn, findStep, resumeRun, runScripted, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAlarm, plantTopic, publishCharges } from '../../_support/practice-worlds.ts';

const step = findStep('billing-alarm');

const outcomeIn = async (plant: (world: World) => void) => {
  const { finding } = await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }));
  return step.outcome?.(finding.facts);
};

/** Alarms at these amounts, on a topic with one confirmed subscriber. */
const plantAlarms = (world: World, ...amounts: readonly number[]): void => {
  publishCharges(world);
  const AlarmActions = [plantTopic(world, 'money', true)];
  for (const Threshold of amounts) plantAlarm(world, `at-${Threshold}`, { Threshold, AlarmActions });
};

describe('what follows from the billing alarm', () => {
  it('is at which amounts and to which address it warns, and that this is proven', async () => {
    const practiceRun = await startPracticeRun();
    const answers = { 'billing-alarm': { email: 'maria@example.com', amounts: '20, 5' } };
    await runScripted(practiceRun, { steps: [step], answers: { ...answers } });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status).toBe('met');
    expect(step.outcome?.(finding.facts)).toEqual([
      {
        about: 'warnings',
        text: 'at 5 and 20 USD, by mail to maria@example.com (proven)',
      },
    ]);
  });

  it('comes once AWS publishes figures, without which no alarm can fire', async () => {
    const outcome = await outcomeIn((world) => {
      plantAlarms(world, 5);
      world.billing.figuresAfter = 15;
      world.billing.alertsSince = '2026-11-23T12:00:00.000Z';
    });
    expect(outcome).toEqual([
      { about: 'warnings', text: 'at 5 USD, by mail to maria@example.com (once AWS publishes figures)' },
    ]);
  });

  it('calls nothing proven before a fire drill', async () => {
    expect(await outcomeIn((world) => plantAlarms(world, 5, 20))).toEqual([
      { about: 'warnings', text: 'at 5 and 20 USD, by mail to maria@example.com (not proven)' },
    ]);
  });

  it('calls nothing proven where AWS refuses to say whether the proof still holds', async () => {
    const practiceRun = await startPracticeRun({ scenario: accountWith((world) => plantAlarms(world, 5)) });
    await runScripted(practiceRun, { steps: [step] });
    const sees = async (faults = {}) => {
      const { finding } = await checkIn(step, await resumeRun(practiceRun, { faults }));
      return step.outcome?.(finding.facts).map(({ text }) => text);
    };
    expect(await sees()).toEqual(['at 5 USD, by mail to maria@example.com (proven)']);
    const getError = (operation: string) =>
      operation === 'sns:GetSubscriptionAttributes' ? createAccessDeniedError(operation) : undefined;
    expect(await sees({ getError })).toEqual(['at 5 USD, by mail to maria@example.com (not proven)']);
  });

  it('is nothing while nobody has confirmed a mail', async () => {
    const outcome = await outcomeIn((world) => {
      plantAlarms(world, 5);
      for (const one of world.subscriptions) one.confirmed = false;
    });
    expect(outcome).toEqual([]);
  });

  it('names three of many addresses, and counts the rest', async () => {
    const outcome = await outcomeIn((world) => {
      plantAlarms(world, 5);
      const [first] = world.subscriptions;
      for (const name of ['anna', 'otto', 'paul', 'rosa'])
        if (first)
          world.subscriptions.push({
            ...first,
            arn: `${first.arn}-${name}`,
            endpoint: `${name}@example.com`,
          });
    });
    expect(outcome?.[0]?.text).toBe(
      'at 5 USD, by mail to maria@example.com, anna@example.com, otto@example.com and 2 more (not proven)',
    );
  });

  it.each([
    ['sms', '+4915112345678', 'by text message to +4915112345678'],
    ['https', 'https://example.com/hook', 'through the topic money'],
  ])('says how a subscription by %s is warned', async (protocol, endpoint, way) => {
    const outcome = await outcomeIn((world) => {
      plantAlarms(world, 5);
      for (const one of world.subscriptions) Object.assign(one, { protocol, endpoint });
    });
    expect(outcome).toEqual([{ about: 'warnings', text: `at 5 USD, ${way} (not proven)` }]);
  });
});
