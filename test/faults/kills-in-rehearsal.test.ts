import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Outcome } from '../terminal/program.ts';
import { clueless } from './attempt.ts';
import {
  lossIn,
  referenceRun,
  runWithMoments,
  troubleAfter,
  type Deed,
  type Reference,
} from './broken-off.ts';
import { sampleOf, tryAll } from './try-all.ts';

const patient = { timeout: 3_600_000 };

/** Strides that come by each kind of moment in one call or another. */
const primes = [1, 3, 5, 7, 11, 13, 17, 23, 29, 37, 47, 61, 79, 101];

let known: Promise<Reference> | undefined;

/** Made by the first test that asks for it. */
const reference = () => (known ??= referenceRun());

/** Breaks runs off at some or all of their moments, goes on where they stopped, and returns what went wrong. */
const tryMoments = async (
  what: string,
  [deed, most]: readonly [Deed, number],
  judge: (outcome: Outcome, home: string) => string | undefined,
) => {
  const expected = await reference();
  const all = Array.from({ length: expected.moments }, (_, index) => index + 1);
  const stride = primes.find((one) => all.length / one <= most) ?? all.length;
  // Each deed begins with another moment, so that the samples together come by more of them. At both ends are those at
  // which nobody is there yet, or any more, who could stop in an orderly way.
  const cases = [...new Set([...all.slice(0, 5), ...sampleOf(all, stride, most), ...all.slice(-2)])];
  const attempt = async (moment: number) => {
    const home = await temporaryFolder();
    const outcome = await runWithMoments(home, { MOMENT: String(moment), MOMENT_DOES: deed });
    return judge(outcome, home) ?? (await lossIn(home, expected)) ?? (await troubleAfter(home, expected));
  };
  return tryAll(what, cases, attempt, {
    atOnce: availableParallelism(),
    kind: deed.startsWith('SIG') ? 'kills' : 'faults',
  });
};

/** The very last moments are those of a run that has come to its end and gives back its lock. */
const hasEnded = (code: number | null, stderr: string) =>
  code === 0 && stderr.includes('Look again at any time');

const isLocked = (home: string) => existsSync(join(home, 'practice', 'lock'));

describe('a rehearsal', () => {
  it('has moments enough, and ends in the last state that it went through', async () => {
    const { moments, operations, states } = await reference();
    expect(moments).toBeGreaterThan(100);
    expect(operations.length).toBeGreaterThan(10);
    expect(states.at(-1)?.begun).toBe(operations.length);
  });

  it('goes on to the same end wherever it was killed', patient, async () => {
    const failures = await tryMoments('SIGKILL while writing, rehearsal', ['SIGKILL', 20], ({ code }) =>
      code === null ? undefined : `was not killed, and ended with ${code}`,
    );
    expect(failures).toEqual([]);
  });

  it.each([
    ['SIGINT', 6],
    ['SIGTERM', 5],
    ['SIGHUP', 4],
  ] as const)(
    'stops on %s wherever it is, says how to go on, and leaves no lock',
    patient,
    async (...deed) => {
      const failures = await tryMoments(
        `${deed[0]} while writing, rehearsal`,
        deed,
        ({ code, stderr }, home) => {
          if (isLocked(home)) return 'left its lock';
          if (clueless.test(stderr)) return `said:\n${stderr}`;
          if (hasEnded(code, stderr)) return undefined;
          return code === 130 && stderr.includes(`To go on: npx aws-first-steps --practice --home ${home}\n`)
            ? undefined
            : `ended with ${code}:\n${stderr.slice(-600)}`;
        },
      );
      expect(failures).toEqual([]);
    },
  );

  it.each([
    ['ENOSPC', 7],
    ['EIO', 4],
  ] as const)(
    'says so when the disk fails with %s, and goes on when it works again',
    patient,
    async (...deed) => {
      const failures = await tryMoments(`${deed[0]} from then on, rehearsal`, deed, ({ code, stderr }) => {
        if (clueless.test(stderr)) return `said:\n${stderr}`;
        if (hasEnded(code, stderr)) return undefined;
        return code !== null && code !== 0 && /disk|cannot be|not be written/.test(stderr)
          ? undefined
          : `ended with ${code}:\n${stderr.slice(-600)}`;
      });
      expect(failures).toEqual([]);
    },
  );
});
