import { describe, expect, it } from 'vitest';
import { createScenarioGroup } from '../../../src/practice/scenarios/scenarios.ts';
import { checkIn, findStep, startPracticeRun } from '../../_support/practice-run.ts';
import { accountWith, plantAdministrator } from '../../_support/practice-worlds.ts';

const step = findStep('admin-user');

const own = '431209876655';

/** What the step says of an account with one more role. */
const findWithRole = async (
  trust: string | readonly object[],
  more: Partial<ReturnType<typeof createScenarioGroup>> = {},
) => {
  const scenario = accountWith((world) => {
    plantAdministrator(world, 'maria');
    const trustPolicy =
      typeof trust === 'string' ? trust : JSON.stringify({ Version: '2012-10-17', Statement: trust });
    world.roles = [
      { ...createScenarioGroup(world, 'partner', ['AdministratorAccess']), trustPolicy, ...more },
    ];
  });
  const { status, summary } = (await checkIn(step, await startPracticeRun({ scenario }))).finding;
  return `${status}: ${summary.replace('maria, with MFA', '').replace(/^; /, '')}`;
};

const assume = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition && { Condition }),
});

const signIn = (provider: string, Condition?: object) => ({
  Effect: 'Allow',
  Principal: {
    Federated:
      provider.includes('.') && !provider.startsWith('cognito')
        ? `arn:aws:iam::${own}:oidc-provider/${provider}`
        : provider,
  },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(Condition && { Condition }),
});

const github = 'token.actions.githubusercontent.com';

describe('a role of an administrator that anybody may take', () => {
  const everybody = 'unmet: everybody may take the role partner and do everything';
  const withGithub = `unmet: everybody with an account at ${github} may take the role partner and do everything`;

  it.each<[string, readonly object[], string]>([
    ['by a star', [assume('*')], everybody],
    ['by a star in a list', [assume({ AWS: [`arn:aws:iam::${own}:root`, '*'] })], everybody],
    ['by all but one', [{ ...assume(undefined), NotPrincipal: { AWS: '999988887777' } }], everybody],
    [
      'with MFA, which everybody can have',
      [assume('*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
      everybody,
    ],
    ['by any role', [assume('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:*' } })], everybody],
    ['at GitHub', [signIn(github)], withGithub],
    [
      'at GitHub, by the audience that everybody there has',
      [signIn(github, { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } })],
      withGithub,
    ],
    [
      'at GitHub, from any repository',
      [signIn(github, { StringLike: { [`${github}:sub`]: 'repo:*' } })],
      withGithub,
    ],
    [
      'in an identity pool of their own',
      [signIn('cognito-identity.amazonaws.com')],
      'unmet: everybody with an account at cognito-identity.amazonaws.com may take the role partner and do everything',
    ],
  ])('leaves the step open: %s', async (_, trust, words) => {
    expect(await findWithRole(trust)).toBe(words);
  });

  it('does so if it only may be one of an administrator', async () => {
    const unknown = { attached: [`arn:aws:iam::${own}:policy/of-which-nothing-is-known`] };
    expect(await findWithRole([assume('*')], unknown)).toBe(
      'unmet: everybody may take the role partner and perhaps do everything',
    );
  });

  it('does not if it is no administrator', async () => {
    expect(await findWithRole([assume('*')], { attached: [] })).toBe('met: ');
  });
});

describe('a role of an administrator for some people from outside', () => {
  const named = (who: string) => `met: administrators from outside: ${who}`;

  it.each<[string, readonly object[] | string, string]>([
    [
      'a star with a secret',
      [assume('*', { StringEquals: { 'sts:ExternalId': 'secret' } })],
      'everybody who meets its conditions (role partner)',
    ],
    [
      'a star within an organization',
      [assume('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-mine000000' } })],
      'everybody who meets its conditions (role partner)',
    ],
    [
      'a star that is denied to others',
      [
        assume('*'),
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-mine000000' } },
        },
      ],
      'everybody who meets its conditions (role partner)',
    ],
    [
      'one repository',
      [signIn(github, { StringLike: { [`${github}:sub`]: 'repo:mine/site:*' } })],
      `those who sign in through ${github} (role partner)`,
    ],
    [
      'a provider of their own',
      [signIn('login.example.com')],
      'those who sign in through login.example.com (role partner)',
    ],
    [
      'two accounts',
      [assume({ AWS: ['999988887777', 'arn:aws:iam::111122223333:role/ci'] })],
      'the account 999988887777 and the account 111122223333 (role partner)',
    ],
    [
      'a trust policy that cannot be read',
      '{"Statement":',
      'somebody, by a trust policy that cannot be read (role partner)',
    ],
  ])('is named: %s', async (_, trust, who) => {
    expect(await findWithRole(trust)).toBe(named(who));
  });

  it('is named as what IAM Identity Center calls it', async () => {
    const trust = [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${own}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE` },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      },
    ];
    const name = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef';
    expect(await findWithRole(trust, { name })).toBe(
      named('those who sign in through IAM Identity Center (permission set AdministratorAccess)'),
    );
  });

  it.each<[string, readonly object[]]>([
    ['itself', [assume({ AWS: `arn:aws:iam::${own}:root` })]],
    ['itself, by a star', [assume('*', { StringEquals: { 'aws:PrincipalAccount': own } })]],
    ['a service', [assume({ Service: 'ec2.amazonaws.com' })]],
    ['somebody who is gone', [assume({ AWS: 'AIDAEXAMPLEEXAMPLE' })]],
  ])('is nobody if the account trusts only %s', async (_, trust) => {
    expect(await findWithRole(trust)).toBe('met: ');
  });
});
