import {
  BudgetsClient,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  type Notification,
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
} from '@aws-sdk/client-iam';
import {
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { credentialsIn, type FreshAccount } from '../../counterparts/_support/moto.ts';
import { signInsIn } from './read-back-users.ts';

/** Neither the order in which things were made, nor that in which an emulator lists them, makes another account. */
const inOrder = <T>(all: readonly T[], nameOf: (one: T) => unknown = String): readonly T[] => {
  const named = all.map((one) => ({ one, name: String(nameOf(one)) }));
  return named.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ one }) => one);
};

const nameOf = ({ name }: { name: string }): string => name;

const groupIn = async (iam: IAMClient, GroupName: string) => {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
  const { PolicyNames = [] } = await iam.send(new ListGroupPoliciesCommand({ GroupName }));
  const inline = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
    return [PolicyName, JSON.parse(decodeURIComponent(PolicyDocument ?? '""')) as unknown] as const;
  });
  const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName }));
  return {
    name: GroupName,
    attached: inOrder(AttachedPolicies.map(({ PolicyArn }) => PolicyArn)),
    inline: Object.fromEntries(await Promise.all(inline)),
    members: inOrder(Users.map(({ UserName }) => UserName)),
  };
};

const peopleIn = async (iam: IAMClient) => {
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const policy = await iam.send(new GetAccountPasswordPolicyCommand({})).catch(() => undefined);
  return {
    groups: inOrder(await Promise.all(Groups.map(({ GroupName = '' }) => groupIn(iam, GroupName))), nameOf),
    ...(await signInsIn(iam)),
    passwordPolicy: policy?.PasswordPolicy ?? ('none' as const),
  };
};

/** The moments in tags are left out, so that two runs can be compared. */
const tagsOf = async (sns: SNSClient, ResourceArn: string | undefined) => {
  const { Tags = [] } = await sns.send(new ListTagsForResourceCommand({ ResourceArn }));
  return Object.fromEntries(
    Tags.map(({ Key = '', Value = '' }) => [Key, Value.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'MOMENT')]),
  );
};

const topicsIn = async (sns: SNSClient) => {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  const topics = Topics.map(async ({ TopicArn: arn }) => ({ arn, tags: await tagsOf(sns, arn) }));
  return {
    topics: inOrder(await Promise.all(topics), ({ arn }) => arn),
    subscriptions: inOrder(
      Subscriptions.map(({ TopicArn, Protocol, Endpoint }) => ({ TopicArn, Protocol, Endpoint })),
      ({ TopicArn, Endpoint }) => `${TopicArn} ${Endpoint}`,
    ),
  };
};

const alarmsIn = async (cloudwatch: CloudWatchClient) => {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return inOrder(
    MetricAlarms.map(
      ({
        AlarmArn: _arn,
        AlarmConfigurationUpdatedTimestamp: _set,
        StateUpdatedTimestamp: _changed,
        StateReason: _reason,
        StateReasonData: _data,
        ...alarm
      }) => alarm,
    ),
    ({ AlarmName }) => AlarmName,
  );
};

const notificationName = ({ NotificationType, Threshold }: Notification) =>
  `${NotificationType} ${Threshold}`;

const budgetsIn = async (budgets: BudgetsClient, AccountId: string) => {
  const { Budgets = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  const found = Budgets.map(
    async ({ LastUpdatedTime: _updated, TimePeriod: _period, CalculatedSpend: _spend, ...budget }) => {
      const of = new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName: budget.BudgetName });
      const { Notifications = [] } = await budgets.send(of);
      return { ...budget, notifications: inOrder(Notifications, notificationName) };
    },
  );
  return inOrder(await Promise.all(found), ({ BudgetName }) => BudgetName);
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
      ...(await topicsIn(sns)),
      alarms: await alarmsIn(cloudwatch),
      budgets: await budgetsIn(budgets, account.accountId),
    };
    return JSON.parse(JSON.stringify(state).replaceAll(account.accountId, 'ACCOUNT')) as typeof state;
  } finally {
    for (const client of [iam, sns, cloudwatch, budgets]) client.destroy();
  }
};

/** What {@link stateOf} tells. */
export type State = Awaited<ReturnType<typeof stateOf>>;
