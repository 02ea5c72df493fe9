import { formatDay } from '../../../../src/lib/dates.ts';
import { digestVerifiedRecipients } from '../../../../src/steps/budget/attestation.ts';
import { estimatedChargesMetric } from '../../../../src/steps/billing-alarm/alarms.ts';
import { requireMfaPolicyDocument } from '../../../../src/steps/groups/require-mfa.ts';
import type { ForeignCall } from '../another-client.ts';
import { withBoundary, withFigures, withJson, type Answers } from '../front.ts';
import { awsPolicy, customerPolicy, policy, type FinishedAccount } from './drift.ts';

/** What the owner said yesterday, wherever the clock of this machine stands. */
export const yesterday = formatDay(new Date(Date.now() - 24 * 60 * 60 * 1000));

export const owner = 'maria@example.com';

/** All managed policies of AWS that a finished account and its drifts have. */
export const managedPolicies: readonly string[] = [
  'AdministratorAccess',
  'AWSCompromisedKeyQuarantineV3',
  'AWSDenyAll',
  'IAMUserChangePassword',
  'PowerUserAccess',
  'ReadOnlyAccess',
];

/** Somebody with a password and no MFA, in these groups. */
export const person = (UserName: string, ...groups: readonly string[]): readonly ForeignCall[] => [
  ['iam', 'CreateUser', { UserName }],
  ['iam', 'CreateLoginProfile', { UserName, Password: 'S0me-long-password!' }],
  ...groups.map((GroupName): ForeignCall => ['iam', 'AddUserToGroup', { GroupName, UserName }]),
];

/** Somebody like that within a boundary. moto takes it with a new user only, and leaves it out when it lists users. */
export const limited = (
  UserName: string,
  account: FinishedAccount,
  ...statements: readonly object[]
): readonly ForeignCall[] => [
  ['iam', 'CreatePolicy', { PolicyName: 'limit', PolicyDocument: policy(...statements) }],
  ['iam', 'CreateUser', { UserName, PermissionsBoundary: customerPolicy(account, 'limit') }],
  ['iam', 'CreateLoginProfile', { UserName, Password: 'S0me-long-password!' }],
];

/** What moto leaves out of it. */
export const showLimit =
  (UserName: string) =>
  (account: FinishedAccount): Answers => ({
    'iam:GetAccountAuthorizationDetails': withBoundary(UserName, customerPolicy(account, 'limit')),
  });

export const tagMaria = (Key: string, Value: string): ForeignCall => [
  'iam',
  'TagUser',
  { UserName: 'maria', Tags: [{ Key, Value }] },
];

const people: readonly ForeignCall[] = [
  ['iam', 'CreateGroup', { GroupName: 'Administrators' }],
  ['iam', 'AttachGroupPolicy', { GroupName: 'Administrators', PolicyArn: awsPolicy('AdministratorAccess') }],
  ...person('maria', 'Administrators'),
  ['iam', 'CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' }],
  [
    'iam',
    'EnableMFADevice',
    {
      UserName: 'maria',
      SerialNumber: { $from: [5, 'VirtualMFADevice', 'SerialNumber'] },
      AuthenticationCode1: '123456',
      AuthenticationCode2: '654321',
    },
  ],
  ['iam', 'CreateGroup', { GroupName: 'developers' }],
  ['iam', 'AttachGroupPolicy', { GroupName: 'developers', PolicyArn: awsPolicy('PowerUserAccess') }],
  [
    'iam',
    'PutGroupPolicy',
    { GroupName: 'developers', PolicyName: 'require-mfa', PolicyDocument: requireMfaPolicyDocument },
  ],
  ...person('anna', 'developers'),
];

/** The password policy, which AWS only ever takes whole. */
export const passwordPolicy = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  AllowUsersToChangePassword: true,
};

export const alarm = {
  ...estimatedChargesMetric,
  AlarmName: 'aws-first-steps-billing-10-usd',
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
};

/** Another setting of the alarm, which AWS only ever takes whole. */
export const putAlarm = (topic: string, settings: object): ForeignCall => [
  'cloudwatch',
  'PutMetricAlarm',
  { ...alarm, AlarmActions: [topic], ...settings },
];

const publishBill: ForeignCall = [
  'cloudwatch',
  'PutMetricData',
  {
    Namespace: 'AWS/Billing',
    MetricData: [{ MetricName: 'EstimatedCharges', Dimensions: alarm.Dimensions, Value: 1 }],
  },
];

export const billingTopic = (id: string): string => `arn:aws:sns:us-east-1:${id}:aws-first-steps-billing`;

const watching = (id: string): readonly ForeignCall[] => [
  publishBill,
  ['sns', 'CreateTopic', { Name: 'aws-first-steps-billing' }],
  ['sns', 'Subscribe', { TopicArn: billingTopic(id), Protocol: 'email', Endpoint: owner }],
  putAlarm(billingTopic(id), {}),
];

export const warning = (Threshold: number, more: object = {}) => ({
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
  ...more,
});

export const budget = {
  BudgetName: 'mine',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '10', Unit: 'USD' },
};

export const createBudget = (
  AccountId: string,
  settings: object = {},
  notifications: readonly object[] = [warning(80)],
  subscriber: object = { SubscriptionType: 'EMAIL', Address: owner },
): ForeignCall => [
  'budgets',
  'CreateBudget',
  {
    AccountId,
    Budget: { ...budget, ...settings },
    NotificationsWithSubscribers: notifications.map((Notification) => ({
      Notification,
      Subscribers: [subscriber],
    })),
  },
];

export const verifiedRecipients = digestVerifiedRecipients([owner]);

const words: readonly ForeignCall[] = [
  tagMaria('aws-first-steps:billing-access', `activated ${yesterday}`),
  tagMaria('aws-first-steps:budget', `${verifiedRecipients} ${yesterday}`),
];

/** What finishes an account, for some steps: each looks only at parts of it. */
export const finishing = (id: string, steps: readonly string[]): readonly ForeignCall[] => {
  const isFor = (...some: readonly string[]) => some.some((step) => steps.includes(step));
  return [
    ...(isFor('admin-user', 'billing-access', 'groups', 'budget') ? [...people, ...words] : []),
    ...(isFor('password-policy')
      ? [['iam', 'UpdateAccountPasswordPolicy', passwordPolicy] satisfies ForeignCall]
      : []),
    ...(isFor('billing-alarm') ? watching(id) : []),
    ...(isFor('budget') ? [createBudget(id)] : []),
  ];
};

/** What moto cannot hold of a finished account: root's MFA, the billing preference, mute rules, a budget's recipients. */
export const finishedAnswers: Answers = {
  'iam:GetAccountSummary': withFigures({ AccountMFAEnabled: 1, AccountPasswordPresent: 1 }),
  'billing:GetBillingPreferences': withJson({
    billingPreferences: [{ feature: 'BILLING_ALERTS', key: 'cloudwatch', value: 'ENABLED' }],
  }),
  'freetier:GetAccountPlanState': withJson({ accountPlanType: 'PAID', accountPlanStatus: 'ACTIVE' }),
  'cloudwatch:ListAlarmMuteRules': withJson({ AlarmMuteRuleSummaries: [] }),
  'budgets:DescribeSubscribersForNotification': withJson({
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: owner }],
  }),
};
