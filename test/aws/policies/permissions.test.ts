import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicyDocument } from '../../../src/aws/policies/document.ts';
import {
  judgeAdministrator,
  judgeEverything,
  judgeMfaRequirement,
  judgeWork,
  type Permissions,
} from '../../../src/aws/policies/permissions.ts';
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

/** The calls of AWSCompromisedKeyQuarantineV3 that concern IAM (AWS Managed Policy Reference). */
const quarantine = deny([
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:ChangePassword',
  'iam:CreateAccessKey',
  'iam:CreateInstanceProfile',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:CreateRole',
  'iam:CreateUser',
  'iam:DetachUserPolicy',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPermissionsBoundary',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAccessKey',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'iam:UpdateUser',
]);

type Documents = readonly ReturnType<typeof documentOf>[];
const judge = (documents: Documents, boundary: Documents = []) =>
  judgeAdministrator({ userArn: 'arn:aws:iam::123456789012:user/staff/maria', documents, boundary });

describe('a policy about who is calling', () => {
  const about = (operator: string, key: string, value: string) =>
    judge([allow('*', '*', { Condition: { [operator]: { [key]: value } } })]);

  it.each([
    ['StringEquals', 'aws:username', 'maria', 'anna'],
    ['StringEquals', 'aws:PrincipalAccount', '123456789012', '210987654321'],
    [
      'ArnEquals',
      'aws:PrincipalArn',
      'arn:aws:iam::123456789012:user/staff/maria',
      'arn:aws:iam::123456789012:user/maria',
    ],
    ['StringEquals', 'aws:PrincipalType', 'User', 'AssumedRole'],
    ['Bool', 'aws:PrincipalIsAWSService', 'false', 'true'],
    ['Bool', 'aws:SecureTransport', 'true', 'false'],
    ['Bool', 'aws:ViaAWSService', 'false', 'true'],
  ])('holds for them alone: %s %s %s', (operator, key, own, other) => {
    expect(about(operator, key, own)).toBe('yes');
    expect(about(operator, key, other)).toBe('no');
  });
});

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
    ['policies of the account may be changed', [allow('iam:CreatePolicyVersion')]],
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

const user = 'arn:aws:iam::123456789012:user/staff/maria';
const own = 'arn:aws:iam::123456789012:policy/dev/base';
const devs = 'arn:aws:iam::123456789012:group/devs';
const withoutBoundary = { Condition: { Null: { 'iam:PermissionsBoundary': 'true' } } };
const withOwnBoundary = { Condition: { StringEquals: { 'iam:PermissionsBoundary': own } } };
const judgeWith = (more: Partial<Permissions>) =>
  judgeAdministrator({ userArn: user, documents: [], boundary: [], groupArns: [], policyArns: [], ...more });

describe('whether a user with certain groups and policies is an administrator', () => {
  it.each<[string, Partial<Permissions>]>([
    ['the policy may be changed', { policyArns: [own], documents: [allow('iam:CreatePolicyVersion', own)] }],
    [
      'the policies below a path may be changed',
      { policyArns: [own], documents: [allow('iam:*Version', 'arn:aws:iam::*:policy/dev/*')] },
    ],
    ['the group may get policies', { groupArns: [devs], documents: [allow('iam:PutGroupPolicy', devs)] }],
    [
      'a group may be joined and get policies',
      { documents: [allow(['iam:AddUserToGroup', 'iam:AttachGroupPolicy'])] },
    ],
    ['roles may be made', { documents: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'])] }],
    [
      'roles may be opened and filled',
      { documents: [allow(['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy'])] },
    ],
    [
      'other users may be made',
      {
        documents: [
          allow(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'], '*'),
          deny('iam:*', user),
        ],
      },
    ],
    [
      'AdministratorAccess may not be attached, but others may',
      {
        documents: [
          allow('iam:AttachUserPolicy'),
          deny('iam:AttachUserPolicy', '*', {
            Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' } },
          }),
        ],
      },
    ],
    ['the boundary allows everything', { documents: [everything], boundary: [everything] }],
    ['the boundary lets them make other users', { documents: [everything], boundary: [allow('iam:*')] }],
    [
      'the boundary may be taken off',
      {
        documents: [everything],
        boundary: [allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])],
      },
    ],
    [
      'the boundary may be replaced with one that allows everything',
      {
        documents: [everything],
        boundary: [
          allow(['s3:*', 'iam:PutUserPermissionsBoundary'], '*', {
            Condition: {
              ArnLikeIfExists: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/Administrator*' },
            },
          }),
        ],
      },
    ],
    [
      'a role may take off its boundary',
      {
        userArn: 'arn:aws:iam::123456789012:role/build',
        documents: [everything],
        boundary: [allow(['s3:*', 'iam:DeleteRolePermissionsBoundary'])],
      },
    ],
    ...(['iam:PutUserPolicy', 'iam:AttachUserPolicy'] as const).map(
      (action): [string, Partial<Permissions>] => [
        `${action} is allowed for users without a boundary, which they are`,
        { documents: [allow(action, user, withoutBoundary)] },
      ],
    ),
    [
      'roles without a boundary may be made and filled',
      { documents: [allow(['iam:CreateRole', 'iam:AttachRolePolicy'], '*', withoutBoundary)] },
    ],
    [
      'users without a boundary may be made and filled',
      {
        documents: [
          allow(['iam:CreateUser', 'iam:PutUserPolicy'], '*', withoutBoundary),
          allow('iam:CreateLoginProfile'),
          deny('iam:*', user),
        ],
      },
    ],
    [
      'it needs MFA of less than an hour',
      {
        documents: [
          allow('*', '*', { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }),
        ],
      },
    ],
    [
      'a role may fill itself',
      {
        userArn: 'arn:aws:iam::123456789012:role/build',
        documents: [allow('iam:AttachRolePolicy', 'arn:aws:iam::123456789012:role/build')],
      },
    ],
    [
      'the account is in China',
      {
        userArn: 'arn:aws-cn:iam::123456789012:user/maria',
        documents: [
          allow('iam:AttachUserPolicy', 'arn:aws-cn:iam::*:user/*', {
            Condition: { ArnLike: { 'iam:PolicyARN': 'arn:aws-cn:iam::aws:policy/*' } },
          }),
        ],
      },
    ],
  ])('is yes where %s', (_, more) => {
    expect(judgeWith(more)).toBe('yes');
  });

  it.each<[string, Partial<Permissions>]>([
    ['only other policies may be changed', { policyArns: [own], documents: [allow('iam:*', `${own}-2`)] }],
    ['only other groups may get policies', { groupArns: [devs], documents: [allow('iam:*', `${devs}-2`)] }],
    ['groups may get policies, but they are in none', { documents: [allow('iam:AttachGroupPolicy')] }],
    ['roles may be made, but not filled', { documents: [allow(['iam:CreateRole', 'iam:PassRole'])] }],
    [
      'only harmless policies may be attached',
      {
        documents: [
          allow('iam:AttachUserPolicy', '*', {
            Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
          }),
        ],
      },
    ],
    [
      'everybody new gets a boundary',
      {
        documents: [
          allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateAccessKey'], '*', {
            Condition: { StringEquals: { 'iam:PermissionsBoundary': own } },
          }),
          deny('iam:CreateAccessKey'),
        ],
      },
    ],
    [
      'policies may be given only to whom a boundary limits',
      { documents: [allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy'], '*', withOwnBoundary)] },
    ],
    [
      'roles may be made only with a boundary',
      { documents: [allow('iam:CreateRole', '*', withOwnBoundary), allow('iam:AttachRolePolicy')] },
    ],
    [
      'the boundary may be replaced with none but itself',
      {
        documents: [everything],
        boundary: [allow('s3:*'), allow('iam:PutUserPermissionsBoundary', '*', withOwnBoundary)],
      },
    ],
    [
      'a role may take off the boundaries of users',
      {
        userArn: 'arn:aws:iam::123456789012:role/build',
        documents: [everything],
        boundary: [allow(['s3:*', 'iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'])],
      },
    ],
    [
      'the boundary allows them to fill themselves, but nothing else',
      { documents: [everything], boundary: [allow(['iam:PutUserPolicy', 's3:*'], user)] },
    ],
    [
      'the boundary denies them to leave it',
      {
        documents: [everything],
        boundary: [
          allow(['s3:*', 'iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary']),
          deny('iam:DeleteUserPermissionsBoundary'),
        ],
      },
    ],
    [
      'the variable is in a version that has none',
      {
        documents: [
          parsePolicyDocument(
            JSON.stringify({
              Statement: {
                Effect: 'Allow',
                Action: 'iam:PutUserPolicy',
                Resource: 'arn:aws:iam::*:user/*${aws:username}',
              },
            }),
          ),
        ],
      },
    ],
    ['they may see everything', { documents: [allow(['*:Get*', '*:List*', '*:Describe*'])] }],
    ['AWS has found a key of theirs in public', { documents: [everything, quarantine] }],
  ])('is no where %s', (_, more) => {
    expect(judgeWith(more)).toBe('no');
  });

  it.each<[string, Partial<Permissions>]>([
    ['they may set passwords, so that it depends on whose', { documents: [allow('iam:UpdateLoginProfile')] }],
    ['they may give passwords, so that it depends on whom', { documents: [allow('iam:CreateLoginProfile')] }],
    ['they may make keys, so that it depends on whose', { documents: [allow('iam:CreateAccessKey')] }],
    ['they may join groups, so that it depends on which', { documents: [allow('iam:AddUserToGroup')] }],
    ['the boundary cannot be read', { documents: [everything], boundary: [undefined] }],
    [
      'it depends on a tag of theirs',
      {
        documents: [
          // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
          allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:PrincipalTag/team}/*'),
        ],
      },
    ],
  ])('is unknown where %s', (_, more) => {
    expect(judgeWith(more)).toBe('unknown');
  });

  it('never gets more certain when a policy is read no more', () => {
    const documents = fc.array(
      fc.constantFrom(
        everything,
        powerUser,
        quarantine,
        allow('iam:*'),
        allow('iam:PutUserPolicy', user),
        allow('iam:CreateAccessKey'),
        deny('*'),
        deny('iam:Put*'),
        deny('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(documents, documents, fc.boolean(), fc.nat(), (list, limits, isLimited, index) => {
        const boundary = isLimited ? limits : [];
        const before = judgeWith({ documents: list, boundary });
        const unread = list.map((one, at) => (at === index % list.length ? undefined : one));
        expect(['unknown', before]).toContain(judgeWith({ documents: unread, boundary }));
      }),
      { numRuns: 500 },
    );
  });

  it('never grants more when a policy is denied as well', () => {
    const granting = [everything, allow('iam:*'), allow(['iam:CreateRole', 'iam:PutRolePolicy'])];
    for (const one of granting) expect(judgeWith({ documents: [one, deny('*')] })).toBe('no');
  });
});

describe('another version of a policy that a user has', () => {
  const mayChoose = allow('iam:SetDefaultPolicyVersion', own);

  it.each<[string, Documents, Documents, string]>([
    ['that allows everything makes an administrator', [mayChoose], [everything], 'yes'],
    ['does not where nobody may choose it', [allow('s3:*')], [everything], 'no'],
    ['does not where it allows no more', [mayChoose], [allow('s3:*')], 'no'],
    ['is not known where it cannot be read', [mayChoose], [undefined], 'unknown'],
  ])('%s', (_, documents, version, expected) => {
    const otherVersions = [{ policyArn: own, documents: version }];
    expect(judgeWith({ documents, otherVersions })).toBe(expected);
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
    [
      'what one statement leaves out another denies',
      [
        documentOf({ Effect: 'Deny', NotAction: 'dynamodb:*', Resource: '*', ...withoutMfa('BoolIfExists') }),
        deny('dynamodb:*', '*', withoutMfa('BoolIfExists')),
      ],
    ],
    [
      'MFA must be of less than an hour',
      [
        deny('*', '*', {
          Condition: { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
        }),
      ],
    ],
    [
      'the value is written without quotes',
      [deny('*', '*', { Condition: { BoolIfExists: { 'aws:multifactorauthpresent': false } } })],
    ],
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
    [
      'a service is left out',
      [
        documentOf({
          Effect: 'Deny',
          NotAction: ['iam:*MFADevice*', 'dynamodb:*'],
          Resource: '*',
          ...withoutMfa('BoolIfExists'),
        }),
      ],
    ],
    [
      'all of IAM is left out',
      [documentOf({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*', ...withoutMfa('BoolIfExists') })],
    ],
    [
      'it is denied only where there is no word of MFA, as with access keys',
      [deny('*', '*', { Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ],
    ['it is allowed instead of denied', [allow('*', '*', withoutMfa('BoolIfExists'))]],
  ])('is no where %s', (_, documents) => {
    expect(judgeMfaRequirement(documents)).toBe('no');
  });

  it('is unknown where somebody may be excepted', () => {
    const Condition = {
      BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
      StringNotEquals: { 'aws:username': 'break-glass' },
    };
    expect(judgeMfaRequirement([deny('*', '*', { Condition })])).toBe('unknown');
  });

  it('is unknown where everything may be denied with MFA as well', () => {
    const elsewhere = { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } };
    const documents = [deny('*', '*', withoutMfa('BoolIfExists')), deny('*', '*', elsewhere)];
    expect(judgeMfaRequirement(documents)).toBe('unknown');
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
      'one service is left of everything',
      [everything, documentOf({ Effect: 'Deny', NotAction: 'dynamodb:*', Resource: '*' })],
    ],
    ['a part of what is allowed is denied', [allow('s3:*'), deny('s3:Delete*')]],
    [
      'it is denied on other resources',
      [allow('s3:*', 'arn:aws:s3:::a/*'), deny('s3:*', 'arn:aws:s3:::b/*')],
    ],
    [
      'it is allowed with MFA',
      [allow('s3:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    ],
    [
      'somebody is excepted from what denies everything',
      [allow('s3:*'), deny('*', '*', { Condition: { StringNotEquals: { 'aws:username': 'bob' } } })],
    ],
    ['another policy cannot be read', [allow('s3:*'), undefined]],
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
    [
      'it is allowed on everything but everything',
      [documentOf({ Effect: 'Allow', Action: 's3:*', NotResource: '*' })],
    ],
    [
      'it was allowed until a day that has passed',
      [allow('s3:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } })],
    ],
    ['one service is allowed and denied again', [allow(['s3:Get*', 's3:List*']), deny('s3:*')]],
    [
      'all but some other service is denied',
      [allow('s3:*'), documentOf({ Effect: 'Deny', NotAction: 'iam:ChangePassword', Resource: '*' })],
    ],
    [
      'everything is allowed and all but the own sign-in denied',
      [
        everything,
        documentOf({ Effect: 'Deny', NotAction: ['iam:*MFADevice*', 'iam:ChangePassword'], Resource: '*' }),
      ],
    ],
    [
      'people only see and change themselves',
      // eslint-disable-next-line no-template-curly-in-string -- a variable of IAM
      [allow(['iam:Get*', 'iam:List*', 'iam:TagUser'], 'arn:aws:iam::*:user/${aws:username}')],
    ],
    [
      'it is only allowed without MFA',
      [allow('s3:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    ],
    ['what is denied leaves nothing, though another policy cannot be read', [deny('*'), undefined]],
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

describe('whether a user can do everything as they are', () => {
  it('is so with everything, and not with all of IAM or all but IAM', () => {
    const judgeDocuments = (documents: Documents) =>
      judgeEverything({ userArn: user, documents, boundary: [] });
    expect(judgeDocuments([everything])).toBe('yes');
    expect(judgeDocuments([powerUser, allow('iam:*')])).toBe('yes');
    expect(judgeDocuments([allow('iam:*')])).toBe('no');
    expect(judgeDocuments([powerUser])).toBe('no');
    expect(judgeDocuments([everything, undefined])).toBe('unknown');
  });
});
