import { BudgetsClient, DeleteBudgetCommand, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, DeleteAlarmsCommand, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeactivateMFADeviceCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachGroupPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  RemoveUserFromGroupCommand,
  type GroupDetail,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { DeleteTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { bootstrapUser, credentialsIn, type FreshAccount } from '../../counterparts/_support/moto.ts';

const wipeGroup = async (iam: IAMClient, { GroupName, ...group }: GroupDetail): Promise<void> => {
  for (const { PolicyArn } of group.AttachedManagedPolicies ?? [])
    await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  for (const { PolicyName } of group.GroupPolicyList ?? [])
    await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
  await iam.send(new DeleteGroupCommand({ GroupName }));
};

const wipeRole = async (iam: IAMClient, { RoleName, RolePolicyList = [] }: RoleDetail): Promise<void> => {
  for (const { PolicyName } of RolePolicyList)
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
};

const wipeUser = async (iam: IAMClient, { UserName, GroupList = [] }: UserDetail): Promise<void> => {
  for (const GroupName of GroupList) await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  const { MFADevices = [] } = await iam.send(new ListMFADevicesCommand({ UserName }));
  for (const { SerialNumber } of MFADevices)
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
  // A user who was made last may have no password yet.
  await iam.send(new DeleteLoginProfileCommand({ UserName })).catch(() => undefined);
  await iam.send(new DeleteUserCommand({ UserName }));
};

const wipeDevices = async (iam: IAMClient): Promise<void> => {
  const { VirtualMFADevices = [] } = await iam.send(new ListVirtualMFADevicesCommand({}));
  for (const { SerialNumber } of VirtualMFADevices)
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
};

const wipeIam = async (iam: IAMClient, rolesThatStay: readonly string[]): Promise<void> => {
  const Filter = { Filter: ['Group' as const, 'Role' as const, 'User' as const] };
  const {
    GroupDetailList = [],
    RoleDetailList = [],
    UserDetailList = [],
  } = await iam.send(new GetAccountAuthorizationDetailsCommand(Filter));
  // The user whose key the test signs with stays.
  for (const user of UserDetailList) if (user.UserName !== bootstrapUser) await wipeUser(iam, user);
  await wipeDevices(iam);
  for (const group of GroupDetailList) await wipeGroup(iam, group);
  for (const role of RoleDetailList)
    if (!rolesThatStay.includes(role.RoleName ?? '')) await wipeRole(iam, role);
  await iam.send(new DeleteAccountPasswordPolicyCommand({})).catch(() => undefined);
};

const wipeSns = async (sns: SNSClient): Promise<void> => {
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  for (const { TopicArn } of Topics) await sns.send(new DeleteTopicCommand({ TopicArn }));
};

const wipeCloudWatch = async (cloudwatch: CloudWatchClient): Promise<void> => {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const AlarmNames = MetricAlarms.map(({ AlarmName = '' }) => AlarmName);
  if (AlarmNames.length > 0) await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }));
};

const wipeBudgets = async (budgets: BudgetsClient, AccountId: string): Promise<void> => {
  const { Budgets = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId }));
  for (const { BudgetName } of Budgets)
    await budgets.send(new DeleteBudgetCommand({ AccountId, BudgetName }));
};

/** Takes everything out of an account of moto that the steps can have put there; the bill stays published. */
export const wipe = async (
  url: string,
  account: FreshAccount,
  rolesThatStay: readonly string[],
): Promise<void> => {
  const config = { endpoint: url, region: 'us-east-1', credentials: credentialsIn(account) };
  const [iam, sns, cloudwatch] = [new IAMClient(config), new SNSClient(config), new CloudWatchClient(config)];
  const budgets = new BudgetsClient(config);
  try {
    await Promise.all([
      wipeIam(iam, rolesThatStay),
      wipeSns(sns),
      wipeCloudWatch(cloudwatch),
      wipeBudgets(budgets, account.accountId),
    ]);
  } finally {
    for (const client of [iam, sns, cloudwatch, budgets]) client.destroy();
  }
};
