import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRead } from '../../src/aws/operation-name.ts';
import { readJournal } from '../../src/state/journal.ts';
import { motoIsInstalled } from '../counterparts/_support/install-moto.ts';
import type { Moto } from '../counterparts/_support/moto.ts';
import { essenceOf, readAccount } from '../terminal/_support/account.ts';
import { runProgram, type Outcome } from '../terminal/_support/program.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { clueless } from './_support/attempt.ts';
import { seatAt } from './_support/child.ts';
import { startCounterpart } from './_support/counterpart.ts';
import { leakInRehearsal } from './_support/leaks.ts';
import { changesIn, endOf, undisturbed, usualEnd, within, type Scene } from './_support/moto-scene.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

const patient = { timeout: 1_800_000 };

const elseAtWork = /^Another run of this program has been working on this account.*Nothing was changed\.\n/;

const inWords = ({ code, stderr }: Outcome) => `ended with ${code}:\n${stderr.slice(-600)}`;

/** What is wrong with how two runs ended, of which at least one must have come to its end. */
const badEnds = (outcomes: readonly Outcome[], mayGiveWay: boolean, right = 0): string | undefined => {
  const bad = outcomes.filter(
    ({ code, stderr }) =>
      clueless.test(stderr) || (code !== right && !(mayGiveWay && code === 2 && elseAtWork.test(stderr))),
  );
  if (bad.length > 0) return bad.map(inWords).join('\n---\n');
  return outcomes.some(({ code }) => code === right) ? undefined : 'both gave way';
};

describe('two runs of one rehearsal', () => {
  const setup = (home: string) => runProgram(['--practice', '--answers', 'defaults', '--home', home]);

  it('that start at once: one says that the other is at work, or both end right', patient, async () => {
    const alone = await temporaryFolder();
    expect((await setup(alone)).code).toBe(0);
    const expected = essenceOf(await readAccount(alone));
    const cases = sampleOf(
      Array.from({ length: 24 }, (_, index) => index * 15),
      6,
    );
    const attempt = async (later: number) => {
      const home = await temporaryFolder();
      const first = setup(home);
      await new Promise((resolve) => setTimeout(resolve, later));
      const outcomes = await Promise.all([first, setup(home)]);
      const bad = badEnds(outcomes, true) ?? (await leakInRehearsal(home, outcomes));
      if (bad !== undefined) return bad;
      return isDeepStrictEqual(essenceOf(await readAccount(home)), expected)
        ? undefined
        : 'the account is another one';
    };
    const failures = await tryAll('two runs of one rehearsal at once', cases, attempt, { kind: 'two runs' });
    expect(failures).toEqual([]);
  });

  it(
    'that are three work one after the other, or say so: no call is in the journal twice',
    patient,
    async () => {
      const alone = await temporaryFolder();
      expect((await setup(alone)).code).toBe(0);
      const numbersIn = async (home: string): Promise<readonly number[]> =>
        (await readJournal(path.join(home, 'practice')))
          .filter(({ phase }) => phase === 'begin')
          .map(({ call }) => call);
      const expected = await numbersIn(alone);
      const attempt = async (later: number) => {
        const home = await temporaryFolder();
        const outcomes = await Promise.all(
          [0, later, 2 * later].map(async (delay) => {
            await new Promise((resolve) => setTimeout(resolve, delay));
            return setup(home);
          }),
        );
        const bad = badEnds(outcomes, true) ?? (await leakInRehearsal(home, outcomes));
        if (bad !== undefined) return bad;
        return isDeepStrictEqual(await numbersIn(home), expected) ? undefined : 'a change was made twice';
      };
      const cases = sampleOf([0, 10, 50, 100, 200, 400], 3);
      const failures = await tryAll('three runs of one rehearsal at once', cases, attempt, {
        kind: 'two runs',
      });
      expect(failures).toEqual([]);
    },
  );
});

describe.skipIf(!motoIsInstalled())('two runs in one account', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startCounterpart();
  });
  afterAll(() => moto.stop());

  let known: ReturnType<typeof undisturbed> | undefined;
  const reference = () => (known ??= undisturbed(moto));

  /** Holds the nth change of one run until another run, from a home of its own or the same, has begun to change things or is over. */
  const both = async (scene: Scene, nth: number, sameHome: boolean): Promise<readonly Outcome[]> => {
    const { proxy, account, seat } = scene;
    const other = sameHome ? seat : await seatAt(proxy.url, account);
    let second: Promise<Outcome> | undefined;
    let goOn = () => {};
    let changes = 0;
    proxy.disturb(({ operation }) => {
      if (isRead(operation)) return undefined;
      changes += 1;
      if (changes === nth + 1) goOn();
      if (changes !== nth) return undefined;
      return async (exchange) => {
        const begun = new Promise<void>((resolve) => {
          goOn = resolve;
        });
        second = other.run();
        await Promise.race([begun, second]);
        exchange.reply(await exchange.forward());
      };
    });
    const first = await seat.run();
    return second ? [first, await second] : [first];
  };

  it.each([
    ['from one home: the second says so and stops', true, 13],
    ['from two homes: both end right, and nothing is there twice', false, 4],
  ] as const)('%s', patient, async (what, sameHome, stride) => {
    const expected = await reference();
    const positions = sampleOf(
      expected.changes.map((_, index) => index + 1),
      stride,
    );
    const attempt = (nth: number) =>
      within(moto, async (scene) => {
        const outcomes = await both(scene, nth, sameHome);
        if (outcomes.length < 2) return 'the second run never began';
        const bad = badEnds(outcomes, sameHome, usualEnd);
        if (bad !== undefined) return bad;
        if (sameHome && outcomes[1]?.code !== 2) return 'the second did not give way';
        if (!isDeepStrictEqual(await endOf(scene), expected.end)) return 'the account is another one';
        const before = changesIn(scene).length;
        const again = await scene.seat.run();
        return again.code === usualEnd && changesIn(scene).length === before ? undefined : inWords(again);
      });
    const name = `two runs ${what.split(':')[0]}, moto`;
    const failures = await tryAll(name, positions, attempt, { kind: 'two runs' });
    expect(failures).toEqual([]);
  });
});
