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
import { ListSubscriptionsCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import type { FreshAccount } from '../counterparts/moto.ts';
import { credentialsIn } from './counterpart.ts';

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

const topicsIn = async (sns: SNSClient) => {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  return {
    topics: inOrder(Topics.map(({ TopicArn }) => TopicArn)),
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

/**
 * What an account of moto holds, asked for with nothing but the SDK's own clients and with other operations than the
 * program uses. The account's number is left out, so that two accounts can be compared.
 */
export const stateOf = async (url: string, account: FreshAccount) => {
  const config = { endpoint: url, region: 'us-east-1', credentials: credentialsIn(account) };
  const [iam, sns, cloudwatch] = [new IAMClient(config), new SNSClient(config), new CloudWatchClient(config)];
  try {
    const state = { ...(await peopleIn(iam)), ...(await topicsIn(sns)), alarms: await alarmsIn(cloudwatch) };
    return JSON.parse(JSON.stringify(state).replaceAll(account.accountId, 'ACCOUNT')) as typeof state;
  } finally {
    for (const client of [iam, sns, cloudwatch]) client.destroy();
  }
};
