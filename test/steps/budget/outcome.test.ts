import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/practice/world/world.ts';
import { allCharges } from '../../_support/cost-types.ts';
import { checkIn, findStep, resumeRun, runScripted, startPracticeRun } from '../../_support/practice-run.ts';
import {
  accountWith,
  alertTo,
  plantAdministrator,
  plantBudget,
  plantTopic,
} from '../../_support/practice-worlds.ts';

const step = findStep('budget');

const outcomeIn = async (plant: (world: World) => void) => {
  const { finding } = await checkIn(step, await startPracticeRun({ scenario: accountWith(plant) }));
  return step.outcome?.(finding.facts).map(({ text }) => text);
};

const letBudgetsIn = (world: World): void => {
  for (const { attributes } of world.topics)
    attributes['Policy'] = JSON.stringify({
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' }, Action: 'SNS:Publish' },
      ],
    });
};

describe('what follows from the budget', () => {
  it('is its amount, when it warns and whom, on the word of the owner', async () => {
    const practiceRun = await startPracticeRun({
      scenario: accountWith((world) => plantAdministrator(world, 'anna')),
    });
    const answers = { budget: { amount: '10', email: 'maria@example.com', verified: 'yes' } };
    await runScripted(practiceRun, { steps: [step], answers });
    const { finding } = await checkIn(step, await resumeRun(practiceRun));
    expect(finding.status).toBe('attested');
    expect(step.outcome?.(finding.facts)).toEqual([
      {
        about: 'warnings',
        text: 'budget of 10 USD a month: at 8 and 10 USD, to maria@example.com (on your word)',
      },
    ]);
  });

  it('is not confirmed before the owner says that the address is verified', async () => {
    expect(await outcomeIn((world) => plantBudget(world, 'mine'))).toEqual([
      'budget of 50 USD a month: at 40 USD, to maria@example.com (not confirmed)',
    ]);
  });

  it('rests on nobody where AWS shows that a topic reaches somebody', async () => {
    const outcome = await outcomeIn((world) => {
      const topic = plantTopic(world, 'money', true);
      letBudgetsIn(world);
      plantBudget(world, 'mine', { alerts: [alertTo([topic, 'otto@example.com'])] });
    });
    expect(outcome).toEqual(['budget of 50 USD a month: at 40 USD, to the topic money']);
  });

  it('says that a budget is silent while credits pay', async () => {
    const outcome = await outcomeIn((world) => plantBudget(world, 'mine', { costTypes: allCharges }));
    expect(outcome).toEqual([
      'budget of 50 USD a month: at 40 USD, to maria@example.com (not confirmed, silent while credits pay)',
    ]);
  });

  it('names three of many addresses, and counts the rest', async () => {
    const outcome = await outcomeIn((world) =>
      plantBudget(world, 'mine', {
        alerts: [alertTo(['anna', 'maria', 'otto', 'paul', 'rosa'].map((name) => `${name}@example.com`))],
      }),
    );
    expect(outcome?.[0]).toContain('to anna@example.com, maria@example.com, otto@example.com and 2 more (');
  });

  it('is nothing without a budget, or with one that warns nobody', async () => {
    expect(await outcomeIn(() => undefined)).toEqual([]);
    expect(await outcomeIn((world) => plantBudget(world, 'mine', { alerts: [] }))).toEqual([]);
  });
});
