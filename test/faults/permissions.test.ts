import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import type { FreshAccount } from '../counterparts/moto.ts';
import { clueless } from './attempt.ts';
import { seatAt } from './child.ts';
import { codeOf, credentialsIn, startCounterpart, unattended, type Counterpart } from './counterpart.ts';
import { answeredByProxy, notAlwaysNeeded, permissionDeviations } from './deviations.ts';
import { startProxy, type Answer, type Disturbance, type FaultProxy } from './proxy.ts';
import type { Outcome } from '../terminal/program.ts';
import { tryAll } from './try-all.ts';

const budgetActions: Readonly<Record<string, readonly string[]>> = {
  'budgets:ViewBudget': ['budgets:Describe*'],
  'budgets:ModifyBudget': ['budgets:Create*', 'budgets:Update*'],
};

const asMotoKnows = (permission: string): readonly string[] =>
  budgetActions[permission] ?? [permission.replace(/^cloudwatch:/, 'monitoring:')];

/** Refusals name the action that a policy would have to allow. */
const asAwsWords = (message: string) =>
  message
    .replace('monitoring:', 'cloudwatch:')
    .replace(/budgets:Describe\w+/, 'budgets:ViewBudget')
    .replace(/budgets:(Create|Update)\w+/, 'budgets:ModifyBudget');

const refusalInJson = (answer: Answer): Answer => {
  const message = /<Message>([^<]*)/.exec(answer.body)?.[1] ?? '';
  const body = { __type: 'com.amazon.coral.service#AccessDeniedException', message: asAwsWords(message) };
  return { ...answer, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
};

/** Puts right what {@link permissionDeviations} lists. */
const asAwsRefuses: Disturbance = ({ operation }) =>
  /^(cloudwatch|budgets):/.test(operation)
    ? async ({ forward, reply }) => {
        const answer = await forward();
        reply(answer.status === 403 ? refusalInJson(answer) : answer);
      }
    : undefined;

const trusting = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});

const atOnce = 2;

describe.skipIf(!motoIsInstalled())('where moto checks permissions', () => {
  let moto: Counterpart;
  let proxy: FaultProxy;
  const setChecks = (after: 'inf' | '0') =>
    fetch(`${moto.url}/moto-api/reset-auth`, { method: 'POST', body: after });

  beforeAll(async () => {
    moto = await startCounterpart();
    proxy = await startProxy(moto.url, answeredByProxy);
    proxy.disturb(asAwsRefuses);
    // moto makes new accounts only while it checks nothing, so those that are lent from here on are all made before.
    await setChecks('inf');
    await Promise.all(Array.from({ length: atOnce }, () => moto.lent(() => Promise.resolve())));
    await setChecks('0');
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  /** The environment of a role that has exactly these permissions: a user would be an object of the step itself. */
  const callerWith = async (account: FreshAccount, permissions: readonly string[]) => {
    const config = { endpoint: moto.url, region: 'us-east-1', credentials: credentialsIn(account) };
    const [iam, sts] = [new IAMClient(config), new STSClient(config)];
    const RoleName = 'Caller';
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting }));
    const Statement = [{ Effect: 'Allow', Action: permissions.flatMap(asMotoKnows), Resource: '*' }];
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
  const planned = (id: string): Promise<readonly string[]> =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account, [id]);
      const args = ['plan', '--format', 'json', '--only', id, '--answers', seat.answersFile];
      const { stdout, stderr } = await seat.run({ args });
      expect(stderr).not.toMatch(clueless);
      const { steps } = JSON.parse(stdout) as { steps: { permissions: string[] }[] };
      return steps.flatMap(({ permissions }) => permissions);
    });

  const runWith = (id: string, permissions: readonly string[], url = proxy.url) =>
    moto.lent(async (account) => {
      const seat = await seatAt(url, account, [id]);
      return seat.run({ env: await callerWith(account, permissions) });
    });

  const objectionTo = ({ code, stderr }: Outcome, id: string, missing: string): string | undefined => {
    if (clueless.test(stderr)) return stderr.slice(-900);
    // What is asked for the sake of completeness is missed in words, and nothing else is.
    if (new RegExp(`refused: [^)]*${missing}`).test(stderr) && code === codeOf([id])) return undefined;
    if (missing in notAlwaysNeeded)
      return code === codeOf([id]) ? undefined : 'is needed after all: take it off the list';
    if (code !== 1 && code !== 2) return `ended with ${code}`;
    return stderr.includes(`You are not allowed ${missing}.`) ? undefined : stderr.slice(-900);
  };

  it.each(unattended)('%s needs exactly what its plan prints', { timeout: 300_000 }, async (id) => {
    const permissions = await planned(id);
    expect(permissions.length).toBeGreaterThan(0);
    const { code, stderr } = await runWith(id, permissions);
    expect(code, stderr).toBe(codeOf([id]));

    const withoutIt = async (missing: string) => {
      const others = permissions.filter((one) => one !== missing);
      return objectionTo(await runWith(id, others), id, missing);
    };
    const failures = await tryAll(`${id} without a permission, moto`, permissions, withoutIt, {
      atOnce,
      kind: 'permissions',
    });
    expect(failures).toEqual([]);
  });

  it('refuses an access key that does not exist, in words', () =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account);
      const env = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wrong' };
      const { code, stderr } = await seat.run({ env });
      expect(code).toBe(2);
      expect(stderr).toContain('AWS does not accept these credentials');
      expect(stderr).not.toMatch(clueless);
    }));

  it('refuses a wrong secret access key, in words', () =>
    moto.lent(async (account) => {
      const seat = await seatAt(proxy.url, account);
      const { code, stderr } = await seat.run({ env: { AWS_SECRET_ACCESS_KEY: 'wrong' } });
      expect(code).toBe(2);
      expect(stderr).toContain('the secret access key is not the right one');
      expect(stderr).not.toMatch(clueless);
    }));

  it(`still differs from AWS: ${permissionDeviations.cloudwatchRefusal}`, async () => {
    const { code, stderr } = await runWith('billing-alarm', ['sns:*', 'cloudwatch:none'], moto.url);
    expect(code).toBe(2);
    expect(stderr).not.toContain('You are not allowed');
    expect(stderr).not.toMatch(clueless);
  });
});
