import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupsCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam';
import { ListSubscriptionsCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { filesIn, runProgram, startProgram } from '../terminal/program.ts';
import { atTheScreen, converse, type Reply } from '../terminal/seat.ts';
import { codes, noteThePassword, secretOn } from '../terminal/walk.ts';
import { startHoldingProxy } from './holding-proxy.ts';
import { motoIsInstalled } from './install-moto.ts';
import { bootstrapUser, startMoto, type FreshAccount, type Moto } from './moto.ts';

let moto: Moto;

const environment = ({ accessKeyId, secretAccessKey }: FreshAccount, url = moto.url) => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Clients of the test's own, which know nothing of the program. */
const clients = (credentials: FreshAccount) => {
  const config = { endpoint: moto.url, region: 'us-east-1', credentials };
  return { iam: new IAMClient(config), sns: new SNSClient(config), cloudwatch: new CloudWatchClient(config) };
};

const statusesIn = (stdout: string): Record<string, string> => {
  const { steps } = JSON.parse(stdout) as { steps: readonly { id: string; status: string }[] };
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
};

const verify = async (account: FreshAccount, home: string) => {
  const args = ['verify', '--home', home, '--format', 'json'];
  return statusesIn((await runProgram(args, { env: environment(account) })).stdout);
};

/** All that the unattended steps can have changed, as moto tells it. */
const stateOf = async (account: FreshAccount) => {
  const { iam, sns, cloudwatch } = clients(account);
  const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
  const { Topics } = await sns.send(new ListTopicsCommand({}));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
  return {
    groups: Groups.map((group) => group.GroupName),
    Topics,
    Subscriptions,
    MetricAlarms,
    PasswordPolicy,
  };
};

const answers = {
  groups: { scope: 'teams', teams: ['developers', 'billing'], 'own-team': '', 'require-mfa': true },
  'password-policy': { length: 16 },
  'billing-alarm': { email: 'maria@example.com', amounts: '7, 30' },
};

const runUnattended = async (account: FreshAccount, home: string) => {
  const file = path.join(await temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  const only = Object.keys(answers).join(',');
  return runProgram(['--home', home, '--answers', file, '--only', only], { env: environment(account) });
};

const toTheAdministrator: readonly Reply[] = [
  ['Is this the account', 'enter'],
  // The bootstrap user of the test is an administrator too; the default is somebody new.
  ['Who is to be the daily administrator?', 'enter'],
  ['User name', (seat) => seat.answer('maria')],
  ['Go ahead?', 'enter'],
];

beforeAll(async () => {
  if (motoIsInstalled()) moto = await startMoto();
});
afterAll(() => moto?.stop());

describe.skipIf(!motoIsInstalled())('an unattended run against moto', () => {
  it('makes what the answers say, once, and keeps no key to the account', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const first = await runUnattended(account, home);
    // Everything is made; the bill is not published in moto, so the alarm waits.
    expect(first.code, first.stderr).toBe(1);
    expect(await verify(account, home)).toMatchObject({
      groups: 'met',
      'password-policy': 'met',
      'billing-alarm': 'waiting',
      'root-mfa': 'unmet',
      'admin-user': 'unmet',
    });

    const { groups, Topics, Subscriptions, MetricAlarms, PasswordPolicy } = await stateOf(account);
    expect(groups.toSorted()).toEqual(['Bootstrap', 'billing', 'developers']);
    expect(PasswordPolicy).toMatchObject({
      MinimumPasswordLength: 16,
      PasswordReusePrevention: 24,
      AllowUsersToChangePassword: true,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
    });
    const topic = `arn:aws:sns:us-east-1:${account.accountId}:aws-first-steps-billing`;
    expect(Topics).toEqual([{ TopicArn: topic }]);
    expect(Subscriptions).toMatchObject([
      { Endpoint: 'maria@example.com', Protocol: 'email', TopicArn: topic },
    ]);
    expect(MetricAlarms.map((alarm) => alarm.Threshold).toSorted()).toEqual([30, 7]);
    for (const alarm of MetricAlarms)
      expect(alarm).toMatchObject({
        Namespace: 'AWS/Billing',
        MetricName: 'EstimatedCharges',
        Dimensions: [{ Name: 'Currency', Value: 'USD' }],
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmActions: [topic],
        ActionsEnabled: true,
      });

    const before = await stateOf(account);
    const again = await runUnattended(account, home);
    expect(again.code, again.stderr).toBe(1);
    expect(await stateOf(account)).toEqual(before);
    const kept = [...Object.values(await filesIn(home)), first.stderr, again.stderr].join('\n');
    expect(kept).not.toContain(account.secretAccessKey);
  });

  it('gives the groups the policies of their teams', async () => {
    const account = await moto.freshAccount();
    await runUnattended(account, await temporaryFolder());
    const { iam } = clients(account);
    const policiesOf = async (GroupName: string) => {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
      return AttachedPolicies.map((policy) => policy.PolicyName).toSorted();
    };
    const everybody = ['IAMUserChangePassword', 'SignInLocalDevelopmentAccess'];
    expect(await policiesOf('developers')).toEqual([...everybody, 'PowerUserAccess'].toSorted());
    expect(await policiesOf('billing')).toEqual([...everybody, 'Billing'].toSorted());
    const inline = { GroupName: 'developers', PolicyName: 'require-mfa' };
    const { PolicyDocument = '' } = await iam.send(new GetGroupPolicyCommand(inline));
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({ Version: '2012-10-17' });
  });
});

describe.skipIf(!motoIsInstalled())('somebody in a terminal, against moto', () => {
  it('becomes the administrator, with the phone that scanned the code and the password that was shown', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const terminal = startProgram(['--home', home, '--only', 'admin-user'], { env: environment(account) });
    const seat = atTheScreen(terminal);
    await converse(seat, toTheAdministrator);
    await seat.see('First code');
    const secret = secretOn(seat);
    await converse(seat, codes());
    await seat.see('Have you stored');
    const password = terminal.screen().find((row) => /^\S{20}$/.test(row)) ?? '';
    await converse(seat, [noteThePassword, ['Go on?', 'enter']]);
    expect((await terminal.exit).code).toBe(0);

    const { iam } = clients(account);
    const { Users = [] } = await iam.send(new ListUsersCommand({}));
    expect(Users.map((user) => user.UserName)).toEqual([bootstrapUser, 'maria']);
    const { Groups = [] } = await iam.send(new ListGroupsCommand({}));
    const ours = Groups.find((group) => group.GroupName !== 'Bootstrap')?.GroupName ?? 'Bootstrap';
    const group = await iam.send(new GetGroupCommand({ GroupName: ours }));
    expect(group.Users?.map((user) => user.UserName)).toContain('maria');
    const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: ours }));
    expect(attached.AttachedPolicies).toMatchObject([{ PolicyName: 'AdministratorAccess' }]);
    const serial = `arn:aws:iam::${account.accountId}:mfa/aws-first-steps-maria`;
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName: 'maria' }));
    expect(MFADevices).toMatchObject([{ SerialNumber: serial, EnableDate: expect.any(Date) }]);
    const profile = await iam.send(new GetLoginProfileCommand({ UserName: 'maria' }));
    expect(profile.LoginProfile?.UserName).toBe('maria');

    // Moto tells the seed again, as AWS never would: it is the one that was on the screen.
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}));
    const seed = VirtualMFADevices?.find((device) => device.SerialNumber === serial)?.Base32StringSeed;
    expect(Buffer.from(seed ?? []).toString('ascii')).toBe(secret);

    expect(await verify(account, home)).toMatchObject({ 'admin-user': 'met', 'root-mfa': 'unmet' });
    expect([secret.length, password.length]).toEqual([64, 20]);
    const kept = [...Object.values(await filesIn(home)), ...terminal.scrollback()].join('\n');
    for (const one of [secret, password, account.secretAccessKey]) expect(kept).not.toContain(one);
  });

  it('can stop during a call: it is brought to its end, and no other is begun', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const proxy = await startHoldingProxy(moto.url, 'CreateUser');
    const env = environment(account, proxy.url);
    const terminal = startProgram(['--home', home, '--only', 'admin-user'], { env });
    await converse(atTheScreen(terminal), toTheAdministrator);
    await proxy.held;
    terminal.press('ctrl-c');
    await terminal.waitFor(/[Ss]topping/);
    expect(terminal.alternate).toBe(true);
    proxy.release();
    expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
    proxy.stop();
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    const { iam } = clients(account);
    const { Users = [] } = await iam.send(new ListUsersCommand({}));
    expect(Users.map((user) => user.UserName)).toEqual([bootstrapUser, 'maria']);
    expect(await verify(account, home)).toMatchObject({ 'admin-user': 'unmet' });
    const journal = Object.values(await filesIn(home)).join('\n');
    expect(journal).toMatch(/"operation":"iam:CreateUser".*"phase":"done"/);
    expect(journal).not.toMatch(/AddUserToGroup|CreateVirtualMFADevice/);
  });
});
