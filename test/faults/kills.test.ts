import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import type { Moto } from '../counterparts/_support/moto.ts';
import type { Outcome } from '../terminal/_support/program.ts';
import { clueless } from './_support/attempt.ts';
import { startCounterpart } from './_support/counterpart.ts';
import {
  atChange,
  changesIn,
  journalOf,
  troubleAfter,
  undisturbed,
  unwrittenIn,
  within,
  type Scene,
} from './_support/moto-scene.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

const patient = { timeout: 1_800_000 };

const isLocked = ({ seat, account }: Scene) => existsSync(join(seat.home, account.accountId, 'lock'));

const badStop = async (scene: Scene, { code, stderr }: Outcome): Promise<string | undefined> => {
  if (isLocked(scene)) return 'left its lock';
  if (code !== 130 || clueless.test(stderr) || !stderr.includes('To go on: npx aws-first-steps'))
    return `ended with ${code}:\n${stderr.slice(-600)}`;
  const made = changesIn(scene);
  if (made.some(({ status }) => status !== 200)) return 'did not wait for the answer to its call';
  const done = (await journalOf(scene)).filter(({ phase }) => phase === 'done').length;
  return done === made.length ? undefined : `${done} of ${made.length} changes are done in the journal`;
};

describe.skipIf(!motoIsInstalled())('the program as it is shipped', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  let known: ReturnType<typeof undisturbed> | undefined;
  const reference = () => (known ??= undisturbed(moto));

  /** Tries it at some or all of the changing calls of a run. */
  const tryAt = async (
    what: string,
    [stride, round]: readonly [number, number],
    play: (scene: Scene, nth: number) => Promise<string | undefined>,
  ) => {
    const expected = await reference();
    const positions = expected.changes.map((_, index) => index + 1);
    const name = (nth: number) => `${nth} (${expected.changes[nth - 1]})`;
    const attempt = (nth: number) =>
      within(
        moto,
        async (scene) =>
          (await play(scene, nth)) ?? (await unwrittenIn(scene)) ?? troubleAfter(scene, expected),
      );
    return tryAll(what, sampleOf(positions, stride, round), attempt, { atOnce: 3, name, kind: 'kills' });
  };

  it.each([
    ['before', 0],
    ['after', 4],
  ] as const)('is killed %s a change and comes to the same end', patient, async (when, round) => {
    const failures = await tryAt(`SIGKILL ${when} a change, moto`, [7, round], async (scene, nth) => {
      const { child, outcome } = scene.seat.start();
      scene.proxy.disturb(
        atChange(nth, async (exchange) => {
          if (when === 'after') await exchange.forward();
          child.kill('SIGKILL');
          await outcome;
          exchange.breakOff();
        }),
      );
      const { code } = await outcome;
      return code === null ? undefined : `was not killed, and ended with ${code}`;
    });
    expect(failures).toEqual([]);
  });

  it.each([
    ['SIGINT', 'before', 0],
    ['SIGINT', 'after', 10],
    ['SIGTERM', 'before', 4],
    ['SIGTERM', 'after', 14],
    ['SIGHUP', 'before', 8],
    ['SIGHUP', 'after', 17],
  ] as const)('finishes its call and stops on %s %s it', patient, async (signal, when, round) => {
    const failures = await tryAt(`${signal} ${when} a change, moto`, [20, round], async (scene, nth) => {
      const { child, outcome } = scene.seat.start();
      scene.proxy.disturb(
        atChange(nth, async (exchange) => {
          if (when === 'before') child.kill(signal);
          exchange.reply(await exchange.forward());
          if (when === 'after') child.kill(signal);
        }),
      );
      return badStop(scene, await outcome);
    });
    expect(failures).toEqual([]);
  });
});
