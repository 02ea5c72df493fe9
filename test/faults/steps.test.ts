import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import type { Moto } from '../counterparts/moto.ts';
import { clueless } from './attempt.ts';
import { seatAt } from './child.ts';
import { startCounterpart, unattended } from './counterpart.ts';
import { asRoot } from './faults.ts';
import { startProxy } from './proxy.ts';
import { stateOf } from './read-back.ts';

const managed = (...names: readonly string[]) => names.map((name) => `arn:aws:iam::aws:policy/${name}`);
const everybody = ['IAMUserChangePassword', 'SignInLocalDevelopmentAccess'];
const team = (name: string, policy: string) => ({
  name,
  attached: managed(policy, ...everybody).toSorted(),
  inline: [['require-mfa', expect.stringContaining('aws:MultiFactorAuthPresent')]],
  members: [],
});

const topic = 'arn:aws:sns:us-east-1:ACCOUNT:aws-first-steps-billing';
const alarm = (amount: number) => ({
  AlarmName: `aws-first-steps-billing-${amount}-usd`,
  Namespace: 'AWS/Billing',
  MetricName: 'EstimatedCharges',
  Threshold: amount,
  ComparisonOperator: 'GreaterThanThreshold',
  ActionsEnabled: true,
  AlarmActions: [topic],
});

/** What each step leaves in an account, written down by hand and not taken from a run. */
const expected: Readonly<Record<string, object>> = {
  groups: {
    groups: expect.arrayContaining([
      team('developers', 'PowerUserAccess'),
      team('billing', 'job-function/Billing'),
      team('data-science', 'ReadOnlyAccess'),
    ]),
  },
  'password-policy': {
    passwordPolicy: {
      MinimumPasswordLength: 16,
      PasswordReusePrevention: 24,
      AllowUsersToChangePassword: true,
      HardExpiry: false,
      RequireLowercaseCharacters: true,
      RequireUppercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      ExpirePasswords: false,
    },
  },
  'billing-alarm': {
    topics: [topic],
    subscriptions: [{ TopicArn: topic, Protocol: 'email', Endpoint: 'maria@example.com' }],
    alarms: expect.arrayContaining([alarm(5), alarm(20)].map((one) => expect.objectContaining(one))),
  },
};

describe.skipIf(!motoIsInstalled())('the program as it is shipped, in an account of moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  it.each(unattended)('does %s, as others see it, and does nothing the second time', async (id) => {
    const account = await moto.freshAccount();
    const seat = await seatAt(moto.url, account, [id]);
    expect(await seat.run()).toMatchObject({ code: 0, stderr: expect.not.stringMatching(clueless) });
    const state = await stateOf(moto.url, account);
    expect(state).toMatchObject(expected[id] ?? {});
    expect(await seat.run()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Go ahead?') });
    expect(await stateOf(moto.url, account)).toEqual(state);
  });

  it('does nothing the second time on another machine either', async () => {
    const account = await moto.freshAccount();
    await (await seatAt(moto.url, account)).run();
    const state = await stateOf(moto.url, account);
    expect(await (await seatAt(moto.url, account)).run()).toMatchObject({ code: 0 });
    expect(await stateOf(moto.url, account)).toEqual(state);
  });

  it('says in one sentence that the endpoint has no address', async () => {
    const seat = await seatAt('http://no-such-host.invalid', await moto.freshAccount());
    const { code, stderr } = await seat.run();
    expect(code).toBe(2);
    expect(stderr).toContain('The address of no-such-host.invalid could not be found.');
    expect(stderr).not.toMatch(clueless);
  });

  it.each([
    { mfa: 0, status: 'unmet', code: 1 },
    { mfa: 1, status: 'met', code: 0 },
  ] as const)('reads root MFA as $status where AWS counts $mfa', async ({ mfa, status, code }) => {
    const proxy = await startProxy(moto.url);
    onTestFinished(() => proxy.stop());
    proxy.disturb(asRoot({ mfa }));
    const account = await moto.freshAccount();
    const seat = await seatAt(proxy.url, account);
    const outcome = await seat.run({ args: ['verify', '--format', 'json', '--only', 'root-mfa'] });
    expect(outcome.code, outcome.stderr).toBe(code);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      account: { id: account.accountId, identity: 'root user' },
      steps: [{ id: 'root-mfa', status }],
    });
  });
});
