import { allow, awsPolicy, deny, policy, type Drift } from './drift.ts';
import type { ForeignCall } from '../another-client.ts';
import { limited, passwordPolicy, person, showLimit, tagMaria, yesterday } from './finished.ts';

/** Another document for the policy that makes the developers use MFA. */
const requireMfa = (statement: object): readonly ForeignCall[] => [
  [
    'iam',
    'PutGroupPolicy',
    { GroupName: 'developers', PolicyName: 'require-mfa', PolicyDocument: policy(statement) },
  ],
];

const without = (operator: string, value = 'false') => ({
  Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
});

const developersMay = (...statements: readonly object[]): readonly ForeignCall[] => [
  ['iam', 'DetachGroupPolicy', { GroupName: 'developers', PolicyArn: awsPolicy('PowerUserAccess') }],
  [
    'iam',
    'PutGroupPolicy',
    { GroupName: 'developers', PolicyName: 'work', PolicyDocument: policy(...statements) },
  ],
];

const lostGroup = (): readonly ForeignCall[] => [
  ['iam', 'RemoveUserFromGroup', { GroupName: 'developers', UserName: 'anna' }],
  ['iam', 'DetachGroupPolicy', { GroupName: 'developers', PolicyArn: awsPolicy('PowerUserAccess') }],
  ['iam', 'DeleteGroupPolicy', { GroupName: 'developers', PolicyName: 'require-mfa' }],
  ['iam', 'DeleteGroup', { GroupName: 'developers' }],
];

const tagAnna = (Key: string, Value: string): ForeignCall => [
  'iam',
  'TagUser',
  { UserName: 'anna', Tags: [{ Key, Value }] },
];

const noTeam = 'Nobody but administrators has a group that lets them work';
const withoutMfa = 'developers';

const groups: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'require-mfa lets S3 through without MFA',
    plant: () =>
      requireMfa({ Effect: 'Deny', NotAction: ['iam:*', 's3:*'], Resource: '*', ...without('BoolIfExists') }),
    status: 'met',
    says: withoutMfa,
    exactly: true,
  },
  {
    planted: 'require-mfa with Bool',
    plant: () => requireMfa(deny('*', without('Bool'))),
    status: 'met',
    says: 'developers (MFA in the console, not with access keys)',
    exactly: true,
  },
  {
    planted: 'require-mfa attached to nobody',
    plant: () => [
      ['iam', 'DeleteGroupPolicy', { GroupName: 'developers', PolicyName: 'require-mfa' }],
      [
        'iam',
        'CreatePolicy',
        { PolicyName: 'require-mfa', PolicyDocument: policy(deny('*', without('BoolIfExists'))) },
      ],
    ],
    status: 'met',
    says: withoutMfa,
    exactly: true,
  },
  {
    planted: 'require-mfa on one bucket only',
    plant: () => requireMfa(deny('*', { Resource: 'arn:aws:s3:::backups/*', ...without('BoolIfExists') })),
    status: 'met',
    says: withoutMfa,
    exactly: true,
  },
  {
    planted: 'require-mfa the wrong way round: denies with MFA',
    plant: () => requireMfa(deny('*', without('Bool', 'true'))),
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'AWSDenyAll beside the policy of the team',
    plant: () => [
      ['iam', 'AttachGroupPolicy', { GroupName: 'developers', PolicyArn: awsPolicy('AWSDenyAll') }],
    ],
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'the only member within a boundary of nothing but passwords',
    plant: (account) => [
      ['iam', 'RemoveUserFromGroup', { GroupName: 'developers', UserName: 'anna' }],
      ...limited('otto', account, allow('iam:ChangePassword')),
      ['iam', 'AddUserToGroup', { GroupName: 'developers', UserName: 'otto' }],
    ],
    answers: showLimit('otto'),
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'what the team may do, only until a day that has passed',
    plant: () =>
      developersMay(
        allow('s3:*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } }),
      ),
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'what the team may do, on NotResource *',
    plant: () => developersMay({ Effect: 'Allow', Action: 's3:*', NotResource: '*' }),
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'the group of the team deleted',
    plant: () => lostGroup(),
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: 'a policy of a user beside the groups',
    plant: () => [['iam', 'AttachUserPolicy', { UserName: 'anna', PolicyArn: awsPolicy('ReadOnlyAccess') }]],
    status: 'unmet',
    says: 'Permissions of their own, not through a group: anna',
  },
  {
    planted: 'quarantine of a member of the team',
    plant: () => [
      [
        'iam',
        'AttachUserPolicy',
        { UserName: 'anna', PolicyArn: awsPolicy('AWSCompromisedKeyQuarantineV3') },
      ],
    ],
    status: 'unmet',
    says: 'AWS found an access key of anna in public and locked the user down',
  },
  {
    planted: '"only me" as a tag of somebody without rights',
    plant: () => [...lostGroup(), tagAnna('aws-first-steps:groups', `only-me ${yesterday}`)],
    status: 'unmet',
    says: noTeam,
  },
  {
    planted: '"only me" with a date to come',
    plant: () => [...lostGroup(), tagMaria('aws-first-steps:groups', 'only-me 2086-01-01')],
    status: 'unmet',
    says: 'your word of 2086-01-01 does not count, since that day is to come',
  },
];

const billingAccess: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'tag with a date to come',
    plant: () => [tagMaria('aws-first-steps:billing-access', 'activated 2086-01-01')],
    status: 'unmet',
    says: 'your word of 2086-01-01 does not count, since that day is to come',
  },
  {
    planted: 'tag with a day that no calendar has',
    plant: () => [tagMaria('aws-first-steps:billing-access', 'activated 2026-02-31')],
    status: 'unmet',
    says: 'Nobody has said yet that it is activated',
  },
  {
    planted: 'tag on somebody without rights',
    plant: () => [
      ['iam', 'UntagUser', { UserName: 'maria', TagKeys: ['aws-first-steps:billing-access'] }],
      tagAnna('aws-first-steps:billing-access', `activated ${yesterday}`),
    ],
    status: 'unmet',
    says: 'Nobody has said yet that it is activated',
  },
  {
    planted: 'word taken back on another machine',
    plant: () => [tagMaria('aws-first-steps:billing-access', `taken-back ${yesterday}`)],
    status: 'unmet',
    says: 'Nobody has said yet that it is activated',
  },
  {
    planted: 'word taken back, and one with a date to come on another administrator',
    plant: () => [
      tagMaria('aws-first-steps:billing-access', `taken-back ${yesterday}`),
      ...person('otto', 'Administrators'),
      [
        'iam',
        'TagUser',
        {
          UserName: 'otto',
          Tags: [{ Key: 'aws-first-steps:billing-access', Value: 'activated 2086-01-01' }],
        },
      ],
    ],
    status: 'unmet',
    says: 'your word of 2086-01-01 does not count, since that day is to come',
  },
  {
    planted: 'word taken back, by a clock that runs ahead',
    plant: () => [tagMaria('aws-first-steps:billing-access', 'taken-back 2086-01-01')],
    status: 'unmet',
    says: 'Nobody has said yet that it is activated',
  },
  {
    planted: 'whoever carries the tag is no administrator any more',
    plant: () => [
      ...person('otto', 'Administrators'),
      ['iam', 'RemoveUserFromGroup', { GroupName: 'Administrators', UserName: 'maria' }],
    ],
    status: 'unmet',
    says: 'Nobody has said yet that it is activated',
  },
];

const changed = (settings: object) => (): readonly ForeignCall[] => [
  ['iam', 'UpdateAccountPasswordPolicy', { ...passwordPolicy, ...settings }],
];

const passwords: readonly Omit<Drift, 'step'>[] = [
  {
    planted: 'policy deleted',
    plant: () => [['iam', 'DeleteAccountPasswordPolicy', {}]],
    status: 'unmet',
    says: '8 characters are enough, by default',
  },
  {
    planted: '13 characters',
    plant: changed({ MinimumPasswordLength: 13 }),
    status: 'unmet',
    says: '13 characters are enough',
  },
  {
    planted: 'the last 23 refused',
    plant: changed({ PasswordReusePrevention: 23 }),
    status: 'unmet',
    says: 'only the last 23 are refused',
  },
  {
    planted: 'nobody changes their own',
    plant: changed({ AllowUsersToChangePassword: false }),
    status: 'unmet',
    says: 'users may not change their own',
  },
  {
    planted: 'expired ones lock out',
    plant: changed({ MaxPasswordAge: 90, HardExpiry: true }),
    status: 'unmet',
    says: 'an expired password locks its user out',
  },
  {
    planted: 'a new one every day',
    plant: changed({ MaxPasswordAge: 1 }),
    status: 'met',
    says: 'passwords expire after a day, so people choose ones that are easy to guess',
  },
  {
    planted: 'no kinds of characters required',
    plant: changed({
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      RequireNumbers: false,
      RequireSymbols: false,
    }),
    status: 'met',
    says: 'any characters will do',
  },
];

export const peopleDrifts: readonly Drift[] = [
  ...groups.map((drift) => ({ step: 'groups', ...drift })),
  ...billingAccess.map((drift) => ({ step: 'billing-access', ...drift })),
  ...passwords.map((drift) => ({ step: 'password-policy', ...drift })),
];
