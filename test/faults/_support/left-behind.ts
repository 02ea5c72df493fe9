import { chargesBeforeCredits } from '../../_support/cost-types.ts';
import type { State } from './read-back.ts';

const managed = (...names: readonly string[]) => names.map((name) => `arn:aws:iam::aws:policy/${name}`);

type User = State['users'][number];

const user = (name: string, more: Partial<User> = {}): User => ({
  name,
  tags: {},
  attached: [],
  inline: [],
  accessKeys: [],
  devices: [],
  password: 'none',
  ...more,
});

const bootstrap = user('bootstrap', { accessKeys: ['Active'] });

const phone = 'arn:aws:iam::ACCOUNT:mfa/aws-first-steps-admin';

/** What an account of moto holds before anything was done in it: moto has no root, so somebody must be there. */
const newAccount: State = {
  groups: [],
  users: [bootstrap],
  devices: {},
  passwordPolicy: 'none',
  topics: [],
  subscriptions: [],
  alarms: [],
  budgets: [],
};

const requireMfa = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'SeePasswordPolicyAndAllDevices',
      Effect: 'Allow',
      Action: ['iam:GetAccountPasswordPolicy', 'iam:ListVirtualMFADevices'],
      Resource: '*',
    },
    {
      Sid: 'MakeDevices',
      Effect: 'Allow',
      Action: 'iam:CreateVirtualMFADevice',
      Resource: 'arn:aws:iam::*:mfa/*',
    },
    {
      Sid: 'DeleteOwnDevice',
      Effect: 'Allow',
      Action: 'iam:DeleteVirtualMFADevice',
      Resource: 'arn:aws:iam::*:mfa/${aws:username}',
    },
    {
      Sid: 'ManageOwnMfa',
      Effect: 'Allow',
      Action: [
        'iam:ChangePassword',
        'iam:EnableMFADevice',
        'iam:GetMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ResyncMFADevice',
      ],
      Resource: 'arn:aws:iam::*:user/${aws:username}',
    },
    {
      Sid: 'NoDevicesWithAccessKeys',
      Effect: 'Deny',
      Action: [
        'iam:CreateVirtualMFADevice',
        'iam:DeleteVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:ResyncMFADevice',
      ],
      Resource: '*',
      Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
    {
      Sid: 'NothingElseWithoutMfa',
      Effect: 'Deny',
      NotAction: [
        'iam:ChangePassword',
        'iam:CreateVirtualMFADevice',
        'iam:DeleteVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:GetAccountPasswordPolicy',
        'iam:GetMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ListVirtualMFADevices',
        'iam:ResyncMFADevice',
        'sts:GetSessionToken',
      ],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  ],
};

const team = (name: string, policy: string) => ({
  name,
  attached: managed(policy, 'IAMUserChangePassword', 'SignInLocalDevelopmentAccess').toSorted(),
  inline: { 'require-mfa': requireMfa },
  members: [],
});

const topic = 'arn:aws:sns:us-east-1:ACCOUNT:aws-first-steps-billing';
const alarm = (amount: number) => ({
  AlarmName: `aws-first-steps-billing-${amount}-usd`,
  AlarmDescription: `This month's charges of the account are above ${amount} USD. Made by aws-first-steps.`,
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Dimensions: [{ Name: 'Currency', Value: 'USD' }],
  Metrics: [],
  Statistic: 'Maximum' as const,
  // Six hours: how often AWS publishes the bill.
  Period: 21_600,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  Threshold: amount,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  TreatMissingData: 'missing',
  ActionsEnabled: true,
  AlarmActions: [topic],
  OKActions: [],
  InsufficientDataActions: [],
  // What moto says of every new alarm.
  StateValue: 'OK' as const,
});

const notification = (NotificationType: 'ACTUAL' | 'FORECASTED', Threshold: number) => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN' as const,
  Threshold,
  ThresholdType: 'PERCENTAGE' as const,
});

/** What each step adds to an account, written down by hand and not taken from a run. */
const added: Readonly<Record<string, Partial<State>>> = {
  'admin-user': {
    groups: [
      { name: 'Administrators', attached: managed('AdministratorAccess'), inline: {}, members: ['admin'] },
    ],
    users: [
      user('admin', { tags: { 'aws-first-steps': 'administrator' }, devices: [phone], password: 'set' }),
      bootstrap,
    ],
    devices: { [phone]: 'admin' },
  },
  groups: {
    groups: [
      team('billing', 'job-function/Billing'),
      team('data-science', 'ReadOnlyAccess'),
      team('developers', 'PowerUserAccess'),
    ],
  },
  'password-policy': {
    passwordPolicy: {
      MinimumPasswordLength: 16,
      PasswordReusePrevention: 24,
      AllowUsersToChangePassword: true,
      HardExpiry: false,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      ExpirePasswords: false,
      MaxPasswordAge: 0,
    },
  },
  'billing-alarm': {
    topics: [{ arn: topic, tags: { 'aws-first-steps:asked': 'MOMENT' } }],
    subscriptions: [{ TopicArn: topic, Protocol: 'email', Endpoint: 'maria@example.com' }],
    alarms: [alarm(20), alarm(5)],
  },
  budget: {
    budgets: [
      {
        BudgetName: 'aws-first-steps-monthly',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '12.50', Unit: 'USD' },
        CostTypes: chargesBeforeCredits,
        notifications: [
          notification('ACTUAL', 100),
          notification('ACTUAL', 80),
          notification('FORECASTED', 100),
        ],
      },
    ],
  },
};

/** What a new account of moto holds once these steps came to their end, and nothing else. */
export const stateAfter = (ids: readonly string[]): State =>
  ids.reduce((state, id) => {
    const more = added[id];
    if (!more) throw new Error(`what ${id} leaves is not written down`);
    const names = more.groups?.map(({ name }) => name) ?? [];
    const groups = [...state.groups.filter(({ name }) => !names.includes(name)), ...(more.groups ?? [])];
    return { ...state, ...more, groups };
  }, newAccount);

const parts: Readonly<Record<string, (state: State) => unknown>> = {
  'admin-user': ({ groups, users, devices }) => ({ groups, users, devices }),
  groups: ({ groups }) => groups,
  'password-policy': ({ passwordPolicy }) => passwordPolicy,
  'billing-alarm': ({ topics, subscriptions, alarms }) => ({ topics, subscriptions, alarms }),
  budget: ({ budgets }) => budgets,
};

/** That of an account which is one step's doing. */
export const partOf = (id: string, state: State): unknown => {
  const part = parts[id];
  if (!part) throw new Error(`what ${id} leaves is not written down`);
  return part(state);
};
