import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../src/practice/scenarios/scenarios.ts';
import type { World } from '../../src/practice/world/world.ts';
import { Progress } from '../../src/state/progress.ts';
import { findObjection } from '../../src/core/question.ts';
import { requireMfaPolicyName } from '../../src/steps/groups/require-mfa.ts';
import { baseTeamPolicies, teamPresets } from '../../src/steps/groups/teams.ts';
import {
  listChanges,
  checkIn,
  runScripted,
  startPracticeRun,
  resumeRun,
  findStep,
} from '../_support/practice-run.ts';
import { accountWith, plantAdministrator, policy } from '../_support/practice-worlds.ts';

const step = findStep('groups');
const only = { steps: [step] };

const company = (more: (world: World) => void = () => {}) =>
  accountWith((world) => {
    plantAdministrator(world, 'maria');
    world.users.push(createScenarioUser(world, 'bob'), createScenarioUser(world, 'carol'));
    more(world);
  });

const answered = async (scenario: World, groups: Readonly<Record<string, string | boolean | string[]>>) => {
  const practiceRun = await startPracticeRun({ scenario });
  const played = await runScripted(practiceRun, { ...only, answers: { groups } });
  return { ...played, practiceRun, world: practiceRun.practice.snapshot() };
};

const groupOf = (world: World, name: string) => world.groups.find((group) => group.name === name);

const noOwnTeam = { 'own-team': '', 'require-mfa': false, 'members-own-team': [] };

describe('the groups step', () => {
  it.each(teamPresets.map(({ value, policies }) => ({ value, policies })))(
    'gives a team of $value what it needs, and what everybody needs',
    async ({ value, policies }) => {
      const { world, code } = await answered(company(), {
        scope: 'teams',
        teams: [value],
        [`members-${value}`]: [],
        ...noOwnTeam,
      });
      expect(code).toBe(0);
      expect(groupOf(world, value)?.attached.toSorted()).toEqual(
        [...baseTeamPolicies, ...policies].toSorted(),
      );
      expect(groupOf(world, value)?.inline).toEqual([]);
    },
  );

  it('keeps each team within the ten managed policies that a group can have', () => {
    for (const team of teamPresets)
      expect(team.policies.length + baseTeamPolicies.length).toBeLessThanOrEqual(10);
  });

  it('adds the people who were chosen, and nobody else', async () => {
    const { world } = await answered(company(), {
      scope: 'teams',
      teams: ['developers', 'billing'],
      'members-developers': ['bob'],
      'members-billing': ['bob', 'carol'],
      ...noOwnTeam,
    });
    const groupsOf = (name: string) => world.users.find((user) => user.name === name)?.groups;
    expect(groupsOf('bob')).toEqual(['developers', 'billing']);
    expect(groupsOf('carol')).toEqual(['billing']);
    expect(groupsOf('maria')).toEqual(['Administrators']);
  });

  it('does not add somebody again who is in the group already', async () => {
    const scenario = company((world) => {
      world.groups.push(createScenarioGroup(world, 'developers'));
      for (const user of world.users) if (user.name === 'bob') user.groups.push('developers');
    });
    const { practiceRun } = await answered(scenario, {
      scope: 'teams',
      teams: ['developers'],
      'members-developers': ['bob', 'carol'],
      ...noOwnTeam,
    });
    const added = listChanges(practiceRun).filter(({ operation }) => operation === 'iam:AddUserToGroup');
    expect(added.map(({ input }) => input)).toEqual([{ GroupName: 'developers', UserName: 'carol' }]);
  });

  it('can make a team with a name of its own and the permissions of a preset', async () => {
    const { world } = await answered(company(), {
      scope: 'teams',
      teams: [],
      'own-team': 'data-science',
      'own-team-like': 'auditors',
      'require-mfa': true,
      'members-own-team': ['carol'],
    });
    expect(groupOf(world, 'data-science')?.attached).toEqual(
      expect.arrayContaining([policy('SecurityAudit'), policy('job-function/ViewOnlyAccess')]),
    );
    expect(groupOf(world, 'data-science')?.inline.map(({ name }) => name)).toEqual([requireMfaPolicyName]);
    expect(world.users.find((user) => user.name === 'carol')?.groups).toEqual(['data-science']);
  });

  it('never uses a group of administrators as a team, because its members may do everything', async () => {
    const scenario = company((world) =>
      world.groups.push(
        createScenarioGroup(world, 'Billing', ['AdministratorAccess']),
        createScenarioGroup(world, 'empty'),
        createScenarioGroup(
          world,
          'robots',
          Array.from({ length: 10 }, (_, number) => `AWSRobot${number}`),
        ),
      ),
    );
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    const asks = step.questions(finding.facts);
    const [own, which] = [asks['own-team'], asks['teams']];
    expect(own && findObjection(own, 'ADMINISTRATORS')).toMatch(/may do everything/);
    expect(own && findObjection(own, 'data-science')).toBeUndefined();
    expect(own && findObjection(own, 'empty')).toBeUndefined();
    expect(own && findObjection(own, 'robots')).toMatch(/don't fit a team/);
    expect(which && findObjection(which, ['billing'])).toBeTruthy();
    expect(which && findObjection(which, ['developers'])).toBeUndefined();
  });

  it.each(['développeurs', 'a b', 'a/b', 'x'.repeat(129), 'Developers'])(
    'refuses the team name "%s"',
    async (name) => {
      const { finding } = await checkIn(step, await startPracticeRun({ scenario: company() }));
      const own = step.questions(finding.facts)['own-team'];
      expect(own && findObjection(own, name)).toBeTruthy();
    },
  );

  it('makes no teams after the owner has changed their mind in a run after an interrupted one', async () => {
    const practiceRun = await startPracticeRun({ scenario: company() });
    const { progress } = await Progress.open(practiceRun.folder, practiceRun.practice.accountId);
    await progress.rememberAnswers('groups', { scope: 'teams', teams: ['developers'], 'require-mfa': true });
    await progress.begin('groups');
    await runScripted(practiceRun, { ...only, answers: { groups: { scope: 'only-me' } } });
    expect(practiceRun.practice.snapshot().groups.map(({ name }) => name)).toEqual(['Administrators']);
  });
});

describe('the answer "only me"', () => {
  it('is kept as an attestation, with its date, and found elsewhere by its tag', async () => {
    const { world, code } = await answered(company(), { scope: 'only-me' });
    expect(code).toBe(0);
    const { finding } = await checkIn(step, await startPracticeRun({ scenario: world }));
    expect(finding).toMatchObject({
      status: 'attested',
      summary: 'Only you for now, on your word of 2026-11-23',
    });
    expect(world.users.find(({ name }) => name === 'maria')?.tags).toEqual([
      { Key: 'aws-first-steps:groups', Value: 'only-me 2026-11-23' },
    ]);
  });

  it('does not override what AWS shows: a user with direct permissions', async () => {
    const { world } = await answered(company(), { scope: 'only-me' });
    world.users.push(createScenarioUser(world, 'dan', { attached: [policy('ReadOnlyAccess')] }));
    expect((await checkIn(step, await startPracticeRun({ scenario: world }))).finding.status).toBe('unmet');
  });
});

describe('a group', () => {
  it('does not count as a team when its members may only change their password', async () => {
    const scenario = company((world) =>
      world.groups.push(createScenarioGroup(world, 'all', ['IAMUserChangePassword'])),
    );
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('unmet');
  });

  it('counts when it existed before, whatever its name', async () => {
    const scenario = company((world) =>
      world.groups.push(createScenarioGroup(world, 'ops', ['ReadOnlyAccess'])),
    );
    const practiceRun = await startPracticeRun({ scenario });
    expect((await checkIn(step, practiceRun)).finding).toMatchObject({ status: 'met', summary: 'ops' });
    const { dialogue } = await runScripted(await resumeRun(practiceRun), only);
    expect(dialogue.transcript.filter(({ kind }) => kind === 'question')).toEqual([]);
    expect(listChanges(practiceRun)).toEqual([]);
  });

  it('is named in the plan with its members when they get more permissions by it', async () => {
    const scenario = company((world) => {
      world.groups.push(createScenarioGroup(world, 'developers'), createScenarioGroup(world, 'Billing'));
      world.users = world.users.map((user) =>
        user.name === 'bob' ? { ...user, groups: ['developers'] } : user,
      );
    });
    const { finding } = await checkIn(step, await startPracticeRun({ scenario }));
    const answers = { scope: 'teams', teams: ['developers', 'billing'], 'require-mfa': true };
    expect(step.plan(finding.facts, answers).map(({ why }) => why)).toEqual([
      'make the members of developers use MFA, also for bob, in it already',
      'give developers the policy IAMUserChangePassword, also for bob, in it already',
      'give developers the policy SignInLocalDevelopmentAccess, also for bob, in it already',
      'give developers the policy PowerUserAccess, also for bob, in it already',
      'make the members of Billing use MFA',
      'give Billing the policy IAMUserChangePassword',
      'give Billing the policy SignInLocalDevelopmentAccess',
      'give Billing the policy Billing',
    ]);
  });

  it('of administrators does not block the step, so no control that forbids its policy is claimed', async () => {
    const scenario = company((world) =>
      world.groups.push(createScenarioGroup(world, 'ops', ['ReadOnlyAccess'])),
    );
    expect((await checkIn(step, await startPracticeRun({ scenario }))).finding.status).toBe('met');
    expect([...step.controls.cis5, ...step.controls.cis7]).toEqual(['1.14', '2.13']);
  });

  it('gets its permissions last, so that an interrupted run is noticed', async () => {
    const { practiceRun } = await answered(company(), {
      scope: 'teams',
      teams: ['developers'],
      'members-developers': [],
      'own-team': '',
      'require-mfa': true,
    });
    const sent = listChanges(practiceRun).map(({ operation, input }) => ({ operation, ...input }));
    expect(sent.at(-1)).toMatchObject({
      operation: 'iam:AttachGroupPolicy',
      PolicyArn: policy('PowerUserAccess'),
    });
  });
});
