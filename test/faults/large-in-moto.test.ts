import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import { credentialsIn, type FreshAccount, type Moto } from '../counterparts/_support/moto.ts';
import type { LargeAccountSize } from '../../src/practice/scenarios/large-account.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { runProgram } from '../terminal/_support/program.ts';
import { environmentIn, startCounterpart } from './_support/counterpart.ts';
import { everything } from './_support/extent.ts';
import { answeredByProxy } from './_support/stand-ins.ts';
import { growth, pageSizes, type Calls } from './_support/page-growth.ts';
import { paged } from './_support/paged.ts';
import { startProxy, type FaultProxy } from '../_support/aws-proxy.ts';
import { tally } from './_support/tally.ts';

/** Moto takes minutes to make thousands of users, so that the sample has just more than fits on a page of each list. */
const size: LargeAccountSize = everything
  ? { users: 5000, groups: 300, topics: 200, alarms: 1000 }
  : { users: 1010, groups: 20, topics: 110, alarms: 110 };

/** An empty account needs 12 to 16 MB of objects: what grew with every page of a large one would not fit, and end the program. */
const narrow = { NODE_OPTIONS: '--max-old-space-size=32' };

let tried = 0;
let survived = 0;
afterAll(() => tally('a large account in moto', tried, survived, 'inputs'));

const names = (stem: string, count = 0) => Array.from({ length: count }, (_, index) => `${stem}-${index}`);

/** Fills an account through its API, some calls at a time. */
const fill = async (url: string, account: FreshAccount): Promise<void> => {
  const config = { endpoint: url, region: 'us-east-1', credentials: credentialsIn(account) };
  const [iam, sns, cloudwatch] = [new IAMClient(config), new SNSClient(config), new CloudWatchClient(config)];
  const alarm = (AlarmName: string) =>
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Example',
      MetricName: 'Errors',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
    });
  const calls: (() => Promise<unknown>)[] = [
    ...names('user', size.users).map((UserName) => () => iam.send(new CreateUserCommand({ UserName }))),
    ...names('group', size.groups).map((GroupName) => () => iam.send(new CreateGroupCommand({ GroupName }))),
    ...names('topic', size.topics).map((Name) => () => sns.send(new CreateTopicCommand({ Name }))),
    ...names('alarm', size.alarms).map((name) => () => cloudwatch.send(alarm(name))),
  ];
  const worker = async () => {
    for (let call = calls.shift(); call; call = calls.shift()) await call();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const UserName = `user-${(size.users ?? 0) - 1}`;
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  for (const client of [iam, sns, cloudwatch]) client.destroy();
};

describe.skipIf(!motoIsInstalled())(`an account with ${size.users} users in moto`, () => {
  let moto: Moto;
  let proxy: FaultProxy;
  beforeAll(async () => {
    moto = await startCounterpart();
    proxy = await startProxy(moto.url, answeredByProxy);
    proxy.disturb(paged());
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  const verified = async (account: FreshAccount) => {
    const from = proxy.log.length;
    const args = ['verify', '--format', 'json', '--home', await temporaryFolder()];
    const { stdout, stderr } = await runProgram(args, {
      env: { ...environmentIn(proxy.url, account), ...narrow },
    });
    const calls: Record<string, number> = {};
    for (const { operation } of proxy.log.slice(from)) calls[operation] = (calls[operation] ?? 0) + 1;
    expect(stderr).not.toMatch(/mistake in aws-first-steps/);
    const { steps } = JSON.parse(stdout) as {
      steps: readonly { id: string; status: string; summary: string }[];
    };
    return { steps, calls: calls as Calls };
  };

  it('is found as it is, with more calls only by the pages of its lists', { timeout: 600_000 }, async () => {
    tried += 1;
    const [few, many] = [await moto.freshAccount(), await moto.freshAccount()];
    await fill(moto.url, many);
    const [before, after] = [await verified(few), await verified(many)];
    const groups = after.steps.find(({ id }) => id === 'groups');
    expect(groups).toMatchObject({ status: 'unmet' });
    expect(groups?.summary).toContain(`user-${(size.users ?? 0) - 1}`);
    const others = (all: typeof after.steps) =>
      all.filter(({ id }) => id !== 'groups').map(({ id, status }) => `${id}: ${status}`);
    expect(others(after.steps)).toEqual(others(before.steps));
    expect(growth(before.calls, after.calls, pageSizes(size))).toEqual([]);
    for (const list of ['iam:GetAccountAuthorizationDetails', 'sns:ListTopics', 'cloudwatch:DescribeAlarms'])
      expect(after.calls[list], list).toBeGreaterThan(1);
    survived += 1;
  });
});
