import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chargesBeforeCredits } from '../charges.ts';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import { clueless } from './attempt.ts';
import { seatAt } from './child.ts';
import { codeOf, startCounterpart, unattended, type Counterpart } from './counterpart.ts';
import { answeredByProxy } from './stand-ins.ts';
import { asRoot } from './faults.ts';
import { startProxy } from './proxy.ts';
import { budgetSubscribersIn, stateOf } from './read-back.ts';
import { tryAll } from './try-all.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { isRead } from '../../src/aws/account.ts';

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

const notification = (NotificationType: string, Threshold: number) => ({
  NotificationType,
  ComparisonOperator: 'GREATER_THAN',
  Threshold,
  ThresholdType: 'PERCENTAGE',
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
    topicTags: [[['aws-first-steps:asked', 'MOMENT']]],
    subscriptions: [{ TopicArn: topic, Protocol: 'email', Endpoint: 'maria@example.com' }],
    alarms: expect.arrayContaining([alarm(5), alarm(20)].map((one) => expect.objectContaining(one))),
  },
  budget: {
    budgets: [
      {
        BudgetName: 'aws-first-steps-monthly',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '12.50', Unit: 'USD' },
        CostTypes: chargesBeforeCredits,
        notifications: [
          notification('ACTUAL', 80),
          notification('ACTUAL', 100),
          notification('FORECASTED', 100),
        ],
      },
    ],
  },
};

describe.skipIf(!motoIsInstalled())('the program as it is shipped, in an account of moto', () => {
  let moto: Counterpart;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  /** What is wrong with a run of one step, a second one from the same home, and a third one from elsewhere. */
  const trouble = (id: string) =>
    moto.lent(async (account) => {
      const [proxy, home] = [await startProxy(moto.url, answeredByProxy), await temporaryFolder()];
      const seat = await seatAt(proxy.url, account, [id]);
      const run = async (args: readonly string[]) => {
        const { code, stderr } = await seat.run({ args: [...seat.setup, ...args] });
        expect(code, stderr).toBe(codeOf([id]));
        expect(stderr).not.toMatch(clueless);
        return { stderr, state: await stateOf(moto.url, account) };
      };
      const first = await run([]);
      expect(first.state).toMatchObject(expected[id] ?? { 'what it leaves': 'is not written down here' });
      if (id === 'budget') {
        const maria = { SubscriptionType: 'EMAIL', Address: 'maria@example.com' };
        expect(await budgetSubscribersIn(moto.url)).toEqual([[maria], [maria], [maria]]);
      }
      const made = proxy.log.length;
      for (const args of [[], ['--home', home]]) expect((await run(args)).state).toEqual(first.state);
      const later = proxy.log.slice(made).filter(({ operation }) => !isRead(operation));
      // STS knows no other names for what only looks.
      expect(later.filter(({ operation }) => !operation.startsWith('sts:'))).toEqual([]);
      await proxy.stop();
      return undefined;
    });

  it('does each step as others see it, and makes no change the second time, or on another machine', async () => {
    const failures = await tryAll('whole steps, run three times, moto', unattended, trouble, {
      kind: 'runs',
    });
    expect(failures).toEqual([]);
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
