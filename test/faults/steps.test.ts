import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import { clueless } from './_support/attempt.ts';
import { seatAt } from './_support/child.ts';
import { codeOf, startCounterpart, unattended, type Counterpart } from './_support/counterpart.ts';
import { answeredByProxy } from './_support/stand-ins.ts';
import { asRoot } from './_support/faults.ts';
import { stateAfter } from './_support/left-behind.ts';
import { startProxy } from '../_support/aws-proxy.ts';
import { budgetSubscribersIn, stateOf } from './_support/read-back.ts';
import { tryAll } from './_support/try-all.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { isRead } from '../../src/aws/operation-name.ts';

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
      expect(first.state).toEqual(stateAfter([id]));
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

  it(
    'does each step as others see it, and makes no change the second time, or on another machine',
    { timeout: 300_000 },
    async () => {
      const failures = await tryAll('whole steps, run three times, moto', unattended, trouble, {
        kind: 'runs',
      });
      expect(failures).toEqual([]);
    },
  );

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
