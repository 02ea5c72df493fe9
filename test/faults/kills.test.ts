import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/account.ts';
import { readJournal } from '../../src/journal.ts';
import { motoIsInstalled } from '../counterparts/install-moto.ts';
import type { FreshAccount, Moto } from '../counterparts/moto.ts';
import { clueless } from './attempt.ts';
import { seatAt, type Seat } from './child.ts';
import { startCounterpart } from './counterpart.ts';
import { startProxy, type Disturbance, type Exchange, type FaultProxy } from './proxy.ts';
import { stateOf } from './read-back.ts';
import { sampleOf, tryAll } from './try-all.ts';

const patient = { timeout: 600_000 };

/** `act` has the nth changing call, counted over all operations. */
const atChange = (nth: number, act: (exchange: Exchange) => Promise<void>): Disturbance => {
  let seen = 0;
  return ({ operation }) => (!isRead(operation) && (seen += 1) === nth ? act : undefined);
};

const changesIn = ({ log }: FaultProxy) => log.filter(({ operation }) => !isRead(operation));

describe.skipIf(!motoIsInstalled())('the program as it is shipped', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  type Scene = { account: FreshAccount; proxy: FaultProxy; seat: Seat };

  const within = async <T>(play: (scene: Scene) => Promise<T>): Promise<T> => {
    const [account, proxy] = [await moto.freshAccount(), await startProxy(moto.url)];
    try {
      return await play({ account, proxy, seat: await seatAt(proxy.url, account) });
    } finally {
      await proxy.stop();
    }
  };

  const undisturbed = () =>
    within(async ({ account, proxy, seat }) => {
      const { code, stderr } = await seat.run();
      expect(code, stderr).toBe(0);
      const changes = changesIn(proxy).map(({ operation }) => operation);
      return { changes, end: await stateOf(moto.url, account) };
    });

  let known: ReturnType<typeof undisturbed> | undefined;

  /** The changing calls of a run that nothing happens to, and the account that it leaves. */
  const reference = () => (known ??= undisturbed());

  /** Starts again where a run was broken off, and says what is wrong with the end. */
  const troubleAfter = async ({ account, proxy, seat }: Scene): Promise<string | undefined> => {
    proxy.disturb(() => undefined);
    const { code, stderr } = await seat.run();
    if (code !== 0) return `ended with ${code}:\n${stderr.slice(-600)}`;
    expect(await stateOf(moto.url, account)).toEqual((await reference()).end);
    const before = changesIn(proxy).length;
    const again = await seat.run();
    if (again.code !== 0 || changesIn(proxy).length > before)
      return `did more the next time:\n${again.stderr}`;
    return clueless.test(stderr) ? `said what it should not:\n${stderr}` : undefined;
  };

  /** Tries it at some or all of the changing calls of a run. */
  const tryAt = async (
    what: string,
    { stride, atOnce }: { stride: number; atOnce: number },
    play: (scene: Scene, nth: number) => Promise<string | undefined>,
  ) => {
    const { changes } = await reference();
    const positions = changes.map((_, index) => index + 1);
    const name = (nth: number) => `${nth} (${changes[nth - 1]})`;
    const attempt = (nth: number) => within((scene) => play(scene, nth));
    return tryAll(what, sampleOf(positions, stride), attempt, { atOnce, name });
  };

  // Most of the time is spent waiting until the lock of the killed run is old enough, so many fit side by side.
  const killing = { stride: 2, atOnce: 6 };

  it.each(['before', 'after'] as const)(
    'is killed %s a change and comes to the same end',
    patient,
    async (when) => {
      const failures = await tryAt(`SIGKILL ${when} a change, moto`, killing, async (scene, nth) => {
        const { child, outcome } = scene.seat.start();
        scene.proxy.disturb(
          atChange(nth, async ({ forward, breakOff }) => {
            if (when === 'after') await forward();
            child.kill('SIGKILL');
            await outcome;
            breakOff();
          }),
        );
        const { code } = await outcome;
        return code === null ? troubleAfter(scene) : `was not killed, and ended with ${code}`;
      });
      expect(failures).toEqual([]);
    },
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'finishes its call on %s, and stops',
    patient,
    async (signal) => {
      const failures = await tryAt(
        `${signal} during a change, moto`,
        { stride: 5, atOnce: 3 },
        async (scene, nth) => {
          const { child, outcome } = scene.seat.start();
          scene.proxy.disturb(
            atChange(nth, async ({ forward, reply }) => {
              child.kill(signal);
              reply(await forward());
            }),
          );
          const { code, stderr } = await outcome;
          if (code !== 130 || clueless.test(stderr)) return `ended with ${code}:\n${stderr.slice(-600)}`;
          const made = changesIn(scene.proxy);
          const journal = await readJournal(join(scene.seat.home, scene.account.accountId));
          expect(made).toHaveLength(nth);
          expect(made.at(-1)).toMatchObject({ status: 200 });
          expect(journal.filter(({ phase }) => phase === 'done')).toHaveLength(nth);
          return troubleAfter(scene);
        },
      );
      expect(failures).toEqual([]);
    },
  );
});
