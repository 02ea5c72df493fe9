import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as iam from '@aws-sdk/client-iam';
import * as sns from '@aws-sdk/client-sns';
import type { Account } from '../../src/aws/account.ts';
import { codeOf, statusOf } from '../../src/aws/consistency.ts';
import { estimatedCharges } from '../../src/steps/billing-alarms.ts';

/** How a backend answered: the status, the code of a refusal, and which fields the answer has. */
export type Answered = { status: number; code: string; fields: readonly string[] };

/** One call of the contract; the calls are made one after another in a new account. */
export type Clause = { name: string; call: (aws: Account, topic: string) => Promise<object> };

/** Strings that stand for a state are said; others differ from account to account. */
const state = /^(OK|ALARM|INSUFFICIENT_DATA|PendingConfirmation|pending confirmation)$/;

const isTelling = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'number' || (typeof value === 'string' && state.test(value));

/** The paths of all fields, with what numbers and states say; lists count as what their members have together. */
const fieldsOf = (value: unknown, path = ''): readonly string[] => {
  if (isTelling(value)) return [`${path}=${String(value)}`];
  if (Array.isArray(value)) return value.flatMap((one) => fieldsOf(one, `${path}[]`));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
    return [path];
  return Object.entries(value)
    .filter(([name, one]) => name !== '$metadata' && one !== undefined)
    .flatMap(([name, one]) => fieldsOf(one, path === '' ? name : `${path}.${name}`));
};

/** Makes the call, whatever comes of it. */
export const answeredBy = async (clause: Clause, aws: Account, topic: string): Promise<Answered> => {
  try {
    const output = await clause.call(aws, topic);
    const fields = [...new Set(fieldsOf(output))].toSorted();
    return { status: statusIn(output), code: '', fields };
  } catch (error) {
    return { status: statusOf(error) ?? 0, code: codeOf(error) ?? String(error), fields: [] };
  }
};

const statusIn = (output: object): number =>
  '$metadata' in output ? ((output.$metadata as { httpStatusCode?: number }).httpStatusCode ?? 0) : 0;

const administrators = 'arn:aws:iam::aws:policy/AdministratorAccess';
const missingPolicy = 'arn:aws:iam::aws:policy/NoSuchPolicy';
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
const names = (start: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${start}${index}`);

const ofIam = (name: string, call: (client: iam.IAMClient) => Promise<object>): Clause => ({
  name,
  call: (aws) => call(aws.iam),
});

const iamClauses: readonly Clause[] = [
  ofIam('read a password policy that was never set', (c) =>
    c.send(new iam.GetAccountPasswordPolicyCommand({})),
  ),
  ofIam('set the password policy', (c) =>
    c.send(
      new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 16, PasswordReusePrevention: 24 }),
    ),
  ),
  ofIam('read the password policy', (c) => c.send(new iam.GetAccountPasswordPolicyCommand({}))),
  ofIam('set a password policy beyond its limits', (c) =>
    c.send(new iam.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 129 })),
  ),
  ofIam('make a group', (c) => c.send(new iam.CreateGroupCommand({ GroupName: 'team' }))),
  ofIam('make a group again', (c) => c.send(new iam.CreateGroupCommand({ GroupName: 'team' }))),
  ofIam('attach a policy to a group', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: administrators })),
  ),
  ofIam('attach a policy to a group again', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: administrators })),
  ),
  ofIam('attach a policy to a group that is not there', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'nobody', PolicyArn: administrators })),
  ),
  ofIam('attach a policy that is not there', (c) =>
    c.send(new iam.AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: missingPolicy })),
  ),
  ofIam('write a policy into a group', (c) =>
    c.send(new iam.PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'own', PolicyDocument: document })),
  ),
  ofIam('write a policy that is none', (c) =>
    c.send(new iam.PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'bad', PolicyDocument: '{' })),
  ),
  ofIam('write a policy into a group that is not there', (c) =>
    c.send(
      new iam.PutGroupPolicyCommand({ GroupName: 'nobody', PolicyName: 'own', PolicyDocument: document }),
    ),
  ),
  ofIam('make a user', (c) =>
    c.send(new iam.CreateUserCommand({ UserName: 'jo', Tags: [{ Key: 'aws-first-steps', Value: 'x' }] })),
  ),
  ofIam('make a user again', (c) => c.send(new iam.CreateUserCommand({ UserName: 'jo' }))),
  ofIam('put a user into a group', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'jo' })),
  ),
  ofIam('put a user into a group again', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'jo' })),
  ),
  ofIam('put a user into a group that is not there', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'nobody', UserName: 'jo' })),
  ),
  ofIam('put a user who is not there into a group', (c) =>
    c.send(new iam.AddUserToGroupCommand({ GroupName: 'team', UserName: 'nobody' })),
  ),
  ofIam('read everybody', (c) =>
    c.send(new iam.GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Group'], MaxItems: 1000 })),
  ),
  ofIam('read a page of everybody', async (c) => {
    const page = {
      Filter: ['User', 'Group'],
      MaxItems: 1,
    } satisfies iam.GetAccountAuthorizationDetailsCommandInput;
    const { $metadata, IsTruncated, Marker } = await c.send(
      new iam.GetAccountAuthorizationDetailsCommand(page),
    );
    return { $metadata, IsTruncated, Marker };
  }),
  ofIam('read a login profile that is not there', (c) =>
    c.send(new iam.GetLoginProfileCommand({ UserName: 'jo' })),
  ),
  ofIam('read the MFA devices of a user', (c) => c.send(new iam.ListMFADevicesCommand({ UserName: 'jo' }))),
  ofIam('read all virtual MFA devices', (c) => c.send(new iam.ListVirtualMFADevicesCommand({}))),
  ofIam('read the aliases', (c) => c.send(new iam.ListAccountAliasesCommand({}))),
  ofIam('read the account summary', async (c) => {
    const { $metadata, SummaryMap } = await c.send(new iam.GetAccountSummaryCommand({}));
    const used = ['AccountMFAEnabled', 'AccountAccessKeysPresent', 'AccountPasswordPresent'] as const;
    return { $metadata, ...Object.fromEntries(used.map((name) => [name, SummaryMap?.[name]])) };
  }),
];

const many = names('filler-', 101);

const topicClauses: readonly Clause[] = [
  { name: 'make a topic', call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'bills' })) },
  { name: 'make a topic again', call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'bills' })) },
  {
    name: 'make a topic with a bad name',
    call: (aws) => aws.sns.send(new sns.CreateTopicCommand({ Name: 'b l' })),
  },
  {
    name: 'subscribe an address',
    call: (aws, TopicArn) => aws.sns.send(new sns.SubscribeCommand({ TopicArn, ...mail })),
  },
  {
    name: 'subscribe an address again',
    call: (aws, TopicArn) => aws.sns.send(new sns.SubscribeCommand({ TopicArn, ...mail })),
  },
  {
    name: 'subscribe to a topic that is not there',
    call: (aws, topic) => aws.sns.send(new sns.SubscribeCommand({ TopicArn: `${topic}x`, ...mail })),
  },
  { name: 'read all subscriptions', call: (aws) => aws.sns.send(new sns.ListSubscriptionsCommand({})) },
  {
    name: 'read the subscriptions of a topic',
    call: (aws, TopicArn) => aws.sns.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn })),
  },
  {
    name: 'read the subscriptions of a topic that is not there',
    call: (aws, topic) => aws.sns.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn: `${topic}x` })),
  },
  {
    name: 'read a page of topics',
    call: async (aws) => {
      for (const Name of many) await aws.sns.send(new sns.CreateTopicCommand({ Name }));
      return aws.sns.send(new sns.ListTopicsCommand({}));
    },
  },
];

const mail = { Protocol: 'email', Endpoint: 'maria@example.com', ReturnSubscriptionArn: true };

const alarm = (topic: string): cloudwatch.PutMetricAlarmCommandInput => ({
  ...estimatedCharges,
  AlarmName: 'bill',
  AlarmDescription: 'too much',
  Statistic: 'Maximum',
  Period: 21_600,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  ActionsEnabled: true,
  AlarmActions: [topic],
});

const alarmClauses: readonly Clause[] = [
  {
    name: 'read the alarms of a metric without any',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsForMetricCommand(estimatedCharges)),
  },
  {
    name: 'put an alarm',
    call: (aws, topic) => aws.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(alarm(topic))),
  },
  {
    name: 'put an alarm again',
    call: (aws, topic) => aws.cloudwatch.send(new cloudwatch.PutMetricAlarmCommand(alarm(topic))),
  },
  {
    name: 'read the alarms of a metric',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.DescribeAlarmsForMetricCommand(estimatedCharges)),
  },
  {
    name: 'turn on the actions of an alarm',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.EnableAlarmActionsCommand({ AlarmNames: ['bill'] })),
  },
  {
    name: 'read a metric that is not published',
    call: (aws) => aws.cloudwatch.send(new cloudwatch.ListMetricsCommand(estimatedCharges)),
  },
];

/** Every call that the unattended steps make, and the ways in which it can be refused or come in pages. */
export const contract: readonly Clause[] = [...iamClauses, ...topicClauses, ...alarmClauses];
