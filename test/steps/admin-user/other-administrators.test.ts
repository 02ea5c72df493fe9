import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { PracticeUser, World } from '../../../src/practice/world/world.ts';
import {
  checkIn,
  findStep,
  listChanges,
  resumeRun,
  runScripted,
  startPracticeRun,
} from '../../_support/practice-run.ts';
import {
  accountWith,
  plantAdministrator,
  plantPhone,
  policy,
  runStepByHand,
} from '../../_support/practice-worlds.ts';
import { owner } from '../../_support/scripted-owner.ts';

const step = findStep('admin-user');

const allowEverything = (action = '*') =>
  JSON.stringify({ Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

const everything = { name: 'everything', document: allowEverything() };

const password = { createdAt: '2026-11-23T12:00:00.000Z', resetRequired: false };

const key = (id: string, active = true) => ({ id, active, createdAt: '2026-11-23T12:00:00.000Z' });

const plantUser = (world: World, name: string, more: Partial<PracticeUser>) =>
  world.users.push(createScenarioUser(world, name, more));

/** An account with a complete administrator named maria, and what else is planted. */
const besideMaria = (plant: (world: World) => void) =>
  accountWith((world) => {
    plantAdministrator(world, 'maria');
    plant(world);
  });

const findIn = async (scenario: World) => (await checkIn(step, await startPracticeRun({ scenario }))).finding;

describe('an administrator is anybody who can do everything', () => {
  it.each<[string, (world: World) => void]>([
    ['by an inline policy of their own', (world) => plantUser(world, 'bob', { inline: [everything] })],
    [
      'by a policy that the owner wrote',
      (world) => {
        const arn = `arn:aws:iam::${world.account.id}:policy/everything`;
        world.policies = [{ name: 'everything', arn, document: allowEverything() }];
        plantUser(world, 'bob', { attached: [arn] });
      },
    ],
    [
      'by an inline policy of a group',
      (world) => {
        world.groups.push({ ...createScenarioGroup(world, 'bosses'), inline: [everything] });
        plantUser(world, 'bob', { groups: ['bosses'] });
      },
    ],
    ['by all of IAM', (world) => plantUser(world, 'bob', { attached: [policy('IAMFullAccess')] })],
    [
      'by PowerUserAccess from a group and IAM of their own',
      (world) => {
        world.groups.push(createScenarioGroup(world, 'developers', ['PowerUserAccess']));
        plantUser(world, 'bob', {
          groups: ['developers'],
          inline: [{ name: 'iam', document: allowEverything('iam:*') }],
        });
      },
    ],
  ])('%s', async (_, plant) => {
    const scenario = besideMaria((world) => {
      plant(world);
      world.users = world.users.map((user) =>
        user.name === 'bob' ? { ...user, loginProfile: password } : user,
      );
    });
    expect(await findIn(scenario)).toMatchObject({
      status: 'unmet',
      summary: 'maria, with MFA; bob is an administrator with a password and no MFA',
    });
  });

  it.each<[string, (world: World) => void]>([
    ['PowerUserAccess', (world) => plantUser(world, 'bob', { attached: [policy('PowerUserAccess')] })],
    [
      'everything within a boundary without IAM',
      (world) => plantUser(world, 'bob', { inline: [everything], boundary: policy('PowerUserAccess') }),
    ],
    [
      'everything, and all of it denied',
      (world) => plantUser(world, 'bob', { inline: [everything], attached: [policy('AWSDenyAll')] }),
    ],
  ])('and nobody else: with %s bob is none', async (_, plant) => {
    const scenario = besideMaria((world) => {
      plant(world);
      world.users = world.users.map((user) =>
        user.name === 'bob' ? { ...user, loginProfile: password } : user,
      );
    });
    expect(await findIn(scenario)).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it('may not be told, and then counts as one without MFA and never as the working one', async () => {
    const unknown = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
      },
    });
    const bob = { inline: [{ name: 'office', document: unknown }], loginProfile: password };
    expect((await findIn(besideMaria((world) => plantUser(world, 'bob', bob)))).summary).toContain(
      'bob may be an administrator, with a password and no MFA',
    );
    const alone = accountWith((world) => {
      plantUser(world, 'bob', bob);
      plantPhone(world, 'bob');
    });
    expect(await findIn(alone)).toMatchObject({
      status: 'unmet',
      summary: 'No administrator is complete (bob: not known whether it may do everything)',
    });
  });
});

describe('an administrator who is locked out', () => {
  it.each<[string, (world: World) => void]>([
    [
      'AWSDenyAll of their own',
      (world) => {
        world.users[0]?.attached.push(policy('AWSDenyAll'));
      },
    ],
    [
      'AWSDenyAll of another group',
      (world) => {
        world.groups.push(createScenarioGroup(world, 'leavers', ['AWSDenyAll']));
        world.users[0]?.groups.push('leavers');
      },
    ],
  ])('does not count as the working one, by %s', async (_, plant) => {
    const finding = await findIn(besideMaria(plant));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: 'No administrator is complete (maria: locked out by AWSDenyAll)',
    });
    expect(step.makesAdministrator?.(finding.facts)).toBe(false);
    // To put maria into the group again would change nothing.
    expect(step.questions(finding.facts)['who']).toBeUndefined();
  });

  it('by AWS, after a leak, is named first with what to do', async () => {
    const finding = await findIn(
      besideMaria((world) => world.users[0]?.attached.push(policy('AWSCompromisedKeyQuarantineV3'))),
    );
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(/^AWS found an access key of maria in public/);
    expect(finding.remedy).toMatch(/^Now: delete the access keys of maria/);
  });
});

describe('the group of administrators that lost its policy', () => {
  const scenario = accountWith((world) => {
    plantAdministrator(world, 'maria');
    world.devices = [];
    plantPhone(world, 'maria', 'aws-first-steps-maria');
    world.groups = [createScenarioGroup(world, 'Administrators')];
    world.users = world.users.map((user) => ({
      ...user,
      tags: [{ Key: 'aws-first-steps', Value: 'administrator' }],
    }));
  });

  it('is named, and not the user', async () => {
    expect((await findIn(scenario)).summary).toBe(
      'No administrator is complete (maria: no administrator: Administrators does not allow everything)',
    );
  });

  it('gets the policy again, and nothing else is changed', async () => {
    const run = await startPracticeRun({ scenario });
    await runStepByHand('admin-user', run, owner({ who: ['maria'] }));
    expect(listChanges(run).map(({ operation }) => operation)).toEqual(['iam:AttachGroupPolicy']);
    expect((await checkIn(step, await resumeRun(run))).finding.status).toBe('met');
  });
});

describe('an administrator with a password and no MFA', () => {
  const scenario = besideMaria((world) =>
    plantUser(world, 'bob', { groups: ['Administrators'], loginProfile: password }),
  );

  it.each([
    ['later', [], 'unmet'],
    ['remove-password', ['iam:DeleteLoginProfile'], 'met'],
    ['take-out', ['iam:RemoveUserFromGroup'], 'met'],
    ['enrol', ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'], 'met'],
  ])('answered with "%s" leads to %j', async (answer, operations, status) => {
    const run = await startPracticeRun({ scenario });
    await runScripted(run, { steps: [step], answers: { 'admin-user': { 'without-mfa': answer } } });
    expect(listChanges(run).map(({ operation }) => operation)).toEqual(operations);
    expect((await checkIn(step, await resumeRun(run))).finding.status).toBe(status);
  });

  it('is not offered to be taken out of a group when that would not be enough', async () => {
    const finding = await findIn(
      besideMaria((world) =>
        plantUser(world, 'bob', {
          groups: ['Administrators'],
          inline: [everything],
          loginProfile: password,
        }),
      ),
    );
    const question = step.questions(finding.facts)['without-mfa'];
    expect(question?.kind === 'choice' && question.options.map(({ value }) => value)).toEqual([
      'later',
      'enrol',
      'remove-password',
    ]);
  });

  it('keeps the own password and permissions of whoever runs the program', async () => {
    const world = accountWith((account) => {
      plantAdministrator(account, 'maria');
      plantUser(account, 'bob', { groups: ['Administrators'], loginProfile: password });
      account.caller = { kind: 'user', name: 'bob' };
    });
    const finding = await findIn(world);
    const question = step.questions(finding.facts)['without-mfa'];
    expect(question?.kind === 'choice' && question.options.map(({ value }) => value)).toEqual([
      'later',
      'enrol',
    ]);
  });
});

describe('an access key of an administrator', () => {
  const scenario = besideMaria((world) => {
    world.users[0]?.accessKeys.push(key('AKIAOLD', false), key('AKIAONE'));
  });

  it('leaves the step open, and one that is turned off does not', async () => {
    expect(await findIn(scenario)).toMatchObject({
      status: 'unmet',
      summary: 'maria, with MFA; maria is an administrator with an access key, which needs no MFA',
    });
    const off = besideMaria((world) => {
      world.users[0]?.accessKeys.push(key('AKIAOLD', false));
    });
    expect((await findIn(off)).status).toBe('met');
  });

  it('can be turned off', async () => {
    const run = await startPracticeRun({ scenario });
    await runStepByHand('admin-user', run, owner({ 'access-keys': ['turn-off'] }));
    expect(run.practice.snapshot().users[0]?.accessKeys.map(({ active }) => active)).toEqual([false, false]);
    expect((await checkIn(step, await resumeRun(run))).finding.status).toBe('met');
  });

  it('cannot be kept where there are more than one tag can tell apart', async () => {
    const withKeys = (count: number) =>
      besideMaria((world) => {
        for (let number = 0; number < count; number += 1) {
          const name = `robot-${Math.floor(number / 2)}`;
          if (number % 2 === 0) plantUser(world, name, { groups: ['Administrators'] });
          world.users.at(-1)?.accessKeys.push(key(`AKIA${number}`));
        }
      });
    const options = async (count: number) => {
      const question = step.questions((await findIn(withKeys(count))).facts)['access-keys'];
      return question?.kind === 'choice' && question.options.map(({ value }) => value);
    };
    expect(await options(20)).toEqual(['later', 'turn-off', 'keep-program', 'keep-person']);
    expect(await options(21)).toEqual(['later', 'turn-off']);
  });

  it('can be kept with a reason, until there is another key', async () => {
    const run = await startPracticeRun({ scenario });
    await runStepByHand('admin-user', run, owner({ 'access-keys': ['keep-program'] }));
    expect(run.practice.snapshot().users[0]?.accessKeys.at(-1)?.active).toBe(true);
    const again = await checkIn(step, await resumeRun(run));
    expect(again.finding).toMatchObject({
      status: 'attested',
      summary: 'maria, with MFA; maria keeps an access key for a program, on your word of 2026-11-23',
    });
    const later = structuredClone(run.practice.snapshot());
    later.users[0]?.accessKeys.push(key('AKIATWO'));
    expect((await findIn(later)).status).toBe('unmet');
  });
});

describe('a role that makes people from outside administrators', () => {
  const withRole = (principal: unknown, condition?: object) =>
    besideMaria((world) => {
      world.roles = [
        {
          ...createScenarioGroup(world, 'partner', ['AdministratorAccess']),
          trustPolicy: JSON.stringify({
            Statement: {
              Effect: 'Allow',
              Principal: principal,
              Action: 'sts:AssumeRole',
              ...(condition && { Condition: condition }),
            },
          }),
        },
      ];
    });

  it.each([
    [{ AWS: 'arn:aws:iam::999988887777:root' }, 'the account 999988887777 (role partner)'],
    [{ AWS: '999988887777' }, 'the account 999988887777 (role partner)'],
    [
      { Federated: 'arn:aws:iam::431209876655:saml-provider/office' },
      'those who sign in through office (role partner)',
    ],
  ])('is named: %j', async (principal, words) => {
    expect(await findIn(withRole(principal))).toMatchObject({
      status: 'met',
      summary: `maria, with MFA; administrators from outside: ${words}`,
    });
  });

  it('leaves the step open when everybody may take it', async () => {
    expect(await findIn(withRole('*'))).toMatchObject({
      status: 'unmet',
      summary: 'maria, with MFA; everybody may take the role partner and do everything',
    });
  });

  it.each([
    ['a service', { Service: 'ec2.amazonaws.com' }],
    ['the account itself', { AWS: 'arn:aws:iam::431209876655:root' }],
  ])('is not one that %s takes', async (_, principal) => {
    expect((await findIn(withRole(principal))).summary).toBe('maria, with MFA');
  });
});
