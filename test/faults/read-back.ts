import {
  BudgetsClient,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
} from '@aws-sdk/client-budgets';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import {
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import type { FreshAccount } from '../counterparts/moto.ts';
import { credentialsIn } from './counterpart.ts';
import { signInsIn } from './read-back-users.ts';

const inOrder = (names: readonly (string | undefined)[]): readonly string[] =>
  names.map((name) => name ?? '').toSorted();

const groupIn = async (iam: IAMClient, GroupName: string) => {
  const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
  const { PolicyNames = [] } = await iam.send(new ListGroupPoliciesCommand({ GroupName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
    return [PolicyName, decodeURIComponent(PolicyDocument ?? '')];
  });
  const { Users } = await iam.send(new GetGroupCommand({ GroupName }));
  return {
    name: GroupName,
    attached: inOrder((attached.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn)),
    inline: await Promise.all(inline),
    members: inOrder((Users ?? []).map(({ UserName }) => UserName)),
  };
};

const peopleIn = async (iam: IAMClient) => {
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Users = [] } = await iam.send(new ListUsersCommand({}));
  const policy = await iam.send(new GetAccountPasswordPolicyCommand({})).catch(() => undefined);
  return {
    groups: await Promise.all(Groups.map(({ GroupName = '' }) => groupIn(iam, GroupName))),
    users: inOrder(Users.map(({ UserName }) => UserName)),
    passwordPolicy: policy?.PasswordPolicy ?? 'none',
  };
};

/** The moments in tags are left out, so that two runs can be compared. */
const tagsOf = async (sns: SNSClient, ResourceArn: string | undefined) => {
  const { Tags = [] } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  return Tags.map(({ Key = '', Value = '' }) => [Key, Value.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'MOMENT')]);
};

const topicsIn = async (sns: SNSClient) => {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  return {
    topics: inOrder(Topics.map(({ TopicArn }) => TopicArn)),
    topicTags: await Promise.all(Topics.map(({ TopicArn }) => tagsOf(sns, TopicArn))),
    subscriptions: Subscriptions.map(({ TopicArn, Protocol, Endpoint }) => ({
      TopicArn,
      Protocol,
      Endpoint,
    })),
  };
};

const alarmsIn = async (cloudwatch: CloudWatchClient) => {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return MetricAlarms.map(
    ({
      AlarmArn: _arn,
      AlarmConfigurationUpdatedTimestamp: _set,
      StateUpdatedTimestamp: _changed,
      ...alarm
    }) => alarm,
  );
};

const budgetsIn = async (budgets: BudgetsClient, AccountId: string) => {
  const { Budgets = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  return Promise.all(
    Budgets.map(async ({ LastUpdatedTime: _updated, TimePeriod: _period, ...budget }) => {
      const { BudgetName } = budget;
      const of = new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName });
      return { ...budget, notifications: (await budgets.send(of)).Notifications ?? [] };
    }),
  );
};

/** Who gets the notifications of all budgets, which moto tells, but by no call of AWS; it takes moto seconds. */
export const budgetSubscribersIn = async (url: string): Promise<readonly (readonly object[])[]> => {
  const data = (await (await fetch(`${url}/moto-api/data.json`)).json()) as {
    budgets?: { Notification?: readonly { subscribers: readonly object[] }[] };
  };
  return (data.budgets?.Notification ?? []).map(({ subscribers }) => subscribers);
};

/**
 * What an account of moto holds, asked for with nothing but the SDK's own clients and with other operations than the
 * program uses. The account's number is left out, so that two accounts can be compared.
 */
export const stateOf = async (url: string, account: FreshAccount) => {
  const config = { endpoint: url, region: 'us-east-1', credentials: credentialsIn(account) };
  const [iam, sns, cloudwatch] = [new IAMClient(config), new SNSClient(config), new CloudWatchClient(config)];
  const budgets = new BudgetsClient(config);
  try {
    const state = {
      ...(await peopleIn(iam)),
      ...(await signInsIn(iam)),
      ...(await topicsIn(sns)),
      alarms: await alarmsIn(cloudwatch),
      budgets: await budgetsIn(budgets, account.accountId),
    };
    return JSON.parse(JSON.stringify(state).replaceAll(account.accountId, 'ACCOUNT')) as typeof state;
  } finally {
    for (const client of [iam, sns, cloudwatch, budgets]) client.destroy();
  }
};
