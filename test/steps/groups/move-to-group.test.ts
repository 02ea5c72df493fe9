import { describe, expect, it } from 'vitest';
import { HaltedError } from '../../../src/practice/faults.ts';
import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../../src/practice/world/world.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
  type PracticeRun,
} from '../../_support/practice-run.ts';
import { accountWith, permissionsOf, policy } from '../../_support/practice-worlds.ts';

const step = findStep('groups');
const moving = (move: boolean) => ({ steps: [step], answers: { groups: { move, scope: 'only-me' } } });

const document = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

/** Bob with two managed and two inline policies of his own, and what else is planted. */
const bobs = (more: (world: World) => void = () => {}) =>
  accountWith((world) => {
    world.groups.push(createScenarioGroup(world, 'readers', ['ReadOnlyAccess']));
    world.users.push(
      createScenarioUser(world, 'bob', {
        attached: [policy('SecurityAudit'), policy('PowerUserAccess')],
        inline: [
          { name: 'buckets', document: document('s3:ListAllMyBuckets') },
          { name: 'queues', document: document('sqs:Get%2FÄ+ 100%') },
        ],
        groups: ['readers'],
      }),
      createScenarioUser(world, 'eve'),
    );
    more(world);
  });

/** What bob may do, as a list of its own after every single change. */
const watchingBob = (practiceRun: PracticeRun): { practiceRun: PracticeRun; seen: (readonly string[])[] } => {
  const seen: (readonly string[])[] = [];
  const aws = practiceRun.aws.withPlugin(async (_call, next) => {
    const output = await next();
    seen.push(permissionsOf(practiceRun.practice.snapshot(), 'bob'));
    return output;
  });
  return { practiceRun: { ...practiceRun, aws }, seen };
};

describe('permissions attached to a user', () => {
  it('are named, managed and inline ones', async () => {
    for (const own of [
      { attached: [policy('SecurityAudit')] },
      { inline: [{ name: 'x', document: '{}' }] },
    ]) {
      const scenario = accountWith((world) => world.users.push(createScenarioUser(world, 'bob', own)));
      const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
      expect(finding.status).toBe('unmet');
      expect(finding.summary).toMatch(/not through a group: bob;/);
    }
  });

  it('stay where they are without consent', async () => {
    const practiceRun = await startPracticeRun({ scenario: bobs() });
    const before = practiceRun.practice.snapshot().users[0];
    const { code } = await runScripted(practiceRun, moving(false));
    expect(code).toBe(1);
    expect(practiceRun.practice.snapshot().users[0]).toEqual(before);
  });

  it('are the same after the move, and never less or more in between', async () => {
    const { practiceRun, seen } = watchingBob(await startPracticeRun({ scenario: bobs() }));
    const before = permissionsOf(practiceRun.practice.snapshot(), 'bob');
    expect((await runScripted(practiceRun, moving(true))).code).toBe(0);
    expect(seen.length).toBeGreaterThan(8);
    for (const permissions of seen) expect(permissions).toEqual(before);
    const [bob] = practiceRun.practice.snapshot().users;
    expect([bob?.attached, bob?.inline]).toEqual([[], []]);
  });

  it('are the same after the move wherever the program was killed', async () => {
    const whole = await startPracticeRun({ scenario: bobs() });
    await runScripted(whole, moving(true));
    const before = permissionsOf(bobs(), 'bob');
    for (let moment = 1; moment <= listChanges(whole).length; moment += 1) {
      let changes = 0;
      const changing = /:(Create|Attach|Put|Add|Detach|Delete)/;
      const halt = (operation: string, _nth: number, when: 'before' | 'after') => {
        if (when === 'after' && changing.test(operation)) changes += 1;
        return when === 'after' && changes === moment && changing.test(operation);
      };
      const killed = await startPracticeRun({ scenario: bobs(), faults: { shouldHalt: halt } });
      await expect(runScripted(killed, moving(true))).rejects.toBeInstanceOf(HaltedError);
      expect(permissionsOf(killed.practice.snapshot(), 'bob')).toEqual(before);
      const again = await resumeRun(killed);
      await runScripted(again, moving(true));
      expect(again.practice.snapshot().groups.map(({ name }) => name)).toEqual([
        'readers',
        'bob-permissions',
      ]);
      expect(permissionsOf(again.practice.snapshot(), 'bob')).toEqual(before);
      expect(again.practice.snapshot().users[0]?.attached).toEqual([]);
    }
  });

  it.each<[string, (world: World) => void]>([
    [
      'has another member',
      (world) => {
        world.groups.push(createScenarioGroup(world, 'Bob-Permissions'));
        for (const user of world.users) if (user.name === 'eve') user.groups.push('Bob-Permissions');
      },
    ],
    [
      'gives something else',
      (world) => world.groups.push(createScenarioGroup(world, 'bob-permissions', ['IAMFullAccess'])),
    ],
    [
      'says something else under the same name',
      (world) =>
        world.groups.push({
          ...createScenarioGroup(world, 'bob-permissions'),
          inline: [{ name: 'buckets', document: document('s3:*') }],
        }),
    ],
    [
      'says something else to bob already under the same name',
      (world) => {
        world.groups.push({
          ...createScenarioGroup(world, 'bob-permissions'),
          inline: [{ name: 'buckets', document: document('s3:*') }],
        });
        world.users[0]?.groups.push('bob-permissions');
      },
    ],
  ])('are not moved into a group of the usual name that %s', async (_what, plant) => {
    const practiceRun = await startPracticeRun({ scenario: bobs(plant) });
    const before = practiceRun.practice.snapshot();
    await runScripted(practiceRun, moving(true));
    const after = practiceRun.practice.snapshot();
    expect(permissionsOf(after, 'bob')).toEqual(permissionsOf(before, 'bob'));
    expect(permissionsOf(after, 'eve')).toEqual(permissionsOf(before, 'eve'));
    expect(after.users[0]?.attached).toEqual([]);
  });
});
