import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { chargesBeforeCredits } from '../../_support/cost-types.ts';
import type { OtherCall } from './other-client.ts';

/** The finished account into which drifts are planted. */
export type Finished = {
  accountId: string;
  /** The proven topic of the billing alarms, and its policy as the program left it. */
  topic: string;
  topicPolicy: string;
  /** The address that confirmed it. */
  subscription: string;
  /** The two billing alarms. */
  alarms: readonly MetricAlarm[];
  /** The topic that the budget warns, and whose subscription somebody confirmed. */
  budgetTopic: string;
};

/** What another client changes in a finished account, what `verify` says of the step then, and how it is put right again. */
export type Drift = {
  planted: string;
  step: string;
  says: string;
  saysNot?: string;
  exitCode: 0 | 1;
  plant: (finished: Finished) => readonly OtherCall[];
  /** Is given what the calls that planted it answered. */
  restore: (finished: Finished, answers: readonly unknown[]) => readonly OtherCall[];
};

const calls =
  (service: string) =>
  (call: string, parameters: object): OtherCall => ({ service, call, with: parameters });
const [iam, sns, cloudwatch, budgets] = [calls('iam'), calls('sns'), calls('cloudwatch'), calls('budgets')];

type Statement = Readonly<Record<string, unknown>>;

const document = (Statement: Statement | readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });

const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;

// Administrators

type UserRights = {
  inline?: string;
  managed?: readonly string[];
  /** Of a policy of the account's own: its versions, the last of which holds. */
  versions?: readonly string[];
  group?: { inline?: string; managed?: readonly string[] };
  password?: boolean;
  key?: boolean;
};

const UserName = 'jo';
const GroupName = 'jos-group';

/** A user named jo with these rights: made, and taken away again. */
const user = ({ inline, managed = [], versions = [], group, password = true, key }: UserRights) => ({
  plant: ({ accountId }: Finished): readonly OtherCall[] => {
    const own = `arn:aws:iam::${accountId}:policy/own`;
    const [first, ...later] = versions;
    return [
      iam('create_user', { UserName }),
      ...(password ? [iam('create_login_profile', { UserName, Password: 'Correct-horse-1-battery' })] : []),
      ...(inline ? [iam('put_user_policy', { UserName, PolicyName: 'inline', PolicyDocument: inline })] : []),
      ...managed.map((PolicyArn) => iam('attach_user_policy', { UserName, PolicyArn })),
      ...(first ? [iam('create_policy', { PolicyName: 'own', PolicyDocument: first })] : []),
      ...later.map((PolicyDocument) =>
        iam('create_policy_version', { PolicyArn: own, PolicyDocument, SetAsDefault: true }),
      ),
      ...(first ? [iam('attach_user_policy', { UserName, PolicyArn: own })] : []),
      ...(group
        ? [
            iam('create_group', { GroupName }),
            ...(group.managed ?? []).map((PolicyArn) => iam('attach_group_policy', { GroupName, PolicyArn })),
            ...(group.inline
              ? [
                  iam('put_group_policy', {
                    GroupName,
                    PolicyName: 'inline',
                    PolicyDocument: group.inline,
                  }),
                ]
              : []),
            iam('add_user_to_group', { GroupName, UserName }),
          ]
        : []),
      ...(key ? [iam('create_access_key', { UserName })] : []),
    ];
  },
  restore: ({ accountId }: Finished, answers: readonly unknown[]): readonly OtherCall[] => {
    const own = `arn:aws:iam::${accountId}:policy/own`;
    const { AccessKey } = (answers.at(-1) ?? {}) as { AccessKey?: { AccessKeyId: string } };
    return [
      ...(AccessKey ? [iam('delete_access_key', { UserName, AccessKeyId: AccessKey.AccessKeyId })] : []),
      ...(group
        ? [
            iam('remove_user_from_group', { GroupName, UserName }),
            ...(group.managed ?? []).map((PolicyArn) => iam('detach_group_policy', { GroupName, PolicyArn })),
            ...(group.inline ? [iam('delete_group_policy', { GroupName, PolicyName: 'inline' })] : []),
            iam('delete_group', { GroupName }),
          ]
        : []),
      ...(versions.length > 0
        ? [
            iam('detach_user_policy', { UserName, PolicyArn: own }),
            ...versions
              .slice(1)
              .map((_, index) =>
                iam('delete_policy_version', { PolicyArn: own, VersionId: `v${index + 1}` }),
              ),
            iam('delete_policy', { PolicyArn: own }),
          ]
        : []),
      ...managed.map((PolicyArn) => iam('detach_user_policy', { UserName, PolicyArn })),
      ...(inline ? [iam('delete_user_policy', { UserName, PolicyName: 'inline' })] : []),
      ...(password ? [iam('delete_login_profile', { UserName })] : []),
      iam('delete_user', { UserName }),
    ];
  },
});

const RoleName = 'strong';

/** A role that may do everything, for whom its trust policy says. */
const role = (
  trust: Statement,
  then: Pick<Drift, 'plant' | 'restore'> = { plant: () => [], restore: () => [] },
) => ({
  plant: (finished: Finished): readonly OtherCall[] => [
    iam('create_role', { RoleName, AssumeRolePolicyDocument: document(trust) }),
    iam('attach_role_policy', { RoleName, PolicyArn: aws('AdministratorAccess') }),
    ...then.plant(finished),
  ],
  restore: (finished: Finished, answers: readonly unknown[]): readonly OtherCall[] => [
    ...then.restore(finished, answers),
    iam('detach_role_policy', { RoleName, PolicyArn: aws('AdministratorAccess') }),
    iam('delete_role', { RoleName }),
  ],
});

const trust = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
});

const everything = document(allow('*'));
const unprotected = 'jo is an administrator with a password and no MFA';

/** Users who can do everything, each by another route. */
const powerful: Readonly<Record<string, UserRights>> = {
  'inline, as one statement with *:*': { inline: document(allow('*:*')) },
  'inline, in other letters: IAM:*': { inline: document(allow('IAM:*')) },
  'may write policies of users, by a question mark': { inline: document(allow('iam:Put?serPolicy')) },
  'everything but a few reads, by NotAction': {
    inline: document({ Effect: 'Allow', NotAction: ['s3:Get*', 'ec2:Describe*'], Resource: '*' }),
  },
  'inline of a group': { group: { inline: everything } },
  'IAMFullAccess of a group': { group: { managed: [aws('IAMFullAccess')] } },
  "a policy of the account's own whose second version allows everything": {
    versions: [document(allow('s3:GetObject')), everything],
  },
  'may write policies of users': { inline: document(allow('iam:PutUserPolicy')) },
  'may attach policies to users of the account': {
    inline: document(allow('iam:AttachUserPolicy', ['arn:aws:iam::*:user/*'])),
  },
  'may write policies of groups, and is in one': {
    inline: document(allow('iam:PutGroupPolicy')),
    group: { managed: [aws('ReadOnlyAccess')] },
  },
  'may write the policy that allows this': { versions: [document(allow(['iam:CreatePolicyVersion']))] },
  'one of ten statements': {
    inline: document([...Array.from({ length: 9 }, () => allow('s3:GetObject')), allow('*')]),
  },
};

/** Users who may act for an administrator, which depends on more than their own policies. */
const perhapsPowerful: Readonly<Record<string, UserRights>> = {
  'may put users into groups': { inline: document(allow('iam:AddUserToGroup')) },
  'may make access keys of anybody': { inline: document(allow('iam:CreateAccessKey')) },
  'may set the password of anybody': { inline: document(allow('iam:UpdateLoginProfile')) },
};

/** Users who cannot, although it looks so. */
const powerless: Readonly<Record<string, UserRights>> = {
  'everything, and a Deny of everything': {
    inline: document([allow('*'), { Effect: 'Deny', Action: '*', Resource: '*' }]),
  },
  "a policy of the account's own whose second version allows little": {
    versions: [everything, document(allow('s3:GetObject'))],
  },
  'a policy named AdministratorAccess of no more than reads': { inline: document(allow('s3:Get*')) },
  'may write policies of another user': {
    inline: document(allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/robot')),
  },
};

const administrators: readonly Drift[] = [
  ...Object.entries(powerful).map(([planted, rights]) => ({
    planted: `user with password: ${planted}`,
    step: 'admin-user',
    says: unprotected,
    exitCode: 1 as const,
    ...user(rights),
  })),
  ...Object.entries(perhapsPowerful).map(([planted, rights]) => ({
    planted: `user with password: ${planted}`,
    step: 'admin-user',
    says: 'jo may be an administrator, with a password and no MFA',
    exitCode: 1 as const,
    ...user(rights),
  })),
  ...Object.entries(powerless).map(([planted, rights]) => ({
    planted: `user with password: ${planted}`,
    step: 'admin-user',
    says: 'anna, with MFA',
    exitCode: 0 as const,
    ...user(rights),
  })),
  {
    planted: 'user who may take a role that can do everything',
    step: 'admin-user',
    says: 'jo can do everything by taking the role strong',
    exitCode: 1,
    plant: (finished) =>
      role(
        trust({ AWS: `arn:aws:iam::${finished.accountId}:root` }),
        user({ inline: document(allow('sts:AssumeRole')) }),
      ).plant(finished),
    restore: role(trust('*'), user({ inline: everything })).restore,
  },
  {
    planted: 'role of an administrator for everybody who knows an external id',
    step: 'admin-user',
    says: 'everybody who meets its conditions (role strong)',
    exitCode: 0,
    ...role(trust('*', { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })),
  },
  {
    planted: 'role of an administrator for any repository of GitHub',
    step: 'admin-user',
    says: 'everybody with an account at token.actions.githubusercontent.com may take the role strong',
    exitCode: 1,
    plant: (finished) =>
      role({
        Effect: 'Allow',
        Principal: {
          Federated: `arn:aws:iam::${finished.accountId}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: 'sts:AssumeRoleWithWebIdentity',
      }).plant(finished),
    restore: role(trust('*')).restore,
  },
  {
    planted: 'active access key of an administrator without a password',
    step: 'admin-user',
    says: 'jo is an administrator with an access key',
    exitCode: 1,
    ...user({ inline: everything, password: false, key: true }),
  },
  {
    planted: 'user whom AWS locked down after a leak',
    step: 'groups',
    says: 'AWS found an access key of jo in public',
    exitCode: 1,
    ...user({ managed: [aws('AWSCompromisedKeyQuarantineV2')], key: true }),
  },
  {
    planted: "the administrator's phone is taken off",
    step: 'admin-user',
    says: 'anna: no MFA',
    exitCode: 1,
    plant: ({ accountId }) => [
      iam('deactivate_mfa_device', {
        UserName: 'anna',
        SerialNumber: `arn:aws:iam::${accountId}:mfa/phone`,
      }),
    ],
    restore: ({ accountId }) => [
      iam('enable_mfa_device', {
        UserName: 'anna',
        SerialNumber: `arn:aws:iam::${accountId}:mfa/phone`,
        AuthenticationCode1: '123456',
        AuthenticationCode2: '654321',
      }),
    ],
  },
  {
    planted: "the administrators' group is denied everything",
    step: 'admin-user',
    says: 'anna: locked out by no',
    exitCode: 1,
    plant: () => [
      iam('put_group_policy', {
        GroupName: 'Administrators',
        PolicyName: 'no',
        PolicyDocument: document({ Effect: 'Deny', Action: '*', Resource: '*' }),
      }),
    ],
    restore: () => [iam('delete_group_policy', { GroupName: 'Administrators', PolicyName: 'no' })],
  },
];

// Groups

const teamPolicy = (PolicyDocument: string) => ({
  plant: () => [
    iam('detach_group_policy', { GroupName: 'developers', PolicyArn: aws('PowerUserAccess') }),
    iam('put_group_policy', { GroupName: 'developers', PolicyName: 'only', PolicyDocument }),
  ],
  restore: () => [
    iam('delete_group_policy', { GroupName: 'developers', PolicyName: 'only' }),
    iam('attach_group_policy', { GroupName: 'developers', PolicyArn: aws('PowerUserAccess') }),
  ],
});

const mfaPolicy = (PolicyDocument: string) => ({
  plant: () => [
    iam('put_group_policy', { GroupName: 'developers', PolicyName: 'require-mfa', PolicyDocument }),
  ],
  restore: () => [iam('delete_group_policy', { GroupName: 'developers', PolicyName: 'require-mfa' })],
});

const withoutMfa = (operator: string, value: string) => ({
  Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
});

const groups: readonly Drift[] = [
  {
    planted: 'the only team may do everything, and is denied everything',
    step: 'groups',
    says: 'Nobody but administrators has a group that lets them work',
    exitCode: 1,
    ...teamPolicy(document([allow('*'), { Effect: 'Deny', NotAction: 'iam:GetUser', Resource: '*' }])),
  },
  {
    planted: 'the only team may see itself',
    step: 'groups',
    says: 'Nobody but administrators has a group that lets them work',
    exitCode: 1,
    ...teamPolicy(
      document(allow(['iam:GetUser', 'iam:ChangePassword'], 'arn:aws:iam::*:user/${aws:username}')),
    ),
  },
  {
    planted: 'policy of a user, attached directly',
    step: 'groups',
    says: 'Permissions of their own, not through a group: jo',
    exitCode: 1,
    ...user({ managed: [aws('ReadOnlyAccess')] }),
  },
  {
    planted: 'a policy named require-mfa that denies nothing but S3',
    step: 'groups',
    says: 'developers',
    saysNot: 'MFA',
    exitCode: 0,
    ...mfaPolicy(
      document({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...withoutMfa('BoolIfExists', 'false') }),
    ),
  },
  {
    planted: 'a policy named require-mfa that denies with MFA',
    step: 'groups',
    says: 'Nobody but administrators has a group that lets them work',
    exitCode: 1,
    ...mfaPolicy(
      document({ Effect: 'Deny', Action: '*', Resource: '*', ...withoutMfa('BoolIfExists', 'true') }),
    ),
  },
];

// Password policy

const goodPolicy = {
  MinimumPasswordLength: 14,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  AllowUsersToChangePassword: true,
  PasswordReusePrevention: 24,
};

const passwords: readonly Drift[] = (
  [
    ['13 characters', { MinimumPasswordLength: 13 }, '13 characters are enough', 1],
    ['no reuse prevention', { PasswordReusePrevention: undefined }, 'old passwords are accepted again', 1],
    ['only the last 5 refused', { PasswordReusePrevention: 5 }, 'only the last 5 are refused', 1],
    [
      'users may not change theirs',
      { AllowUsersToChangePassword: false },
      'users may not change their own',
      1,
    ],
    [
      'expiry after a day, which only an administrator ends',
      { MaxPasswordAge: 1, HardExpiry: true },
      'passwords expire after a day',
      1,
    ],
    [
      'no kind of character asked for',
      {
        RequireSymbols: false,
        RequireNumbers: false,
        RequireUppercaseCharacters: false,
        RequireLowercaseCharacters: false,
      },
      'any characters will do',
      0,
    ],
  ] as const
).map(([planted, change, says, exitCode]) => ({
  planted: `password policy: ${planted}`,
  step: 'password-policy',
  says,
  exitCode,
  plant: () => [iam('update_account_password_policy', { ...goodPolicy, ...change })],
  restore: () => [iam('update_account_password_policy', goodPolicy)],
}));

// Billing alarm

/** The settings of an alarm, as it was read: what is put again is the same alarm. */
const settingsOf = ({
  AlarmName,
  AlarmDescription,
  ActionsEnabled,
  OKActions,
  AlarmActions,
  InsufficientDataActions,
  MetricName,
  Namespace,
  Statistic,
  Dimensions,
  Period,
  EvaluationPeriods,
  DatapointsToAlarm,
  Threshold,
  ComparisonOperator,
  TreatMissingData,
}: MetricAlarm) => ({
  AlarmName,
  AlarmDescription,
  ActionsEnabled,
  OKActions,
  AlarmActions,
  InsufficientDataActions,
  MetricName,
  Namespace,
  Statistic,
  Dimensions,
  Period,
  EvaluationPeriods,
  DatapointsToAlarm,
  Threshold,
  ComparisonOperator,
  TreatMissingData,
});

type AlarmSettings = ReturnType<typeof settingsOf>;

const put = (alarms: readonly MetricAlarm[], change: (alarm: AlarmSettings) => object = () => ({})) =>
  alarms.map((alarm) =>
    cloudwatch('put_metric_alarm', { ...settingsOf(alarm), ...change(settingsOf(alarm)) }),
  );

const alarms = (
  planted: string,
  says: string,
  change: (alarm: AlarmSettings, finished: Finished) => object,
): Drift => ({
  planted: `both alarms: ${planted}`,
  step: 'billing-alarm',
  says,
  exitCode: 1,
  plant: (finished) => put(finished.alarms, (alarm) => change(alarm, finished)),
  restore: (finished) => put(finished.alarms),
});

const setSubscription = ({ subscription }: Finished, AttributeName: string, AttributeValue: string) =>
  sns('set_subscription_attributes', { SubscriptionArn: subscription, AttributeName, AttributeValue });

const setTopicPolicy = ({ topic }: Finished, AttributeValue: string) =>
  sns('set_topic_attributes', { TopicArn: topic, AttributeName: 'Policy', AttributeValue });

const topicPolicy = (planted: string, says: string, statement: (finished: Finished) => Statement): Drift => ({
  planted: `policy of the alarm's topic: ${planted}`,
  step: 'billing-alarm',
  says,
  exitCode: 1,
  plant: (finished) => [setTopicPolicy(finished, document(statement(finished)))],
  restore: (finished) => [setTopicPolicy(finished, finished.topicPolicy)],
});

const fromCloudWatch = ({ topic }: Finished, more: object = {}): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: topic,
  ...more,
});

const filter = (planted: string, policy: object, scope?: 'MessageBody'): Drift => ({
  planted: `filter of the subscription: ${planted}`,
  step: 'billing-alarm',
  says: 'filter policy',
  exitCode: 1,
  plant: (finished) => [
    ...(scope ? [setSubscription(finished, 'FilterPolicyScope', scope)] : []),
    setSubscription(finished, 'FilterPolicy', JSON.stringify(policy)),
  ],
  restore: (finished) => [
    setSubscription(finished, 'FilterPolicy', '{}'),
    ...(scope ? [setSubscription(finished, 'FilterPolicyScope', 'MessageAttributes')] : []),
  ],
});

const billingAlarm: readonly Drift[] = [
  alarms('actions off', 'are turned off, so it tells nobody', () => ({ ActionsEnabled: false })),
  alarms('on another metric', 'watches the metric "EstimatedUsage"', () => ({
    MetricName: 'EstimatedUsage',
  })),
  alarms('in another namespace', 'watches the namespace "My/Billing"', () => ({ Namespace: 'My/Billing' })),
  alarms('in euro', 'AWS publishes them in USD only', () => ({
    Dimensions: [{ Name: 'Currency', Value: 'EUR' }],
  })),
  alarms('on one service only', 'watches what one service costs', ({ Dimensions = [] }) => ({
    Dimensions: [...Dimensions, { Name: 'ServiceName', Value: 'AmazonEC2' }],
  })),
  alarms('on one account only', 'watches what one account costs', ({ Dimensions = [] }) => ({
    Dimensions: [...Dimensions, { Name: 'LinkedAccount', Value: '210987654321' }],
  })),
  alarms('when less is spent', 'warns of charges that are too low', () => ({
    ComparisonOperator: 'LessThanThreshold',
  })),
  alarms('above a million', 'warns above 1000000 USD only', () => ({ Threshold: 1_000_000 })),
  alarms('counts figures instead of reading them', 'counts how many figures there are', () => ({
    Statistic: 'SampleCount',
  })),
  alarms('looks every five minutes, 288 times', 'the alarms have changed since', () => ({
    Period: 300,
    EvaluationPeriods: 288,
    DatapointsToAlarm: 288,
  })),
  alarms('looks each minute and takes missing figures as good', 'cannot fire', () => ({
    Period: 60,
    EvaluationPeriods: 5,
    DatapointsToAlarm: 5,
    TreatMissingData: 'notBreaching',
  })),
  alarms('with missing figures as alarms', 'always in ALARM', () => ({
    Period: 300,
    TreatMissingData: 'breaching',
  })),
  alarms('tells somebody only when all is well', 'publishes to no topic', ({ AlarmActions }) => ({
    AlarmActions: [],
    OKActions: AlarmActions,
  })),
  alarms('tells somebody only when figures are missing', 'publishes to no topic', ({ AlarmActions }) => ({
    AlarmActions: [],
    InsufficientDataActions: AlarmActions,
  })),
  alarms('tells a topic that is gone', 'points nowhere', (_, { topic }) => ({
    AlarmActions: [`${topic}-gone`],
  })),
  alarms('tells a topic of another account', 'publishes to a topic of another account', () => ({
    AlarmActions: ['arn:aws:sns:us-east-1:210987654321:theirs'],
  })),
  {
    planted: 'both alarms: deleted',
    step: 'billing-alarm',
    says: 'No alarm on what the account costs',
    exitCode: 1,
    plant: (finished) => [
      cloudwatch('delete_alarms', { AlarmNames: finished.alarms.map(({ AlarmName }) => AlarmName) }),
    ],
    restore: (finished) => put(finished.alarms),
  },
  {
    planted: 'another amount than the proven one',
    step: 'billing-alarm',
    says: 'the alarms have changed since',
    exitCode: 1,
    plant: (finished) => put(finished.alarms, ({ Threshold = 0 }) => ({ Threshold: Threshold + 1 })),
    restore: (finished) => put(finished.alarms),
  },
  {
    planted: 'a third alarm on the proven topic',
    step: 'billing-alarm',
    says: 'proven on',
    exitCode: 0,
    plant: ({ alarms: [first] }) =>
      first ? put([first], () => ({ AlarmName: 'third', Threshold: 50 })) : [],
    restore: () => [cloudwatch('delete_alarms', { AlarmNames: ['third'] })],
  },
  filter('an attribute that alarms do not have', { service: ['shop'] }),
  filter('alarms that end', { NewStateValue: ['OK'] }, 'MessageBody'),
  filter('another alarm by name', { AlarmName: ['other'] }, 'MessageBody'),
  topicPolicy('nobody', 'does not let CloudWatch publish', (finished) => ({
    ...fromCloudWatch(finished),
    Effect: 'Deny',
    Principal: '*',
  })),
  topicPolicy('CloudWatch of another account', 'does not let CloudWatch publish', (finished) =>
    fromCloudWatch(finished, { Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } }),
  ),
  topicPolicy('another alarm', 'does not let CloudWatch publish', (finished) =>
    fromCloudWatch(finished, {
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:210987654321:alarm:x' } },
    }),
  ),
  topicPolicy('EventBridge', 'does not let CloudWatch publish', (finished) => ({
    ...fromCloudWatch(finished),
    Principal: { Service: 'events.amazonaws.com' },
  })),
  topicPolicy('CloudWatch may subscribe', 'does not let CloudWatch publish', (finished) => ({
    ...fromCloudWatch(finished),
    Action: 'SNS:Subscribe',
  })),
  topicPolicy('another topic', 'does not let CloudWatch publish', (finished) => ({
    ...fromCloudWatch(finished),
    Resource: `${finished.topic}-other`,
  })),
];

// Budget

const BudgetName = 'monthly';

const notification = (more: object = {}) => ({
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 80,
  ThresholdType: 'PERCENTAGE',
  ...more,
});

/** The budget of the finished account, with changes of its own and of its notification. */
export const createBudget = (
  { accountId, budgetTopic }: Pick<Finished, 'accountId' | 'budgetTopic'>,
  budget: object = {},
  warnings: readonly object[] = [{}],
): OtherCall =>
  budgets('create_budget', {
    AccountId: accountId,
    Budget: {
      BudgetName,
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: '10', Unit: 'USD' },
      CostTypes: chargesBeforeCredits,
      ...budget,
    },
    NotificationsWithSubscribers: warnings.map((more) => ({
      Notification: notification(more),
      Subscribers: [{ SubscriptionType: 'SNS', Address: budgetTopic }],
    })),
  });

const deleteBudget = ({ accountId }: Finished): OtherCall =>
  budgets('delete_budget', { AccountId: accountId, BudgetName });

const budget = (planted: string, says: string, change: object, warnings?: readonly object[]): Drift => ({
  planted: `budget: ${planted}`,
  step: 'budget',
  says,
  exitCode: 1,
  plant: (finished) => [deleteBudget(finished), createBudget(finished, change, warnings)],
  restore: (finished) => [deleteBudget(finished), createBudget(finished)],
});

/** Seconds since 1970, as AWS Budgets takes moments. */
const at = (moment: string): number => Date.parse(moment) / 1000;

const only = (Key: string, ...Values: readonly string[]) => ({ Dimensions: { Key, Values } });

const budgetTopicPolicy = (planted: string, statement: (finished: Finished) => Statement): Drift => ({
  planted: `policy of the budget's topic: ${planted}`,
  step: 'budget',
  says: 'does not let AWS Budgets publish',
  exitCode: 1,
  plant: (finished) => [
    sns('set_topic_attributes', {
      TopicArn: finished.budgetTopic,
      AttributeName: 'Policy',
      AttributeValue: document(statement(finished)),
    }),
  ],
  restore: ({ budgetTopic }) => [letBudgetsPublish(budgetTopic)],
});

/** Lets AWS Budgets publish to a topic. */
const letBudgetsPublish = (TopicArn: string): OtherCall =>
  sns('set_topic_attributes', {
    TopicArn,
    AttributeName: 'Policy',
    AttributeValue: document(fromBudgets(TopicArn)),
  });

const fromBudgets = (topic: string, more: object = {}): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'budgets.amazonaws.com' },
  Action: 'SNS:Publish',
  Resource: topic,
  ...more,
});

const budgetDrifts: readonly Drift[] = [
  budget('of nothing', 'limit of 0', { BudgetLimit: { Amount: '0', Unit: 'USD' } }),
  budget('of a million', 'warns far above what is spent', {
    BudgetLimit: { Amount: '1000000', Unit: 'USD' },
  }),
  budget('of hours', 'does not watch costs', {
    BudgetType: 'USAGE',
    BudgetLimit: { Amount: '10', Unit: 'Hrs' },
    CostTypes: undefined,
  }),
  budget('of a whole year', 'is not a monthly one', { TimeUnit: 'ANNUALLY' }),
  {
    ...budget('with credits taken off', 'silent while credits pay', {
      CostTypes: { ...chargesBeforeCredits, IncludeCredit: true },
    }),
    exitCode: 0,
  },
  {
    ...budget('without taxes', 'without tax', {
      CostTypes: { ...chargesBeforeCredits, IncludeTax: false },
    }),
    exitCode: 0,
  },
  budget('of one service', 'watches only a part', {
    FilterExpression: only('SERVICE', 'Amazon Simple Storage Service'),
  }),
  budget('of all but one Region', 'watches only a part', {
    FilterExpression: { Not: only('REGION', 'us-east-1') },
  }),
  budget('of one service, in the older filter', 'watches only a part', {
    CostFilters: { Service: ['Amazon Simple Storage Service'] },
  }),
  budget('that begins in 2030', 'has not begun yet', {
    TimePeriod: { Start: at('2030-01-01T00:00:00Z'), End: at('2087-06-15T00:00:00Z') },
  }),
  budget('that ended in 2020', 'has ended', {
    TimePeriod: { Start: at('2019-01-01T00:00:00Z'), End: at('2020-01-01T00:00:00Z') },
  }),
  budget('that AWS adjusts, to nothing now', 'limit of 0', {
    BudgetLimit: { Amount: '0', Unit: 'USD' },
    AutoAdjustData: { AutoAdjustType: 'HISTORICAL', HistoricalOptions: { BudgetAdjustmentPeriod: 1 } },
  }),
  budget('without a warning', 'warns nobody of money that was spent', {}, []),
  budget('that warns when less is spent', 'warns nobody of money that was spent', {}, [
    { ComparisonOperator: 'LESS_THAN' },
  ]),
  budget('that warns at ten thousand dollars', 'only at 10000 USD', {}, [
    { Threshold: 10_000, ThresholdType: 'ABSOLUTE_VALUE' },
  ]),
  budget('that warns at a million per cent', 'only at 100000 USD', {}, [{ Threshold: 1_000_000 }]),
  budgetTopicPolicy('CloudWatch', ({ budgetTopic }) => ({
    ...fromBudgets(budgetTopic),
    Principal: { Service: 'cloudwatch.amazonaws.com' },
  })),
  budgetTopicPolicy("another account's budgets", ({ budgetTopic }) =>
    fromBudgets(budgetTopic, { Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } } }),
  ),
  budgetTopicPolicy('denied', ({ budgetTopic }) => ({ ...fromBudgets(budgetTopic), Effect: 'Deny' })),
  {
    planted: "the budget's topic is gone",
    step: 'budget',
    says: 'it was deleted',
    exitCode: 1,
    plant: ({ budgetTopic }) => [sns('delete_topic', { TopicArn: budgetTopic })],
    restore: ({ budgetTopic }) => makeBudgetTopic(budgetTopic),
  },
];

/** Makes the topic that the budget warns. */
export const makeBudgetTopic = (TopicArn: string): readonly OtherCall[] => [
  sns('create_topic', { Name: TopicArn.split(':').at(-1) }),
  sns('subscribe', { TopicArn, Protocol: 'email', Endpoint: 'maria@example.com' }),
  letBudgetsPublish(TopicArn),
];

/** Makes the administrator of the finished account: anna, who has a password and a phone. */
export const makeAnna = (accountId: string): readonly OtherCall[] => [
  iam('create_group', { GroupName: 'Administrators' }),
  iam('attach_group_policy', { GroupName: 'Administrators', PolicyArn: aws('AdministratorAccess') }),
  iam('create_user', { UserName: 'anna' }),
  iam('add_user_to_group', { GroupName: 'Administrators', UserName: 'anna' }),
  iam('create_login_profile', { UserName: 'anna', Password: 'Correct-horse-1-battery' }),
  iam('create_virtual_mfa_device', { VirtualMFADeviceName: 'phone' }),
  iam('enable_mfa_device', {
    UserName: 'anna',
    SerialNumber: `arn:aws:iam::${accountId}:mfa/phone`,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  }),
];

/** Makes the team and the password policy of the finished account. */
export const makeTeamAndPasswordPolicy: readonly OtherCall[] = [
  iam('create_group', { GroupName: 'developers' }),
  iam('attach_group_policy', { GroupName: 'developers', PolicyArn: aws('PowerUserAccess') }),
  iam('update_account_password_policy', goodPolicy),
];

/** Every drift, by step. */
export const drifts: readonly Drift[] = [
  ...administrators,
  ...groups,
  ...passwords,
  ...billingAlarm,
  ...budgetDrifts,
];
