import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeRequest } from '../../src/aws/policies/decide.ts';
import { parsePolicyDocument } from '../../src/aws/policies/document.ts';
import type { Certainty } from '../../src/aws/policies/patterns.ts';
import { judgeAdministrator, judgeEverything } from '../../src/aws/policies/permissions.ts';
import { requireMfaPolicyDocument } from '../../src/steps/groups/require-mfa.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { judgeByMoto, judgeByParliament, type ParliamentVerdict } from './_support/judges.ts';

type Statement = Readonly<Record<string, unknown>>;

const user = 'arn:aws:iam::123456789012:user/maria';

const documentOf = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more = {},
) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string | readonly string[], Resource: string | readonly string[] = '*', more = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

const withoutMfa = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } };
const fromOffice = { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
const harmlessOnly = {
  Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
};

const promotions = [
  'PutUserPolicy',
  'AttachUserPolicy',
  'PutGroupPolicy',
  'AttachGroupPolicy',
  'CreatePolicyVersion',
];

const documents: Readonly<Record<string, string>> = {
  everything: documentOf(allow('*')),
  'everything, written *:*': documentOf(allow('*:*')),
  'everything, in lists': documentOf(allow(['*'], ['*'])),
  'everything, beside something': documentOf(allow('s3:GetObject'), allow('*')),
  'everything but S3': documentOf(allow('*'), deny('s3:*')),
  'everything, and everything denied': documentOf(allow('*'), deny('*')),
  'everything, and all of IAM denied': documentOf(allow('*'), deny('iam:*')),
  'everything, and denied without MFA': documentOf(allow('*'), deny('*', '*', withoutMfa)),
  'everything, from one address': documentOf(allow('*', '*', fromOffice)),
  'everything, denied from one address': documentOf(allow('*'), deny('*', '*', fromOffice)),
  'all of IAM': documentOf(allow('iam:*')),
  'all of IAM in other letters': documentOf(allow('IAM:*')),
  'all of IAM, for reading': documentOf(allow(['iam:Get*', 'iam:List*'])),
  ...Object.fromEntries(promotions.map((name) => [name, documentOf(allow(`iam:${name}`))])),
  'calls by a wildcard at the end': documentOf(allow('iam:Put*')),
  'calls by a wildcard in the middle': documentOf(allow('iam:*UserPolicy')),
  'calls by a question mark': documentOf(allow('iam:PutUserPolic?')),
  'a call that is denied': documentOf(allow('iam:PutUserPolicy'), deny('iam:PutUserPolicy')),
  'a call that is denied by a wildcard': documentOf(allow('iam:PutUserPolicy'), deny('iam:Put*')),
  'a call, and another one denied': documentOf(allow('iam:PutUserPolicy'), deny('iam:PutGroupPolicy')),
  'a call on all users': documentOf(allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/*')),
  'a call on the user': documentOf(allow('iam:PutUserPolicy', user)),
  // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
  'a call on the user by a variable': documentOf(
    allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}'),
  ),
  'a call on somebody else': documentOf(allow('iam:PutUserPolicy', 'arn:aws:iam::123456789012:user/bob')),
  'a call on all, denied on the user': documentOf(
    allow('iam:PutUserPolicy'),
    deny('iam:PutUserPolicy', user),
  ),
  'only harmless policies': documentOf(allow('iam:AttachUserPolicy', '*', harmlessOnly)),
  'keys of others': documentOf(allow('iam:CreateAccessKey')),
  'passwords of others': documentOf(allow('iam:UpdateLoginProfile')),
  'other groups': documentOf(allow('iam:AddUserToGroup')),
  'older versions of policies': documentOf(allow('iam:SetDefaultPolicyVersion')),
  'policies of roles, and roles': documentOf(allow(['iam:PutRolePolicy', 'sts:AssumeRole'])),
  'new roles with policies': documentOf(allow(['iam:CreateRole', 'iam:PutRolePolicy'])),
  'roles for functions': documentOf(
    allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']),
  ),
  'roles for servers': documentOf(allow(['iam:PassRole', 'ec2:RunInstances'])),
  'code of functions': documentOf(allow('lambda:UpdateFunctionCode')),
  'one service': documentOf(allow('s3:*')),
  'reading everywhere': documentOf(allow(['s3:Get*', 'ec2:Describe*', 'lambda:List*'])),
  'nothing but a Deny': documentOf(deny('s3:*')),
  'the policy with which this program requires MFA': requireMfaPolicyDocument,
  'everything but S3, by NotAction': documentOf({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
  'all but IAM': documentOf({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
};

/** Parliament counts them; without another administrator they lead nowhere. */
const takeovers = ['AddUserToGroup', 'CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile'];

const someoneElse = 'it helps only if there is another administrator, or a group of them';
const notJudged =
  'ways through a service need an administrator’s role that trusts the service, and are not judged here';

/** Where the two judges disagree, and why. All else must be the same. */
const disagreements: Readonly<Record<string, { parliament: Certainty; ours: Certainty; because: string }>> = {
  'everything, from one address': {
    parliament: 'yes',
    ours: 'unknown',
    because: 'Parliament takes the condition of an Allow as met; we do not know where somebody is',
  },
  'everything, denied from one address': {
    parliament: 'yes',
    ours: 'unknown',
    because: 'Parliament takes the condition of a Deny as not met; we do not know where somebody is',
  },
  'everything, and all of IAM denied': { parliament: 'yes', ours: 'no', because: notJudged },
  'everything but S3, by NotAction': {
    parliament: 'no',
    ours: 'yes',
    because: 'Parliament passes over statements with NotAction',
  },
  'a call on somebody else': {
    parliament: 'yes',
    ours: 'no',
    because: 'Parliament does not look at whom a call is about',
  },
  'a call on all, denied on the user': {
    parliament: 'yes',
    ours: 'no',
    because: 'Parliament does not look at whom a call is about',
  },
  'only harmless policies': {
    parliament: 'yes',
    ours: 'no',
    because: 'Parliament takes the condition as met; we know that it leaves out the policies that would help',
  },
  'keys of others': { parliament: 'yes', ours: 'unknown', because: someoneElse },
  'passwords of others': { parliament: 'yes', ours: 'unknown', because: someoneElse },
  'other groups': { parliament: 'yes', ours: 'unknown', because: someoneElse },
  'older versions of policies': {
    parliament: 'yes',
    ours: 'no',
    because: 'it helps only if an older version allowed more, which is not read',
  },
  'policies of roles, and roles': {
    parliament: 'yes',
    ours: 'no',
    because:
      'it helps only if a role trusts the user; who may take an administrator’s role is judged elsewhere',
  },
  'new roles with policies': {
    parliament: 'no',
    ours: 'yes',
    because:
      'Parliament wants sts:AssumeRole, which a role that names the user in its trust policy does not need',
  },
  'roles for functions': { parliament: 'yes', ours: 'no', because: notJudged },
  'roles for servers': { parliament: 'yes', ours: 'no', because: notJudged },
  'code of functions': { parliament: 'yes', ours: 'no', because: notJudged },
};

const permissionsOf = (document: string) => ({
  userArn: user,
  documents: [parsePolicyDocument(document)],
  boundary: [],
});

const judgePromotion = (ways: readonly string[]): Certainty => (ways.length > 0 ? 'yes' : 'no');

/** Actions of services that have little to do with one another. */
const farApart = [
  's3:getobject',
  'ec2:runinstances',
  'iam:createuser',
  'lambda:invokefunction',
  'organizations:leaveorganization',
  'dynamodb:putitem',
  'kms:decrypt',
];

describe.skipIf(!motoIsInstalled())('Parliament and this program', () => {
  const names = Object.keys(documents);
  const verdicts = new Map<string, ParliamentVerdict>();
  beforeAll(async () => {
    const judged = await judgeByParliament(Object.values(documents));
    names.forEach((name, index) => {
      const one = judged[index];
      if (one) verdicts.set(name, one);
    });
  });

  it.each(names)('agree on whether somebody is an administrator by: %s', (name) => {
    const parliament = judgePromotion(verdicts.get(name)?.ways ?? []);
    const ours = judgeAdministrator(permissionsOf(documents[name] ?? ''));
    const { because: _, ...expected } = disagreements[name] ?? { parliament: ours, ours, because: '' };
    expect({ parliament, ours }).toEqual(expected);
  });

  it('have a reason for each disagreement, and no reason too many', () => {
    for (const [name, { parliament, ours, because }] of Object.entries(disagreements)) {
      expect(names, name).toContain(name);
      expect(parliament, because).not.toBe(ours);
    }
  });

  it.each(names)('agree on whether everything is allowed by: %s', (name) => {
    const allowed = verdicts.get(name)?.actions ?? [];
    // Both disagreements about an address hold here as well.
    const expected = farApart.every((action) => allowed.includes(action)) ? 'yes' : 'no';
    expect(judgeEverything(permissionsOf(documents[name] ?? ''))).toBe(
      name.includes('from one address') ? 'unknown' : expected,
    );
  });

  it('agree on policies put together by chance', async () => {
    const actions = fc.constantFrom(
      ...promotions.map((name) => `iam:${name}`),
      'iam:Put*',
      'iam:*Policy',
      'iam:Attach*',
      'iam:Get*',
      'iam:List*',
      'iam:*',
      'iam:TagUser',
      's3:*',
      's3:GetObject',
      'iam:Delete*',
      'iam:CreatePolic*',
    );
    const list = fc.array(actions, { minLength: 1, maxLength: 3 });
    const statement = fc.oneof(
      list.map((one) => allow(one)),
      list.map((one) => deny(one)),
    );
    const made = fc
      .sample(fc.array(statement, { minLength: 1, maxLength: 4 }), { numRuns: 120, seed: 20261127 })
      .map((statements) => documentOf(...statements));
    const judged = await judgeByParliament(made);
    const differing = made.flatMap((document, index) => {
      const ours = judgeAdministrator(permissionsOf(document));
      // Older versions of policies are not read.
      const ways = (judged[index]?.ways ?? []).filter((way) => way !== 'SetExistingDefaultPolicyVersion');
      const isTakeover = ways.length > 0 && ways.every((way) => takeovers.includes(way));
      return ours === (isTakeover ? 'unknown' : judgePromotion(ways)) ? [] : [{ document, ours, ways }];
    });
    expect(differing).toEqual([]);
  });
});

describe.skipIf(!motoIsInstalled())('moto and this program', () => {
  // moto distinguishes letters and takes a question mark as no wildcard, so that neither occurs here.
  const actions = ['s3:GetObject', 's3:PutObject', 'iam:CreateUser', 'ec2:RunInstances'];
  const resources = ['arn:aws:s3:::bills/2026/may', 'arn:aws:s3:::site/index', user];

  it('agree on calls under policies put together by chance', async () => {
    const some = (...texts: readonly string[]) =>
      fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 });
    const action = some(...actions, 's3:*', 's3:*Object', '*', 'iam:*', '*:Run*');
    const resource = some('*', 'arn:aws:s3:::*', 'arn:aws:s3:::bills/*', 'arn:aws:*:user/*', ...resources);
    const effect = fc.constantFrom('Allow', 'Deny');
    const statement: fc.Arbitrary<Statement> = fc.oneof(
      fc.record({ Effect: effect, Action: action, Resource: resource }),
      fc.record({ Effect: effect, NotAction: action, Resource: resource }),
      fc.record({
        Effect: effect,
        Action: fc.constantFrom(...actions),
        Resource: fc.constantFrom('*', user),
      }),
    );
    const made = fc
      .sample(fc.array(statement, { minLength: 1, maxLength: 4 }), { numRuns: 300, seed: 20261127 })
      .map((statements) => documentOf(...statements));
    const calls = made.flatMap((document) =>
      actions.flatMap((one) => resources.map((where) => [document, one, where] as const)),
    );
    const judged = await judgeByMoto(calls);
    const differing = calls.filter(([document, one, where], index) => {
      const ours = judgeRequest([parsePolicyDocument(document)], {
        action: one,
        resource: where,
        context: {},
      });
      return ours !== (judged[index] === 'PERMITTED' ? 'yes' : 'no');
    });
    expect(differing).toEqual([]);
    // Neither answer is given by rote.
    expect(new Set(judged)).toEqual(new Set(['PERMITTED', 'DENIED', 'NEUTRAL']));
  });
});
