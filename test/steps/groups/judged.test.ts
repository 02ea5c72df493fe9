import { describe, expect, it } from 'vitest';
import { createScenarioGroup, createScenarioUser } from '../../../src/practice/scenarios/scenarios.ts';
import type { PracticeGroup, World } from '../../../src/practice/world/world.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';
import { checkIn, findStep, listChanges, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAdministrator, policy, runStepByHand } from '../../_support/practice-worlds.ts';
import { owner } from '../../_support/scripted-owner.ts';

const step = findStep('groups');

const findIn = async (scenario: World) => (await checkIn(step, await startPracticeRun({ scenario }))).finding;

const documentOf = (statement: object) => JSON.stringify({ Statement: statement });

/** An account with an administrator and one more group. */
const withGroup = (more: Partial<PracticeGroup>) =>
  accountWith((world) => {
    plantAdministrator(world, 'maria');
    world.groups.push({ ...createScenarioGroup(world, 'team'), ...more });
  });

const inline = (statement: object) => ({ inline: [{ name: 'own', document: documentOf(statement) }] });

const denyWithoutMfa = (operator: string) => ({
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
});

describe('a group', () => {
  it.each<[string, Partial<PracticeGroup>]>([
    ['only makes its members use MFA', { inline: [{ name: 'x', document: requireMfaPolicyDocument }] }],
    [
      'only denies other Regions',
      inline({
        Effect: 'Deny',
        NotAction: 'iam:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      }),
    ],
    [
      'lets a program send mail, as AWS SES makes it',
      inline({
        Effect: 'Allow',
        Action: 'ses:SendRawEmail',
        Resource: '*',
      }),
    ],
    [
      'allows something and denies everything',
      {
        attached: [policy('AmazonS3FullAccess'), policy('AWSDenyAll')],
      },
    ],
    ['lets its members change their password', { attached: [policy('IAMUserChangePassword')] }],
  ])('that %s is no team', async (_, more) => {
    expect(await findIn(withGroup(more))).toMatchObject({
      status: 'unmet',
      summary: 'Nobody but administrators has a group that lets them work',
    });
  });

  it('that makes administrators in its own words is no team', async () => {
    const finding = await findIn(withGroup(inline({ Effect: 'Allow', Action: '*', Resource: '*' })));
    expect(finding.status).toBe('unmet');
  });

  it('whose policies were not returned is not known to be a team', async () => {
    const finding = await findIn(
      withGroup({ attached: ['arn:aws:iam::431209876655:policy/of-which-nothing-is-known'] }),
    );
    expect(finding).toMatchObject({
      status: 'unmet',
      summary: 'Not known whether a group lets anybody work: team',
    });
  });

  it.each<[string, object, string]>([
    ['in its own words', denyWithoutMfa('BoolIfExists'), 'team (MFA)'],
    ['only in the console', denyWithoutMfa('Bool'), 'team (MFA in the console, not with access keys)'],
    ['nowhere, whatever its policy is called', { Effect: 'Allow', Action: 's3:*', Resource: '*' }, 'team'],
  ])('requires MFA %s', async (_, statement, summary) => {
    const finding = await findIn(
      withGroup({
        attached: [policy('AmazonS3FullAccess')],
        inline: [{ name: 'require-mfa', document: documentOf(statement) }],
      }),
    );
    expect(finding).toMatchObject({ status: 'met', summary });
  });
});

describe('a user whose access key AWS found in public', () => {
  it.each<[string, Parameters<typeof createScenarioUser>[2]]>([
    ['by an attached policy', { attached: [policy('AWSCompromisedKeyQuarantineV3')] }],
    ['by the newest attached policy', { attached: [policy('AWSCompromisedKeyQuarantineV4')] }],
    ['by an older attached policy', { attached: [policy('AWSCompromisedKeyQuarantine')] }],
    [
      'by the inline policy of before',
      {
        inline: [
          { name: 'AWSExposedCredentialPolicy_DO_NOT_REMOVE', document: documentOf(denyWithoutMfa('Bool')) },
        ],
      },
    ],
  ])('is the first thing said, %s, and is never moved into a group', async (_, more) => {
    const scenario = accountWith((world) => {
      plantAdministrator(world, 'maria');
      world.users.push(createScenarioUser(world, 'anna', { attached: [policy('ReadOnlyAccess')] }));
      world.users.push(createScenarioUser(world, 'deploy', more));
    });
    const run = await startPracticeRun({ scenario });
    const { finding } = await checkIn(step, run);
    expect(finding.status).toBe('unmet');
    expect(finding.summary).toMatch(/^AWS found an access key of deploy in public and locked the user down/);
    expect('remedy' in finding && finding.remedy).toMatch(/^Now: delete the access keys of deploy/);
    await runStepByHand('groups', run, owner({ move: [true], scope: ['only-me'] }));
    expect(JSON.stringify(listChanges(run))).not.toContain('deploy');
  });
});

describe('a user with permissions of their own who is in ten groups', () => {
  const scenario = accountWith((world) => {
    plantAdministrator(world, 'maria');
    const groups = Array.from({ length: 10 }, (_, index) => `group-${index}`);
    world.groups.push(...groups.map((name) => createScenarioGroup(world, name, ['ReadOnlyAccess'])));
    world.users.push(createScenarioUser(world, 'bob', { groups, attached: [policy('AmazonS3FullAccess')] }));
  });

  it('is said to have no room for one more, and is not offered to be moved', async () => {
    const finding = await findIn(scenario);
    expect(finding).toMatchObject({
      status: 'unmet',
      summary:
        'Permissions of their own, not through a group: bob; bob is in 10 groups, the most that IAM allows',
      remedy: 'Take bob out of a group first: there is no room for one more.',
    });
    expect(step.questions(finding.facts)['move']).toBeUndefined();
  });

  it('is left alone when others are moved', async () => {
    const world = structuredClone(scenario);
    world.users.push(createScenarioUser(world, 'anna', { attached: [policy('ReadOnlyAccess')] }));
    const run = await startPracticeRun({ scenario: world });
    await runStepByHand('groups', run, owner({ move: [true] }));
    expect(listChanges(run).length).toBeGreaterThan(0);
    expect(JSON.stringify(listChanges(run))).not.toContain('bob');
  });
});

describe('the word that there is only the owner for now', () => {
  it.each([
    ['2026-11-01', 'attested', 'Only you for now, on your word of 2026-11-01'],
    ['2031-01-01', 'unmet', 'your word of 2031-01-01 does not count, since that day is to come'],
  ])('of %s is judged by its date', async (day, status, words) => {
    const finding = await findIn(
      accountWith((world) => {
        plantAdministrator(world, 'maria');
        for (const user of world.users)
          user.tags = [{ Key: 'aws-first-steps:groups', Value: `only-me ${day}` }];
      }),
    );
    expect(finding.status).toBe(status);
    expect(finding.summary).toContain(words);
  });
});
