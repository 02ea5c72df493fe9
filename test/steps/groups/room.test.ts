import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { PracticeGroup, World } from '../../../src/practice/world/world.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';
import { checkIn, findStep, listChanges, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAdministrator, policy, runStepByHand } from '../../_support/practice-worlds.ts';
import { owner } from '../../_support/scripted-owner.ts';

const step = findStep('groups');

const findIn = async (scenario: World) => (await checkIn(step, await startPracticeRun({ scenario }))).finding;

const withMaria = (plant: (world: World) => void) =>
  accountWith((world) => {
    plantAdministrator(world, 'maria');
    plant(world);
  });

/** Fills the account up to so many groups; IAM has room for 300. */
const plantGroups = (world: World, count: number): void => {
  while (world.groups.length < count)
    world.groups.push(createScenarioGroup(world, `group-${world.groups.length}`));
};

const questionsIn = async (scenario: World) => step.questions((await findIn(scenario)).facts);

const optionsOf = (question: Awaited<ReturnType<typeof questionsIn>>[string] | undefined) =>
  question && 'options' in question ? question.options.map(({ value }) => value) : undefined;

const inline = (statement: object, name = 'own') => ({
  inline: [{ name, document: JSON.stringify({ Statement: statement }) }],
});

describe('users with permissions of their own', () => {
  it('are moved as far as IAM has room for their groups, and the finding says how far that is', async () => {
    const scenario = withMaria((world) => {
      for (const name of ['anna', 'bob', 'carol'])
        world.users.push(createScenarioUser(world, name, { attached: [policy('ReadOnlyAccess')] }));
      plantGroups(world, 298);
    });
    const run = await startPracticeRun({ scenario });
    const { finding } = await checkIn(step, run);
    expect(finding.summary).toContain('IAM has room for 2 more groups in this account, 1 too few');
    expect(finding.remedy).toContain('Service Quotas');
    await runStepByHand('groups', run, owner({ move: [true], scope: ['only-me'] }));
    const { groups, users } = run.practice.snapshot();
    expect(groups.map(({ name }) => name).slice(-2)).toEqual(['anna-permissions', 'bob-permissions']);
    expect(users.find(({ name }) => name === 'carol')?.attached).toEqual([policy('ReadOnlyAccess')]);
  });

  it('are not moved if they have more policies than a group can have', async () => {
    const arns = (world: World) =>
      Array.from({ length: 11 }, (_, index) => `arn:aws:iam::${world.account.id}:policy/p${index}`);
    const scenario = withMaria((world) => {
      const document = JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } });
      world.policies = arns(world).map((arn, index) => ({ name: `p${index}`, arn, document }));
      world.users.push(createScenarioUser(world, 'bob', { attached: arns(world) }));
    });
    const finding = await findIn(scenario);
    expect(finding.summary).toContain('bob has 11 policies, and a group can have 10');
    expect(finding.remedy).toContain('Detach a policy that bob does not need first.');
    expect(step.questions(finding.facts)['move']).toBeUndefined();
  });

  it('need no room if the group that takes their policies is there already', async () => {
    const scenario = withMaria((world) => {
      world.users.push(
        createScenarioUser(world, 'bob', {
          attached: [policy('ReadOnlyAccess')],
          groups: ['bob-permissions'],
        }),
      );
      world.groups.push(createScenarioGroup(world, 'bob-permissions'));
      plantGroups(world, 300);
    });
    const run = await startPracticeRun({ scenario });
    await runStepByHand('groups', run, owner({ move: [true], scope: ['only-me'] }));
    expect(run.practice.snapshot().users.find(({ name }) => name === 'bob')?.attached).toEqual([]);
  });
});

describe('teams', () => {
  it('are not offered without room for the group of each, and nothing is begun', async () => {
    const scenario = withMaria((world) => plantGroups(world, 295));
    const finding = await findIn(scenario);
    expect(finding.summary).toContain('IAM has no room for the groups of teams in this account');
    const { scope } = step.questions(finding.facts);
    expect(optionsOf(scope)).toEqual(['only-me']);
    // Nobody is taken at a word that was not given.
    expect(scope && 'default' in scope && scope.default).toBeFalsy();
  });

  it.each<[string, Partial<PracticeGroup>]>([
    ['denies everything', { attached: [policy('AWSDenyAll')] }],
    ['makes administrators', inline({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })],
    ['cannot be read', { inline: [{ name: 'own', document: '{"Statement":' }] }],
    [
      'has as many policies as a group can have',
      {
        attached: Array.from({ length: 8 }, (_, index) => `arn:aws:iam::431209876655:policy/own-${index}`),
      },
    ],
    [
      'has as long policies as a group can have',
      {
        inline: [
          {
            name: 'long',
            document: JSON.stringify({
              Statement: {
                Effect: 'Deny',
                Action: Array.from({ length: 260 }, (_, index) => `s3:SomeAction${index}`),
                Resource: '*',
              },
            }),
          },
        ],
      },
    ],
  ])('do not get the group of their name if it %s', async (_what, more) => {
    const scenario = withMaria((world) => {
      const document = JSON.stringify({
        Statement: { Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' },
      });
      world.policies = Array.from({ length: 8 }, (_each, index) => ({
        name: `own-${index}`,
        arn: `arn:aws:iam::431209876655:policy/own-${index}`,
        document,
      }));
      world.groups.push({ ...createScenarioGroup(world, 'Developers'), ...more });
    });
    const questions = await questionsIn(scenario);
    expect(optionsOf(questions['teams'])).not.toContain('developers');
    expect(optionsOf(questions['teams'])).toContain('operations');
  });

  it('get MFA under another name if somebody has a policy of that name that says something else', async () => {
    const own = inline({ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' }, 'require-mfa');
    const scenario = withMaria((world) =>
      world.groups.push({ ...createScenarioGroup(world, 'developers'), ...own }),
    );
    const run = await startPracticeRun({ scenario });
    await runStepByHand('groups', run, owner({ scope: ['teams'], teams: [['developers']] }));
    const group = run.practice.snapshot().groups.find(({ name }) => name === 'developers');
    expect(group?.inline).toEqual([
      ...own.inline,
      { name: 'require-mfa-2', document: requireMfaPolicyDocument },
    ]);
    expect((await checkIn(step, run)).finding.summary).toBe('developers (MFA)');
  });

  it('get no second policy if one under another name requires MFA already', async () => {
    const scenario = withMaria((world) =>
      world.groups.push({
        ...createScenarioGroup(world, 'developers'),
        inline: [{ name: 'mfa-please', document: requireMfaPolicyDocument }],
      }),
    );
    const run = await startPracticeRun({ scenario });
    await runStepByHand('groups', run, owner({ scope: ['teams'], teams: [['developers']] }));
    expect(listChanges(run).map(({ operation }) => operation)).not.toContain('iam:PutGroupPolicy');
  });

  it.each<[string, Parameters<typeof createScenarioUser>[2]]>([
    ['AWS has locked down', { attached: [policy('AWSCompromisedKeyQuarantineV3')] }],
    ['another policy locks out', { groups: ['leavers'] }],
    ['a boundary keeps from any work', { boundary: policy('AWSDenyAll') }],
    ['is in ten groups', { groups: Array.from({ length: 10 }, (_, index) => `idle-${index}`) }],
  ])('cannot have a member whom %s', async (_, more) => {
    const scenario = withMaria((world) => {
      world.groups.push(createScenarioGroup(world, 'leavers', ['AWSDenyAll']));
      for (let index = 0; index < 10; index += 1)
        world.groups.push(createScenarioGroup(world, `idle-${index}`));
      world.users.push(createScenarioUser(world, 'anna'), createScenarioUser(world, 'bob', more));
    });
    expect(optionsOf((await questionsIn(scenario))['members-developers'])).toEqual(['anna']);
  });
});

describe('a group whose members are all locked out', () => {
  const developers = (...others: readonly Parameters<typeof createScenarioUser>[2][]) =>
    withMaria((world) => {
      world.groups.push(
        createScenarioGroup(world, 'developers', ['PowerUserAccess']),
        createScenarioGroup(world, 'leavers', ['AWSDenyAll']),
      );
      for (const [index, more = {}] of others.entries())
        world.users.push(
          createScenarioUser(world, `user-${index}`, {
            ...more,
            groups: ['developers', ...(more.groups ?? [])],
          }),
        );
    });

  it('lets nobody work', async () => {
    const finding = await findIn(developers({ groups: ['leavers'] }, { boundary: policy('AWSDenyAll') }));
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: 'Nobody but administrators has a group that lets them work',
    });
  });

  it('is a team as soon as one of them can work, or nobody is in it yet', async () => {
    const withOne = await findIn(developers({ groups: ['leavers'] }, {}));
    expect(withOne).toMatchObject({ status: 'met', summary: 'developers' });
    expect(await findIn(developers())).toMatchObject({ status: 'met', summary: 'developers' });
  });
});
