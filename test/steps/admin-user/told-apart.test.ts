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

const password = { createdAt: '2026-11-23T12:00:00.000Z', resetRequired: false };

const key = (id: string, active = true) => ({ id, active, createdAt: '2026-11-23T12:00:00.000Z' });

const documentOf = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });

const allow = (Action: string | readonly string[] = '*') => ({ Effect: 'Allow', Action, Resource: '*' });

const deny = (Action: string | readonly string[]) => ({ Effect: 'Deny', Action, Resource: '*' });

const plantUser = (world: World, name: string, more: Partial<PracticeUser> = {}) =>
  world.users.push(createScenarioUser(world, name, more));

const besideMaria = (plant: (world: World) => void) =>
  accountWith((world) => {
    plantAdministrator(world, 'maria');
    plant(world);
  });

const findIn = async (scenario: World) => (await checkIn(step, await startPracticeRun({ scenario }))).finding;

const defaultsOf = (question: ReturnType<typeof step.questions>[string] | undefined) =>
  question && 'default' in question ? question.default : undefined;

const optionsOf = (question: ReturnType<typeof step.questions>[string] | undefined) =>
  question && 'options' in question ? question.options.map(({ value }) => value) : undefined;

describe('what keeps an administrator from everything', () => {
  it.each<[string, (world: World) => void, string]>([
    [
      'the one policy that denies it, and not another that denies something else',
      (world) => {
        world.groups.push({
          ...createScenarioGroup(world, 'all'),
          inline: [{ name: 'not-abroad', document: documentOf(deny('ec2:RunInstances')) }],
        });
        plantUser(world, 'bob', {
          groups: ['all'],
          attached: [policy('AdministratorAccess'), policy('AWSDenyAll')],
        });
      },
      'bob: locked out by AWSDenyAll',
    ],
    [
      'a policy of their own, without any group',
      (world) =>
        plantUser(world, 'bob', {
          inline: [{ name: 'both', document: documentOf(allow(), deny('*')) }],
        }),
      'bob: locked out by both',
    ],
    [
      'all of IAM denied',
      (world) =>
        plantUser(world, 'bob', {
          attached: [policy('AdministratorAccess')],
          inline: [{ name: 'no-iam', document: documentOf(deny('iam:*')) }],
        }),
      'bob: locked out by no-iam',
    ],
    [
      'a permissions boundary',
      (world) =>
        plantUser(world, 'bob', {
          attached: [policy('AdministratorAccess')],
          boundary: policy('PowerUserAccess'),
        }),
      'bob: limited by its permissions boundary',
    ],
    [
      'two policies, each enough',
      (world) =>
        plantUser(world, 'bob', {
          attached: [policy('AdministratorAccess'), policy('AWSDenyAll')],
          inline: [{ name: 'no-iam', document: documentOf(deny('iam:*')) }],
        }),
      'bob: locked out by AWSDenyAll, no-iam',
    ],
  ])('is named: %s', async (_, plant, words) => {
    expect(await findIn(accountWith(plant))).toMatchObject({
      status: 'unmet',
      summary: `No administrator is complete (${words})`,
    });
  });

  it('costs no call, and leaves room for those who can do everything', async () => {
    const scenario = besideMaria((world) => {
      for (let number = 0; number < 30; number += 1)
        plantUser(world, `leaver-${number}`, {
          attached: [policy('AdministratorAccess'), policy('AWSDenyAll')],
        });
    });
    const run = await startPracticeRun({ scenario });
    expect((await checkIn(step, run)).finding).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
    const asked = run.practice.log.filter(({ input }) => JSON.stringify(input).includes('leaver'));
    expect(asked).toEqual([]);
  });
});

describe('a user whose tag says that this program made it', () => {
  const tags = [{ Key: 'aws-first-steps', Value: 'administrator' }];

  it.each<[string, Partial<PracticeUser>, boolean]>([
    ['has an access key', { accessKeys: [key('AKIAONE')] }, false],
    ['has an access key that is turned off', { accessKeys: [key('AKIAONE', false)] }, false],
    ['has a password and no MFA', { loginProfile: password }, false],
    ['has a device that this program did not make', {}, true],
  ])('and who %s is not completed without asking, and doubted in words', async (_, more, hasPhone) => {
    const scenario = accountWith((world) => {
      plantUser(world, 'deploy', { ...more, tags });
      if (hasPhone) plantPhone(world, 'deploy');
    });
    const finding = await findIn(scenario);
    expect(finding.summary).toContain('a tag says that this program made it, which is doubtful');
    expect(defaultsOf(step.questions(finding.facts)['who'])).toBe('someone new');
    const run = await startPracticeRun({ scenario });
    await runScripted(run, { steps: [step] });
    expect(run.practice.snapshot().users[0]?.groups).toEqual([]);
  });

  it('makes nobody an administrator who is in the group that is to get the policy', async () => {
    const scenario = accountWith((world) => {
      world.groups.push(createScenarioGroup(world, 'Administrators'));
      plantUser(world, 'deploy', { tags, groups: ['Administrators'], accessKeys: [key('AKIAONE')] });
    });
    const run = await startPracticeRun({ scenario });
    await runScripted(run, { steps: [step] });
    const { groups } = run.practice.snapshot();
    expect(groups.find(({ name }) => name === 'Administrators')?.attached).toEqual([]);
  });

  it('is doubted beside a ready administrator as well', async () => {
    const scenario = besideMaria((world) =>
      plantUser(world, 'deploy', { tags, accessKeys: [key('AKIAONE')] }),
    );
    expect(await findIn(scenario)).toMatchObject({
      status: 'met',
      summary: 'maria, with MFA; a tag says that this program made deploy, which is doubtful',
    });
  });

  it.each<[string, (world: World) => void]>([
    ['nothing but its name', (world) => plantUser(world, 'admin', { tags })],
    [
      'a device that this program made',
      (world) => {
        plantUser(world, 'admin', { tags });
        plantPhone(world, 'admin', 'aws-first-steps-admin');
      },
    ],
  ])('and who has %s is completed', async (_, plant) => {
    const finding = await findIn(accountWith(plant));
    expect(defaultsOf(step.questions(finding.facts)['who'])).toBe('admin');
  });
});

describe('several administrators without MFA', () => {
  const scenario = besideMaria((world) => {
    plantUser(world, 'anna', { groups: ['Administrators'], loginProfile: password });
    plantUser(world, 'bob', { groups: ['Administrators'], loginProfile: password });
  });

  it('can be protected one by one: only one may have the phone here', async () => {
    const run = await startPracticeRun({ scenario });
    const answers = { 'without-mfa': ['remove-password'], 'without-mfa-of': [['bob']] };
    await runStepByHand('admin-user', run, owner(answers));
    expect(listChanges(run).map(({ operation, input }) => ({ operation, ...input }))).toEqual([
      { operation: 'iam:DeleteLoginProfile', UserName: 'bob' },
    ]);
    expect((await checkIn(step, await resumeRun(run))).finding.summary).toBe(
      'maria, with MFA; anna is an administrator with a password and no MFA',
    );
  });

  it('are asked about one by one only if something is to be done', async () => {
    const who = owner({ 'without-mfa': ['later'] });
    await runStepByHand('admin-user', await startPracticeRun({ scenario }), who);
    expect(who.names()).not.toContain('without-mfa-of');
  });

  it('are told apart from those of whom it is not known', async () => {
    const world = structuredClone(scenario);
    const office = { ...allow(), Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
    plantUser(world, 'carol', {
      inline: [{ name: 'office', document: documentOf(office) }],
      loginProfile: password,
    });
    expect((await findIn(world)).summary).toBe(
      'maria, with MFA; anna, bob are administrators with a password and no MFA; carol may be an administrator, with a password and no MFA',
    );
  });
});

describe('access keys that stay on the word of the owner', () => {
  const scenario = besideMaria((world) => {
    world.users[0]?.accessKeys.push(key('AKIAONE'), key('AKIATWO'));
  });

  const keep = async (answer: string) => {
    const run = await startPracticeRun({ scenario });
    await runStepByHand('admin-user', run, owner({ 'access-keys': [answer] }));
    return run;
  };

  it.each([
    ['keep-program', 'maria keeps an access key for a program'],
    ['keep-person', 'maria keeps an access key to work with'],
  ])('after %s are named with the reason and the date', async (answer, words) => {
    expect((await checkIn(step, await resumeRun(await keep(answer)))).finding).toMatchObject({
      status: 'attested',
      summary: `maria, with MFA; ${words}, on your word of 2026-11-23`,
    });
  });

  it('may become fewer, and not others', async () => {
    const kept = (await keep('keep-program')).practice.snapshot();
    const fewer = structuredClone(kept);
    fewer.users[0]?.accessKeys.shift();
    expect((await findIn(fewer)).status).toBe('attested');
    const others = structuredClone(kept);
    others.users[0]?.accessKeys.splice(0, 1, key('AKIATHREE'));
    expect((await findIn(others)).status).toBe('unmet');
  });

  it('are open again when the word is of a day to come', async () => {
    const world = (await keep('keep-program')).practice.snapshot();
    for (const tag of world.users[0]?.tags ?? []) tag.Value = tag.Value.replace('2026-11-23', '2031-01-01');
    const finding = await findIn(world);
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toContain('your word of 2031-01-01 does not count, since that day is to come');
  });

  it('can be taken back', async () => {
    const run = await keep('keep-program');
    const facts = (await checkIn(step, await resumeRun(run))).finding.facts;
    expect(step.revoke?.(facts).flatMap(({ calls }) => calls.map(({ operation }) => operation))).toEqual([
      'iam:TagUser',
    ]);
  });

  it('are counted, so that turning off all but the own key changes what is said', async () => {
    const finding = await findIn(scenario);
    expect(finding.summary).toContain('with 2 access keys, which need no MFA');
    const facts = Object.assign({}, finding.facts, { ownAccessKeyId: 'AKIAONE' });
    const calls = step.plan(facts, { 'access-keys': 'turn-off' }).flatMap((action) => action.calls);
    expect(calls.map(({ input }) => input)).toEqual([
      { UserName: 'maria', AccessKeyId: 'AKIATWO', Status: 'Inactive' },
    ]);
  });
});

describe('a new administrator for whom IAM has no room', () => {
  const summaryOf = (users: number, groups: number) => ({
    SummaryMap: { AccountMFAEnabled: 1, Users: users, UsersQuota: 5000, Groups: groups, GroupsQuota: 300 },
  });

  const checkWith = async (summary: object, scenario: World | 'clean' = 'clean') => {
    const { aws, ...rest } = await startPracticeRun({ scenario });
    const counting = aws.withPlugin(async ({ operation }, next) =>
      operation === 'iam:GetAccountSummary' ? summary : next(),
    );
    return (await checkIn(step, { ...rest, aws: counting })).finding;
  };

  it.each([
    ['user', 5000, 0],
    ['group', 0, 300],
  ])('is not begun: no room for another %s', async (kind, users, groups) => {
    const finding = await checkWith(summaryOf(users, groups));
    expect(finding.summary).toContain(`IAM has no room for another ${kind} in this account`);
    expect(finding.remedy).toBe(
      `Delete a ${kind} that nobody needs, or ask AWS for more in the Service Quotas console.`,
    );
    expect(step.questions(finding.facts)['name']).toBeUndefined();
    expect(step.plan(finding.facts, {})).toEqual([]);
  });

  it('is replaced by somebody who is there', async () => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'anna');
      world.devices = [];
    });
    const finding = await checkWith(summaryOf(5000, 300), scenario);
    expect(optionsOf(step.questions(finding.facts)['who'])).toEqual(['anna']);
    expect(finding.remedy).toContain('Run the setup: it makes an administrator with MFA, or completes one.');
  });

  it('is made where AWS does not say how much room there is', async () => {
    const finding = await checkWith({ SummaryMap: { AccountMFAEnabled: 0 } });
    expect(step.questions(finding.facts)['name']).toBeDefined();
  });

  it.each<[string, Partial<PracticeUser>]>([
    ['is in ten groups', { groups: Array.from({ length: 10 }, (_, index) => `group-${index}`) }],
    ['AWS has locked down', { attached: [policy('AWSCompromisedKeyQuarantineV3')] }],
    ['another policy would lock out', { attached: [policy('AWSDenyAll')] }],
  ])('is never somebody whom %s', async (_, more) => {
    const finding = await findIn(
      accountWith((world) => {
        for (const name of more.groups ?? []) world.groups.push(createScenarioGroup(world, name));
        plantUser(world, 'bob', { ...more, tags: [{ Key: 'aws-first-steps', Value: 'administrator' }] });
      }),
    );
    expect(optionsOf(step.questions(finding.facts)['who']) ?? []).not.toContain('bob');
  });
});

describe('a group that lost what made its members administrators', () => {
  it.each<[string, (world: World) => void]>([
    [
      'Administrators',
      (world) => world.groups.push(createScenarioGroup(world, 'Administrators', ['ReadOnlyAccess'])),
    ],
    ['bosses', (world) => world.groups.push(createScenarioGroup(world, 'bosses'))],
  ])('is named, whoever made its members: %s', async (name, plant) => {
    const scenario = accountWith((world) => {
      plant(world);
      plantUser(world, 'maria', { groups: [name], loginProfile: password });
      plantPhone(world, 'maria');
    });
    expect((await findIn(scenario)).summary).toBe(
      `No user is an administrator: ${name} does not allow everything`,
    );
  });
});

describe('a user who can take the role of an administrator', () => {
  const account = '431209876655';
  const takeRole = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: `arn:aws:iam::${account}:role/boss`,
  };
  const withMfaOnly = { ...deny('sts:*'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } };

  const withRole = (trust: object, more: Partial<PracticeUser>, policies = ['AdministratorAccess']) =>
    besideMaria((world) => {
      const trustPolicy = documentOf({ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust });
      world.roles = [{ ...createScenarioGroup(world, 'boss', policies), trustPolicy }];
      plantUser(world, 'bob', { loginProfile: password, ...more });
    });

  const ownAccount = { Principal: { AWS: `arn:aws:iam::${account}:root` } };
  const inline = (...statements: readonly object[]) => [{ name: 'own', document: documentOf(...statements) }];

  it.each<[string, object, Partial<PracticeUser>]>([
    ['by a policy', ownAccount, { inline: inline(takeRole) }],
    ['as a developer', ownAccount, { attached: [policy('PowerUserAccess')] }],
    ['named in the role', { Principal: { AWS: `arn:aws:iam::${account}:user/bob` } }, {}],
  ])('and has a password and no MFA leaves the step open: %s', async (_, trust, more) => {
    expect(await findIn(withRole(trust, more))).toMatchObject({
      status: 'unmet',
      summary: 'maria, with MFA; bob can do everything by taking the role boss, with a password and no MFA',
    });
  });

  it.each<[string, World]>([
    [
      'the role asks for MFA',
      withRole(
        { ...ownAccount, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
        { inline: inline(takeRole) },
      ),
    ],
    ['no policy allows it', withRole(ownAccount, {})],
    ['a policy denies it', withRole(ownAccount, { inline: inline(takeRole, deny('sts:AssumeRole')) })],
    [
      'a boundary does not reach that far',
      withRole(ownAccount, { inline: inline(takeRole), boundary: policy('ReadOnlyAccess') }),
    ],
    [
      'the role is for somebody else',
      withRole({ Principal: { AWS: `arn:aws:iam::${account}:user/carol` } }, { inline: inline(takeRole) }),
    ],
    ['the role is no administrator', withRole(ownAccount, { inline: inline(takeRole) }, ['ReadOnlyAccess'])],
  ])('is none if %s', async (_, scenario) => {
    expect(await findIn(scenario)).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it.each<[string, string, readonly string[]]>([
    ['a function', 'lambda.amazonaws.com', ['lambda:CreateFunction', 'lambda:InvokeFunction']],
    ['a server', 'ec2.amazonaws.com', ['ec2:*']],
    ['a stack', 'cloudformation.amazonaws.com', ['cloudformation:CreateStack']],
  ])('is one who can pass it to %s', async (_, service, actions) => {
    const trust = { Principal: { Service: service } };
    const scenario = withRole(trust, { inline: inline(allow(['iam:PassRole', ...actions])) });
    expect(await findIn(scenario)).toMatchObject({
      status: 'unmet',
      summary:
        'maria, with MFA; bob can do everything by passing the role boss to a service, with a password and no MFA',
    });
  });

  it.each<[string, object, readonly object[], string[]?]>([
    [
      'the role trusts another service',
      { Service: 'ec2.amazonaws.com' },
      [allow(['iam:PassRole', 'lambda:*'])],
    ],
    ['they may not pass it', { Service: 'lambda.amazonaws.com' }, [allow('lambda:*')]],
    [
      'they may pass it to another service only',
      { Service: 'lambda.amazonaws.com' },
      [
        allow('lambda:*'),
        {
          ...allow('iam:PassRole'),
          Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
        },
      ],
    ],
    [
      'they may make a function and not call it',
      { Service: 'lambda.amazonaws.com' },
      [allow(['iam:PassRole', 'lambda:CreateFunction'])],
    ],
    [
      'the role is no administrator',
      { Service: 'lambda.amazonaws.com' },
      [allow(['iam:PassRole', 'lambda:*'])],
      ['ReadOnlyAccess'],
    ],
  ])('cannot pass it to a service if %s', async (_, Principal, statements, policies) => {
    const scenario = withRole({ Principal }, { inline: inline(...statements) }, policies);
    expect(await findIn(scenario)).toMatchObject({ status: 'met', summary: 'maria, with MFA' });
  });

  it('is one with an access key although the console asks for MFA', async () => {
    const more = {
      inline: inline(takeRole, withMfaOnly),
      accessKeys: [key('AKIABOB')],
    };
    expect((await findIn(withRole(ownAccount, more))).summary).toContain(
      'bob can do everything by taking the role boss, with an access key, which needs no MFA',
    );
  });

  it('is protected as others are', async () => {
    const run = await startPracticeRun({ scenario: withRole(ownAccount, { inline: inline(takeRole) }) });
    await runStepByHand('admin-user', run, owner({ 'without-mfa': ['remove-password'] }));
    expect((await checkIn(step, await resumeRun(run))).finding.status).toBe('met');
  });
});
