import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import type { FreshAccount, Moto } from '../counterparts/moto.ts';
import { clueless } from './attempt.ts';
import { seatAt } from './child.ts';
import { credentialsIn, startCounterpart, unattended } from './counterpart.ts';
import { permissionDeviations } from './deviations.ts';
import { startProxy, type Answer, type Disturbance, type FaultProxy } from './proxy.ts';
import { tryAll } from './try-all.ts';

const asMotoKnows = (permission: string) => permission.replace(/^cloudwatch:/, 'monitoring:');

const refusalInJson = (answer: Answer): Answer => {
  const message = /<Message>([^<]*)/.exec(answer.body)?.[1] ?? '';
  const body = {
    __type: 'com.amazon.coral.service#AccessDeniedException',
    message: message.replace('monitoring:', 'cloudwatch:'),
  };
  return { ...answer, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
};

/** Puts right what {@link permissionDeviations} lists. */
const asAwsRefuses: Disturbance = ({ operation }) =>
  operation.startsWith('cloudwatch:')
    ? async ({ forward, reply }) => {
        const answer = await forward();
        reply(answer.status === 403 ? refusalInJson(answer) : answer);
      }
    : undefined;

const trusting = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

/** Permissions that a plan names and that not every run needs, each with the reason. */
const notAlways: Readonly<Record<string, string>> = {
  'sns:ListSubscriptionsByTopic':
    'Asked while the mail waits for its click; moto confirms subscriptions at once.',
};

describe.skipIf(!motoIsInstalled())('where moto checks permissions', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  beforeAll(async () => {
    moto = await startCounterpart();
    proxy = await startProxy(moto.url);
    proxy.disturb(asAwsRefuses);
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  /** moto makes new accounts only while it checks nothing, which holds for all that go on at the time. */
  const accountsThatCheck = async (count: number): Promise<FreshAccount[]> => {
    const setChecks = (after: string) =>
      fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: after });
    await setChecks('inf');
    const accounts: FreshAccount[] = [];
    while (accounts.length < count) accounts.push(await moto.freshAccount());
    await setChecks('0');
    return accounts;
  };

  const accountThatChecks = async (): Promise<FreshAccount> => {
    const [account] = await accountsThatCheck(1);
    if (!account) throw new Error('there is no account');
    return account;
  };

  /** The environment of a role that has exactly these permissions: a user would be an object of the step itself. */
  const callerWith = async (account: FreshAccount, permissions: readonly string[]) => {
    const config = { endpoint: moto.url, region: 'us-east-1', credentials: credentialsIn(account) };
    const [iam, sts] = [new IAMClient(config), new STSClient(config)];
    const RoleName = 'Caller';
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting }));
    const Statement = [{ Effect: 'Allow', Action: permissions.map(asMotoKnows), Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'exactly', PolicyDocument }));
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'tests' }),
    );
    return {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
    };
  };

  /** The permissions that `plan` prints for a step. */
  const planned = async (id: string): Promise<readonly string[]> => {
    const seat = await seatAt(proxy.url, await accountThatChecks(), [id]);
    const args = ['plan', '--format', 'json', '--only', id, '--answers', seat.answersFile];
    const { stdout, stderr } = await seat.run({ args });
    expect(stderr).not.toMatch(clueless);
    const { steps } = JSON.parse(stdout) as { steps: { permissions: string[] }[] };
    return steps.flatMap(({ permissions }) => permissions);
  };

  const runWith = async (account: FreshAccount, id: string, permissions: readonly string[]) => {
    const seat = await seatAt(proxy.url, account, [id]);
    return seat.run({ env: await callerWith(account, permissions) });
  };

  it.each(unattended)('%s needs exactly what its plan prints', { timeout: 120_000 }, async (id) => {
    const permissions = await planned(id);
    expect(permissions.length).toBeGreaterThan(0);
    const { code, stderr } = await runWith(await accountThatChecks(), id, permissions);
    expect(code, stderr).toBe(0);

    const accounts = await accountsThatCheck(permissions.length);
    const cases = accounts.map((account, index) => ({ account, missing: permissions[index] ?? '' }));
    const withoutIt = async ({ account, missing }: (typeof cases)[number]) => {
      const others = permissions.filter((one) => one !== missing);
      const outcome = await runWith(account, id, others);
      if (clueless.test(outcome.stderr)) return outcome.stderr.slice(-900);
      if (missing in notAlways)
        return outcome.code === 0 ? undefined : 'is needed after all: take it off the list';
      if (outcome.code !== 1 && outcome.code !== 2) return `ended with ${outcome.code}`;
      return outcome.stderr.includes(`You are not allowed ${missing}.`)
        ? undefined
        : outcome.stderr.slice(-900);
    };
    const name = ({ missing }: (typeof cases)[number]) => missing;
    const failures = await tryAll(`${id} without a permission, moto`, cases, withoutIt, { atOnce: 3, name });
    expect(failures).toEqual([]);
  });

  it('refuses an access key that does not exist, in words', async () => {
    const seat = await seatAt(proxy.url, await accountThatChecks());
    const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wrong' };
    const { code, stderr } = await seat.run({ env });
    expect(code).toBe(2);
    expect(stderr).toContain('AWS does not accept these credentials');
    expect(stderr).not.toMatch(clueless);
  });

  it('refuses a wrong secret access key, in words', async () => {
    const seat = await seatAt(proxy.url, await accountThatChecks());
    const { code, stderr } = await seat.run({ env: { AWS_SECRET_ACCESS_KEY: 'wrong' } });
    expect(code).toBe(2);
    expect(stderr).toContain('the secret access key is not the right one');
    expect(stderr).not.toMatch(clueless);
  });

  it(`still differs from AWS: ${permissionDeviations.cloudwatchRefusal}`, async () => {
    const account = await accountThatChecks();
    const seat = await seatAt(moto.url, account, ['billing-alarm']);
    const { code, stderr } = await seat.run({ env: await callerWith(account, ['sns:*', 'cloudwatch:none']) });
    expect(code).toBe(2);
    expect(stderr).not.toContain('You are not allowed');
    expect(stderr).not.toMatch(clueless);
  });
});
