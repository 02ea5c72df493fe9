import type { ForeignCall } from '../another-client.ts';
import { allow, awsPolicy, customerPolicy, deny, policy, type Drift, type FinishedAccount } from './drift.ts';
import { limited, person, showLimit } from './finished.ts';
import { withFigures } from '../front.ts';

const putUserPolicy = (...statements: readonly object[]): ForeignCall => [
  'iam',
  'PutUserPolicy',
  { UserName: 'otto', PolicyName: 'own', PolicyDocument: policy(...statements) },
];

/** Otto, who has a password, no MFA, and these permissions of his own. */
const otto = (...statements: readonly object[]): readonly ForeignCall[] => [
  ...person('otto'),
  putUserPolicy(...statements),
];

/** Otto, with a policy of the account's own, and with another version of it, in effect or not. */
const ottoWithVersions = (
  account: FinishedAccount,
  first: object,
  second: object,
  SetAsDefault: boolean,
): readonly ForeignCall[] => [
  ...person('otto'),
  ['iam', 'CreatePolicy', { PolicyName: 'versions', PolicyDocument: policy(first) }],
  [
    'iam',
    'CreatePolicyVersion',
    { PolicyArn: customerPolicy(account, 'versions'), PolicyDocument: policy(second), SetAsDefault },
  ],
  ['iam', 'AttachUserPolicy', { UserName: 'otto', PolicyArn: customerPolicy(account, 'versions') }],
];

const attachToOtto = (PolicyArn: string): ForeignCall => [
  'iam',
  'AttachUserPolicy',
  { UserName: 'otto', PolicyArn },
];

/** A role that can do everything, and whoever its trust policy lets in. */
const role = (trust: object, action = 'sts:AssumeRole'): readonly ForeignCall[] => [
  [
    'iam',
    'CreateRole',
    {
      RoleName: 'everything',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: action, ...trust }],
      }),
    },
  ],
  ['iam', 'AttachRolePolicy', { RoleName: 'everything', PolicyArn: awsPolicy('AdministratorAccess') }],
];

const github = 'token.actions.githubusercontent.com';

const federated = (conditions: object) => (account: FinishedAccount) =>
  role(
    {
      Principal: { Federated: `arn:aws:iam::${account.id}:oidc-provider/${github}` },
      Condition: { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' }, ...conditions },
    },
    'sts:AssumeRoleWithWebIdentity',
  );

const unprotected = 'otto is an administrator with a password and no MFA';
const perhaps = 'otto may be an administrator, with a password and no MFA';
const byRole = 'otto can do everything by taking the role everything, with a password and no MFA';
const nobodyElse = 'maria, with MFA';

const rights: readonly Omit<Drift, 'step'>[] = [
  { planted: 'iam:* of a user', plant: () => otto(allow('iam:*')), status: 'unmet', says: unprotected },
  {
    planted: '*:* of a group',
    plant: () => [
      ['iam', 'CreateGroup', { GroupName: 'ops' }],
      [
        'iam',
        'PutGroupPolicy',
        { GroupName: 'ops', PolicyName: 'all', PolicyDocument: policy(allow('*:*')) },
      ],
      ...person('otto', 'ops'),
    ],
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'NotAction s3:DeleteBucket',
    plant: () => otto({ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: '*' }),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'NotAction iam:*',
    plant: () => otto({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything in a version that is not the default',
    plant: (account) => ottoWithVersions(account, allow('s3:*'), allow('*'), false),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything in a later version, the default',
    plant: (account) => ottoWithVersions(account, allow('s3:*'), allow('*'), true),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'iam:CreatePolicyVersion on the own policy',
    plant: (account) =>
      ottoWithVersions(
        account,
        allow('s3:*'),
        allow('iam:CreatePolicyVersion', { Resource: customerPolicy(account, 'versions') }),
        true,
      ),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'iam:SetDefaultPolicyVersion on a policy with everything in an older version',
    plant: (account) =>
      ottoWithVersions(
        account,
        allow('*'),
        allow('iam:SetDefaultPolicyVersion', { Resource: customerPolicy(account, 'versions') }),
        true,
      ),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'iam:AttachUserPolicy on oneself',
    plant: () =>
      // oxlint-disable-next-line no-template-curly-in-string -- IAM fills this variable in
      otto(allow('iam:AttachUserPolicy', { Resource: 'arn:aws:iam::*:user/${aws:username}' })),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'iam:AttachUserPolicy of ReadOnlyAccess only',
    plant: () =>
      otto(
        allow('iam:AttachUserPolicy', {
          Condition: { ArnEquals: { 'iam:PolicyARN': awsPolicy('ReadOnlyAccess') } },
        }),
      ),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'iam:PutGroupPolicy on the own group',
    plant: ({ id }) => [
      ['iam', 'CreateGroup', { GroupName: 'ops' }],
      [
        'iam',
        'PutGroupPolicy',
        {
          GroupName: 'ops',
          PolicyName: 'self',
          PolicyDocument: policy(allow('iam:PutGroupPolicy', { Resource: `arn:aws:iam::${id}:group/ops` })),
        },
      ],
      ...person('otto', 'ops'),
    ],
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'iam:AddUserToGroup',
    plant: () => otto(allow('iam:AddUserToGroup')),
    status: 'unmet',
    says: perhaps,
  },
  {
    planted: 'iam:UpdateLoginProfile of others',
    plant: () => otto(allow('iam:UpdateLoginProfile')),
    status: 'unmet',
    says: perhaps,
  },
  {
    planted: 'iam:PassRole and a function with the role of an administrator',
    plant: () => [
      ...role({ Principal: { Service: 'lambda.amazonaws.com' } }),
      ...otto(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'])),
    ],
    status: 'unmet',
    says: 'otto can do everything by passing the role everything to a service, with a password and no MFA',
  },
  {
    planted: 'iam:PassRole and a server with the role of an administrator',
    plant: () => [
      ...role({ Principal: { Service: 'ec2.amazonaws.com' } }),
      ...otto(allow(['iam:PassRole', 'ec2:*'])),
    ],
    status: 'unmet',
    says: 'otto can do everything by passing the role everything to a service, with a password and no MFA',
  },
  {
    planted: 'a function, but iam:PassRole to another service only',
    plant: () => [
      ...role({ Principal: { Service: 'lambda.amazonaws.com' } }),
      ...otto(
        allow('lambda:*'),
        allow('iam:PassRole', {
          Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
        }),
      ),
    ],
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything, within a boundary that can be taken off',
    plant: (account) => [
      ...limited('otto', account, allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])),
      attachToOtto(awsPolicy('AdministratorAccess')),
    ],
    answers: showLimit('otto'),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'everything, within a boundary of S3',
    plant: (account) => [
      ...limited('otto', account, allow('s3:*')),
      attachToOtto(awsPolicy('AdministratorAccess')),
    ],
    answers: showLimit('otto'),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything but iam:*, which is denied',
    plant: () => otto(allow('*'), deny('iam:*')),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything but cloudtrail:*, which is denied',
    plant: () => otto(allow('*'), deny('cloudtrail:*')),
    status: 'unmet',
    says: unprotected,
  },
  {
    planted: 'everything, until a day that has passed',
    plant: () =>
      otto(allow('*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } })),
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'everything, until a day to come',
    plant: () =>
      otto(allow('*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2086-01-01T00:00:00Z' } } })),
    status: 'unmet',
    says: unprotected,
  },
];

const signIns: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'MFA of the only administrator taken off',
    plant: ({ id }) => [
      ['iam', 'DeactivateMFADevice', { UserName: 'maria', SerialNumber: `arn:aws:iam::${id}:mfa/phone` }],
    ],
    status: 'unmet',
    says: 'No administrator is complete (maria: no MFA)',
  },
  {
    planted: 'password of the only administrator deleted',
    plant: () => [['iam', 'DeleteLoginProfile', { UserName: 'maria' }]],
    // Frozen so, as the way in which test/interfaces.test.ts sees that the program knows its own users.
    status: 'met',
    says: 'maria cannot sign in to the console: no password',
  },
  {
    planted: 'the only administrator taken out of the group',
    plant: () => [['iam', 'RemoveUserFromGroup', { GroupName: 'Administrators', UserName: 'maria' }]],
    status: 'unmet',
    says: 'No user is an administrator',
  },
  {
    planted: 'an access key of the administrator, turned off',
    plant: () => [
      ['iam', 'CreateAccessKey', { UserName: 'maria' }],
      [
        'iam',
        'UpdateAccessKey',
        {
          UserName: 'maria',
          AccessKeyId: { $from: [0, 'AccessKey', 'AccessKeyId'] },
          Status: 'Inactive',
        },
      ],
    ],
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'a user without rights whom a tag calls the administrator',
    plant: () => [
      ...person('otto'),
      ['iam', 'CreateAccessKey', { UserName: 'otto' }],
      ['iam', 'TagUser', { UserName: 'otto', Tags: [{ Key: 'aws-first-steps', Value: 'administrator' }] }],
    ],
    status: 'met',
    says: 'a tag says that this program made otto, which is doubtful',
  },
];

const roles: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'role for everybody but one account',
    plant: ({ id }) =>
      role({
        Principal: { AWS: '*' },
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': id } },
      }),
    status: 'unmet',
    says: 'everybody may take the role everything and do everything',
  },
  {
    planted: 'role for everybody with an external id',
    plant: () =>
      role({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }),
    status: 'met',
    says: 'administrators from outside: everybody who meets its conditions (role everything)',
  },
  {
    planted: 'role for everybody, within a boundary of S3',
    plant: (account) => [
      ['iam', 'CreatePolicy', { PolicyName: 'limit', PolicyDocument: policy(allow('s3:*')) }],
      ...role({ Principal: '*' }),
      [
        'iam',
        'PutRolePermissionsBoundary',
        { RoleName: 'everything', PermissionsBoundary: customerPolicy(account, 'limit') },
      ],
    ],
    status: 'met',
    says: nobodyElse,
  },
  {
    planted: 'role for GitHub, whatever the repository',
    plant: federated({}),
    status: 'unmet',
    says: `everybody with an account at ${github} may take the role everything`,
  },
  {
    planted: 'role for GitHub, with repo:*',
    plant: federated({ StringLike: { [`${github}:sub`]: 'repo:*' } }),
    status: 'unmet',
    says: `everybody with an account at ${github} may take the role everything`,
  },
  {
    planted: 'role for one repository at GitHub',
    plant: federated({ StringLike: { [`${github}:sub`]: 'repo:example/site:*' } }),
    status: 'met',
    says: `administrators from outside: those who sign in through ${github}`,
  },
  {
    planted: 'role for a SAML provider',
    plant: ({ id }) =>
      role({ Principal: { Federated: `arn:aws:iam::${id}:saml-provider/office` } }, 'sts:AssumeRoleWithSAML'),
    status: 'met',
    says: 'administrators from outside: those who sign in through office',
  },
  {
    planted: 'role of an administrator that a user may take',
    plant: ({ id }) => [
      ...role({ Principal: { AWS: `arn:aws:iam::${id}:root` } }),
      ...otto(allow('sts:AssumeRole')),
    ],
    status: 'unmet',
    says: byRole,
  },
  {
    planted: 'role of an administrator that trusts the user',
    plant: ({ id }) => [...person('otto'), ...role({ Principal: { AWS: `arn:aws:iam::${id}:user/otto` } })],
    status: 'unmet',
    says: byRole,
  },
  {
    planted: 'the same with MFA only',
    plant: ({ id }) => [
      ...role({
        Principal: { AWS: `arn:aws:iam::${id}:root` },
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
      ...otto(allow('sts:AssumeRole')),
    ],
    status: 'met',
    says: nobodyElse,
  },
];

const root: readonly Drift[] = [
  {
    step: 'root-mfa',
    planted: 'no MFA of root in the account summary',
    answers: () => ({
      'iam:GetAccountSummary': withFigures({ AccountMFAEnabled: 0, AccountPasswordPresent: 1 }),
    }),
    status: 'unmet',
    says: 'The password alone opens the whole account',
  },
  {
    step: 'root-mfa',
    planted: 'neither MFA nor a password of root in it',
    answers: () => ({
      'iam:GetAccountSummary': withFigures({ AccountMFAEnabled: 0, AccountPasswordPresent: 0 }),
    }),
    status: 'not-applicable',
    says: 'has no password',
  },
  {
    step: 'root-access-keys',
    planted: 'an access key of root in it',
    answers: () => ({ 'iam:GetAccountSummary': withFigures({ AccountAccessKeysPresent: 1 }) }),
    status: 'unmet',
    says: 'The root user has access keys',
  },
];

export const administratorDrifts: readonly Drift[] = [
  ...root,
  ...[...rights, ...signIns, ...roles].map((drift) => ({ step: 'admin-user', ...drift })),
];
