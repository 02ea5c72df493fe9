import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-iam';
import { ListSubscriptionsCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { filesIn, runProgram } from '../terminal/_support/program.ts';
import { motoIsInstalled } from './_support/install-moto.ts';
import { startMoto, type FreshAccount, type Moto } from './_support/moto.ts';
import { clients, environment, verify } from './_support/signed-in.ts';

let moto: Moto;

beforeAll(async () => {
  if (motoIsInstalled()) moto = await startMoto();
});
afterAll(() => moto?.stop());

/** All that the unattended steps can have changed, as moto tells it. */
const stateOf = async (account: FreshAccount) => {
  const { iam, sns, cloudwatch } = clients(account, moto.url);
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
  groups: {
    scope: 'teams',
    teams: ['developers', 'billing'],
    'own-team': '',
    'require-mfa': true,
    'members-developers': [],
    'members-billing': [],
  },
  'password-policy': { length: 16 },
  'billing-alarm': { email: 'maria@example.com', amounts: '7, 30' },
};

const runUnattended = async (account: FreshAccount, home: string) => {
  const file = path.join(await temporaryFolder(), 'answers.json');
  await writeFile(file, JSON.stringify(answers));
  const only = Object.keys(answers).join(',');
  return runProgram(['--home', home, '--answers', file, '--only', only], {
    env: environment(account, moto.url),
  });
};

describe.skipIf(!motoIsInstalled())('an unattended run against moto', () => {
  it('makes what the answers say, once, and keeps no key to the account', async () => {
    const account = await moto.freshAccount();
    const home = await temporaryFolder();
    const first = await runUnattended(account, home);
    // Everything is made; the bill is not published in moto, so the alarm waits.
    expect(first.code, first.stderr).toBe(1);
    expect(await verify(account, moto.url, home)).toMatchObject({
      groups: 'met',
      'password-policy': 'met',
      'billing-alarm': 'waiting',
      'root-mfa': 'unmet',
      'admin-user': 'unmet',
    });

    const { groups, Topics, Subscriptions, MetricAlarms, PasswordPolicy } = await stateOf(account);
    expect(new Set(groups)).toEqual(new Set(['billing', 'developers']));
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
    expect(MetricAlarms).toHaveLength(2);
    expect(new Set(MetricAlarms.map((alarm) => alarm.Threshold))).toEqual(new Set([7, 30]));
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
    const { iam } = clients(account, moto.url);
    const policiesOf = async (GroupName: string) => {
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
      return new Set(AttachedPolicies.map((policy) => policy.PolicyName));
    };
    const everybody = ['IAMUserChangePassword', 'SignInLocalDevelopmentAccess'];
    expect(await policiesOf('developers')).toEqual(new Set([...everybody, 'PowerUserAccess']));
    expect(await policiesOf('billing')).toEqual(new Set([...everybody, 'Billing']));
    const inline = { GroupName: 'developers', PolicyName: 'require-mfa' };
    const { PolicyDocument = '' } = await iam.send(new GetGroupPolicyCommand(inline));
    expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({ Version: '2012-10-17' });
  });
});
