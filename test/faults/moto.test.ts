import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/account.ts';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import type { FreshAccount, Moto } from '../counterparts/moto.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { attempt, clueless, isPromised, type Attempt } from './attempt.ts';
import { startCounterpart, unattended } from './counterpart.ts';
import * as faults from './faults.ts';
import { startProxy, type Disturbance, type Fault, type FaultProxy } from './proxy.ts';
import { stateOf } from './read-back.ts';
import { sampleOf, tryAll } from './try-all.ts';

/** What can go wrong at a call. `heals`: the SDK's own retries are to get over it, so that the owner sees nothing. */
type Trial = { heals: boolean; says?: RegExp; at: (operation: string) => Disturbance };

const passing = (fault: Fault): Trial => ({ heals: true, at: (operation) => faults.once(fault, operation) });

const trials: Readonly<Record<string, Trial>> = {
  throttled: passing(faults.throttled),
  'a 500': passing(faults.failed),
  'a 503': passing(faults.unavailable),
  'a 502 in HTML': passing(faults.badGateway),
  'a reset connection': passing(faults.reset),
  'a lost answer': passing(faults.lost),
  'a slow answer': passing(faults.slow),
  'no answer': passing(faults.silent),
  'a captive portal': {
    heals: false,
    says: /Something in between answered instead of AWS/,
    at: (operation) => faults.once(faults.captivePortal, operation),
  },
  'a wrong clock': {
    heals: false,
    says: /The clock of this computer is wrong/,
    at: (operation) => faults.fromThenOn(faults.clockWrong, operation),
  },
  'a 500 for good': {
    heals: false,
    says: /the fault is on its side/,
    at: (operation) => faults.always(faults.failed, operation),
  },
  'an expired session': {
    heals: false,
    says: /The session has expired\./,
    at: (operation) => faults.fromThenOn(faults.expired, operation),
  },
  'a revoked key': {
    heals: false,
    says: /does not accept these credentials|does not let this session call IAM/,
    at: (operation) => faults.fromThenOn(faults.revoked, operation),
  },
  'a missing permission': {
    heals: false,
    says: /You are not allowed /,
    at: (operation) => faults.always(faults.forbidden, operation),
  },
};

describe.skipIf(!motoIsInstalled())('the three unattended steps against moto', () => {
  let moto: Moto;
  let proxy: FaultProxy;
  beforeAll(async () => {
    moto = await startCounterpart();
    proxy = await startProxy(moto.url);
    process.env['AWS_ENDPOINT_URL'] = proxy.url;
  });
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await proxy.stop();
    await moto.stop();
  });

  const undisturbed = async () => {
    const account = await moto.freshAccount();
    proxy.log.splice(0);
    proxy.disturb(() => undefined);
    const { code, said } = await attempt(account, await temporaryFolder(), unattended);
    expect(code, said).toBe(0);
    const operations = [...new Set(proxy.log.map(({ operation }) => operation))];
    return { operations, end: await stateOf(moto.url, account) };
  };

  let known: ReturnType<typeof undisturbed> | undefined;
  const reference = () => (known ??= undisturbed());

  /** What is wrong with how a run ended; `healed` if nothing should have been noticed. */
  const objection = async ({ code, said }: Attempt, account: FreshAccount, healed: boolean) => {
    if (!isPromised({ code, said }) || clueless.test(said)) return `ended with ${code}:\n${said.slice(-900)}`;
    if (healed && code !== 0) return `did not get over it, and ended with ${code}:\n${said.slice(-900)}`;
    if (code !== 0) return undefined;
    const { end } = await reference();
    expect(await stateOf(moto.url, account)).toEqual(end);
    return undefined;
  };

  const survive = async (
    { heals, says = /^/, at }: Trial,
    operation: string,
  ): Promise<string | undefined> => {
    const [account, folder] = [await moto.freshAccount(), await temporaryFolder()];
    proxy.log.splice(0);
    proxy.disturb(at(operation));
    const first = await attempt(account, folder, unattended);
    const wrong = await objection(first, account, heals);
    if (wrong !== undefined) return wrong;
    if (first.code !== 0 && !says.test(first.said)) return `did not say why:\n${first.said.slice(-900)}`;
    // A read may be one that is not needed, or asked again; without a change there is no good end.
    if (!heals && !isRead(operation) && first.code === 0) return 'ended well, although it cannot have';
    proxy.disturb(() => undefined);
    const resumed = await attempt(account, folder, unattended);
    return objection(resumed, account, true);
  };

  const rounds = Object.entries(trials).map(([what, trial], round) => ({ what, trial, round }));
  it.each(rounds)(
    'get over, or say in words, $what',
    { timeout: 300_000 },
    async ({ what, trial, round }) => {
      const { operations } = await reference();
      const cases = sampleOf(operations, 5, round);
      const failures = await tryAll(`${what}, moto`, cases, (operation) => survive(trial, operation));
      expect(failures).toEqual([]);
    },
  );

  it.each([1, 2, 4])('come to the same end although %i reads after each change are old', async (reads) => {
    const [account, folder] = [await moto.freshAccount(), await temporaryFolder()];
    proxy.log.splice(0);
    proxy.disturb(faults.lagging(reads));
    const { code, said } = await attempt(account, folder, unattended);
    expect(code, said).toBe(0);
    expect(await stateOf(moto.url, account)).toEqual((await reference()).end);
  });
});
