import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import { judgeAdministrator, judgeMfaRequirement, judgeWork } from '../../../src/aws/policies/permissions.ts';
import { requireMfaPolicyDocument } from '../../../src/steps/groups/require-mfa.ts';

type Statement = Readonly<Record<string, unknown>>;
const documentOf = (...statements: readonly Statement[]) =>
  parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }));

const allow = (Action: string | readonly string[], Resource = '*', more: Statement = {}) =>
  documentOf({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: string | readonly string[], Resource = '*', more: Statement = {}) =>
  documentOf({ Effect: 'Deny', Action, Resource, ...more });

const everything = allow('*');
const powerUser = documentOf({
  Effect: 'Allow',
  NotAction: ['iam:*', 'organizations:*', 'account:*'],
  Resource: '*',
});

type Documents = readonly ReturnType<typeof documentOf>[];
const judge = (documents: Documents, boundary: Documents = []) =>
  judgeAdministrator({ userArn: 'arn:aws:iam::123456789012:user/staff/maria', documents, boundary });

describe('whether a user is an administrator', () => {
  it.each<[string, Documents]>([
    ['everything is allowed', [everything]],
    ['everything is allowed, written *:*', [allow('*:*')]],
    [
      'everything is allowed in one statement without a list',
      [parsePolicyDocument('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}')],
    ],
    ['all of IAM is allowed', [allow('iam:*')]],
    ['all of IAM is allowed in odd letters', [allow('IAM:*')]],
    [
      'all but other services is allowed',
      [documentOf({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' })],
    ],
    ['power users may do IAM as well', [powerUser, allow('iam:*')]],
    ['their own policies may be written', [allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/staff/maria')]],
    // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
    [
      'their own policies may be written, by a variable',
      [allow('iam:Put*', 'arn:aws:iam::*:user/*${aws:username}')],
    ],
    ['policies may be attached to groups', [allow('iam:AttachGroupPolicy')]],
    [
      'everything is allowed with MFA',
      [allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ],
    [
      'everything is denied, but only without MFA',
      [
        everything,
        deny('*', '*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ],
    ],
    ['some other thing is denied', [everything, deny('s3:DeleteBucket')]],
  ])('is yes where %s', (_, documents) => {
    expect(judge(documents)).toBe('yes');
  });

  it.each<[string, Documents, Documents?]>([
    ['nothing is allowed', []],
    ['everything but IAM is allowed', [powerUser]],
    ['everything is denied as well', [everything, deny('*')]],
    ['all of IAM is denied', [everything, deny('iam:*')]],
    [
      'everything is denied by what is not an action',
      [everything, documentOf({ Effect: 'Deny', NotAction: 's3:none', Resource: '*' })],
    ],
    ['a boundary allows no IAM', [everything], [powerUser]],
    ['only IAM is read', [allow(['iam:Get*', 'iam:List*'])]],
    [
      'only the policies of somebody else may be written',
      [allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/bob')],
    ],
    // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
    [
      'only their own password and keys may be changed',
      [allow(['iam:ChangePassword', 'iam:*AccessKey*'], 'arn:aws:iam::*:user/${aws:username}')],
    ],
  ])('is no where %s', (_, documents, boundary) => {
    expect(judge(documents, boundary)).toBe('no');
  });

  it.each<[string, Documents, Documents?]>([
    ['a policy could not be read', [undefined]],
    ['a policy that could not be read may deny it', [everything, undefined]],
    ['the boundary could not be read', [everything], [undefined]],
    [
      'it depends on the address',
      [allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })],
    ],
    [
      'a denial depends on a tag',
      [everything, deny('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } })],
    ],
  ])('is unknown where %s', (_, documents, boundary) => {
    expect(judge(documents, boundary)).toBe('unknown');
  });
});

describe('whether policies require MFA', () => {
  const withoutMfa = (operator: string) => ({
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
  });

  it('is yes for the policy that this program writes', () => {
    expect(judgeMfaRequirement([parsePolicyDocument(requireMfaPolicyDocument)])).toBe('yes');
  });

  it.each<[string, Documents]>([
    ['everything is denied', [deny('*', '*', withoutMfa('BoolIfExists'))]],
    [
      'everything but some actions is denied',
      [
        documentOf({
          Effect: 'Deny',
          NotAction: 'iam:*MFADevice*',
          Resource: '*',
          ...withoutMfa('BoolIfExists'),
        }),
      ],
    ],
    [
      'two statements deny it, with a key and in the console',
      [
        deny('*', '*', withoutMfa('Bool')),
        deny('*', '*', { Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      ],
    ],
    [
      'it is denied where MFA is not true',
      [deny('*', '*', { Condition: { StringNotEquals: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ],
    ['another policy cannot be read', [deny('*', '*', withoutMfa('BoolIfExists')), undefined]],
  ])('is yes where %s', (_, documents) => {
    expect(judgeMfaRequirement(documents)).toBe('yes');
  });

  it('is only so in the console where the condition needs the key to be there', () => {
    expect(judgeMfaRequirement([deny('*', '*', withoutMfa('Bool'))])).toBe('console only');
  });

  it.each<[string, Documents]>([
    ['there is no policy', []],
    ['the policy is empty but for a name', [allow('iam:ListMFADevices')]],
    ['only one service is denied', [deny('s3:*', '*', withoutMfa('BoolIfExists'))]],
    ['only some resources are denied', [deny('*', 'arn:aws:s3:::*', withoutMfa('BoolIfExists'))]],
    [
      'it is denied with MFA',
      [deny('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ],
    ['everything is always denied', [deny('*')]],
    ['it is allowed instead of denied', [allow('*', '*', withoutMfa('BoolIfExists'))]],
  ])('is no where %s', (_, documents) => {
    expect(judgeMfaRequirement(documents)).toBe('no');
  });

  it('is unknown where the only policy cannot be read', () => {
    expect(judgeMfaRequirement([undefined])).toBe('unknown');
  });
});

describe('whether policies let somebody work', () => {
  it.each<[string, Documents]>([
    ['one service may be used', [allow('s3:*')]],
    ['something may be read', [allow('cloudwatch:Describe*')]],
    ['a role may be taken', [allow('sts:AssumeRole')]],
    ['all but some is allowed', [powerUser]],
    [
      'other Regions are denied',
      [
        allow('ec2:*'),
        deny('*', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      ],
    ],
  ])('is yes where %s', (_, documents) => {
    const verdict = judgeWork(documents);
    expect(verdict).toBe('yes');
  });

  it.each<[string, Documents]>([
    ['there is no policy', []],
    ['everything is only denied', [deny('*')]],
    [
      'only other Regions are denied',
      [deny('*', '*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    ],
    [
      'people only look after their sign-in',
      [allow(['iam:ChangePassword', 'iam:EnableMFADevice', 'iam:*AccessKey*', 'sts:GetSessionToken'])],
    ],
    ['a program only sends mail', [allow('ses:SendRawEmail')]],
    ['what is allowed is all denied again', [allow('s3:*'), deny('*')]],
  ])('is no where %s', (_, documents) => {
    expect(judgeWork(documents)).toBe('no');
  });

  it('is no for the policy with which this program requires MFA', () => {
    expect(judgeWork([parsePolicyDocument(requireMfaPolicyDocument)])).toBe('no');
  });

  it('is unknown where the only policy cannot be read', () => {
    expect(judgeWork([undefined])).toBe('unknown');
  });
});
