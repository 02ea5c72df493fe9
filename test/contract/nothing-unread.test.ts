import { describe, expect, it } from 'vitest';
import { isDone } from '../../src/core/status.ts';
import { createAccessDeniedError, type Faults } from '../../src/practice/faults.ts';
import type { World } from '../../src/practice/world/world.ts';
import { allSteps } from '../../src/steps/index.ts';
import {
  callsWithoutPermission,
  runStepsIn,
  startingAccountNames,
  startIn,
} from '../_support/starting-accounts.ts';
import {
  checkIn,
  findStep,
  openSession,
  reasonOf,
  startPracticeRun,
  type PracticeRun,
} from '../_support/practice-run.ts';
import { accountWith, alertTo, plantBudget, plantTopic } from '../_support/practice-worlds.ts';

/** A budget that AWS itself shows to warn somebody: through a topic, by telephone. */
const warnedByTelephone = (): World =>
  accountWith((world) => {
    const topic = plantTopic(world, 'money', true);
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { Service: 'budgets.amazonaws.com' },
        Action: 'SNS:Publish',
        Resource: topic,
      },
    ];
    for (const one of world.topics) one.attributes['Policy'] = JSON.stringify({ Statement });
    for (const one of world.subscriptions) one.protocol = 'sms';
    world.outOfSmsSandbox = true;
    plantBudget(world, 'mine', { alerts: [alertTo([topic])] });
  });

const ids = allSteps.map(({ id }) => id);

/** Accounts in which steps are done, by how they became so. */
const finished: Readonly<Record<string, { steps: readonly string[]; create: () => Promise<World> }>> = {
  ...Object.fromEntries(
    startingAccountNames.map((begins) => [
      `a whole setup that started in ${begins}`,
      {
        steps: ids,
        create: async () => {
          const practiceRun = await startIn(begins);
          await runStepsIn(begins, practiceRun, ids);
          return practiceRun.practice.snapshot();
        },
      },
    ]),
  ),
  'a budget that warns by telephone': {
    steps: ['budget'],
    create: () => Promise.resolve(warnedByTelephone()),
  },
};

/** Reads that do not bear on a step that is done, each with its reason. */
const readsWithoutWeight: Readonly<Record<string, readonly string[]>> = {
  // Figures that AWS publishes prove that billing alerts are on. The preference is only asked where there are none.
  'billing-alarm': ['billing:GetBillingPreferences'],
};

/** The reads of a step's check, in order, without those that the session made before. */
const listReads = async (id: string, practiceRun: PracticeRun): Promise<readonly string[]> => {
  const session = await openSession(practiceRun);
  const before = Object.values(session.evidence).flat();
  const { evidence } = await checkIn(findStep(id), practiceRun);
  return evidence
    .map(({ operation }) => operation)
    .filter((operation) => !before.some((call) => call.operation === operation))
    .filter((operation) => !callsWithoutPermission.has(operation))
    .filter((operation) => !readsWithoutWeight[id]?.includes(operation));
};

/** Each read by its operation and how many of the same came before it. */
const toMoments = (reads: readonly string[]) =>
  reads.map((operation, index) => ({
    operation,
    nth: reads.slice(0, index + 1).filter((one) => one === operation).length,
  }));

describe.each(Object.entries(finished))('after %s,', (_name, { steps, create }) => {
  let creating: Promise<World> | undefined;

  it.each(steps)('the step %s is not done while any of its reads is refused', async (id) => {
    creating ??= create();
    const scenario = await creating;
    const start = (faults: Faults = {}) => startPracticeRun({ scenario, faults });
    const { finding } = await checkIn(findStep(id), await start());
    expect(isDone(finding.status), reasonOf(finding)).toBe(true);
    for (const { operation, nth } of toMoments(await listReads(id, await start()))) {
      const getError = (one: string, count: number) =>
        one === operation && count === nth ? createAccessDeniedError(operation) : undefined;
      const refused = await checkIn(findStep(id), await start({ getError }));
      const why = `without ${operation} ${nth}\n${reasonOf(refused.finding)}`;
      expect(isDone(refused.finding.status), why).toBe(false);
    }
  });
});
