import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../terminal/_support/program.ts';
import { clueless } from './_support/attempt.ts';
import {
  freshPlace,
  lossIn,
  referenceRun,
  runWithMoments,
  troubleAfter,
  type Deed,
  type Reference,
} from './_support/broken-off.ts';
import { tallySearches } from './_support/secret-search.ts';
import { failuresOf, sampleOf, tryAll } from './_support/try-all.ts';

afterAll(() => tallySearches('texts searched for secrets, of rehearsals broken off'));

const patient = { timeout: 3_600_000 };

/** Strides that come by each kind of moment in one call or another. */
const primes = [1, 3, 5, 7, 11, 13, 17, 23, 29, 37, 47, 61, 79, 101];

let known: Promise<Reference> | undefined;

/** Made by the first test that asks for it. */
const reference = () => (known ??= referenceRun());

const numbers = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

type Judge = (outcome: Outcome, home: string) => string | undefined;

/** Breaks a run off at a moment, goes on where it stopped, and says what went wrong. */
const breakingOff =
  (deed: Deed, judge: Judge, expected: Reference) =>
  async (moment: number): Promise<string | undefined> => {
    const place = await freshPlace();
    const outcome = await runWithMoments(place, { MOMENT: String(moment), MOMENT_DOES: deed });
    return (
      judge(outcome, place.home) ??
      (await lossIn(place, expected)) ??
      (await troubleAfter(place, outcome, expected))
    );
  };

const atOnce = availableParallelism();

/** Breaks runs off at some or all of their moments, those left out that come after `last`, and returns what went wrong. */
const tryMoments = async (
  what: string,
  [deed, most]: readonly [Deed, number],
  last: (expected: Reference) => number,
  judge: Judge,
) => {
  const expected = await reference();
  const all = numbers(1, last(expected));
  const stride = primes.find((one) => all.length / one <= most) ?? all.length;
  // Each deed begins with another moment, so that the samples together come by more of them. At the beginning are those
  // at which nobody is there yet who could stop in an orderly way; the last one is the last that must be heard.
  const cases = [...new Set([...all.slice(0, 5), ...sampleOf(all, stride, most), ...all.slice(-1)])];
  const kind = deed.startsWith('SIG') ? 'kills' : 'faults';
  return tryAll(what, cases, breakingOff(deed, judge, expected), { atOnce, kind });
};

/** The same at moments from which on a run may come to its end all the same, so that surviving them proves little. */
const tryLate = async (
  deed: Deed,
  first: (expected: Reference) => number,
  judge: Judge,
): Promise<readonly string[]> => {
  const expected = await reference();
  const late = numbers(first(expected), expected.moments);
  expect(late.length).toBeGreaterThan(1);
  expect(late.length).toBeLessThan(30);
  const cases = [...new Set([...sampleOf(late, 13), ...late.slice(-1)])];
  return failuresOf(cases, breakingOff(deed, judge, expected), { atOnce });
};

const hasEnded = ({ code, stdout }: Outcome) =>
  code === 0 && stdout.startsWith('Your practice account is set up.');

const isLocked = (home: string) => existsSync(join(home, 'practice', 'lock'));

const stopped: Judge = ({ code, stderr }, home) => {
  if (isLocked(home)) return 'left its lock';
  if (clueless.test(stderr)) return `said:\n${stderr}`;
  return code === 130 && stderr.includes(`To go on: npx aws-first-steps --practice --home ${home}\n`)
    ? undefined
    : `ended with ${code}:\n${stderr.slice(-600)}`;
};

const saysWhy: Judge = ({ code, stderr }) => {
  if (clueless.test(stderr)) return `said:\n${stderr}`;
  return code !== null && code !== 0 && /disk|cannot be|not be written/.test(stderr)
    ? undefined
    : `ended with ${code}:\n${stderr.slice(-600)}`;
};

describe('a rehearsal', () => {
  it('has moments enough, and ends in the last state that it went through', async () => {
    const { moments, operations, states, secrets } = await reference();
    expect(moments).toBeGreaterThan(100);
    expect(operations.length).toBeGreaterThan(10);
    expect(states.at(-1)?.begun).toBe(operations.length);
    // Two seeds and a password at least, of which none may be told.
    expect(secrets.whole.length).toBeGreaterThan(2);
    expect(secrets.words.length).toBeGreaterThan(0);
  });

  it('goes on to the same end wherever it was killed', patient, async () => {
    const failures = await tryMoments(
      'SIGKILL while writing, rehearsal',
      ['SIGKILL', 20],
      ({ moments }) => moments - 1,
      ({ code }) => (code === null ? undefined : `was not killed, and ended with ${code}`),
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
      const what = `${deed[0]} while writing, rehearsal`;
      expect(await tryMoments(what, deed, ({ changed }) => changed, stopped)).toEqual([]);
    },
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops on %s or comes to its end when all is done but to write it down',
    patient,
    async (signal) => {
      const judge: Judge = (outcome, home) =>
        hasEnded(outcome) && !isLocked(home) ? undefined : stopped(outcome, home);
      expect(await tryLate(signal, ({ changed }) => changed + 1, judge)).toEqual([]);
    },
  );

  it.each([
    ['ENOSPC', 7],
    ['EIO', 4],
  ] as const)(
    'says so when the disk fails with %s, and goes on when it works again',
    patient,
    async (...deed) => {
      const what = `${deed[0]} from then on, rehearsal`;
      expect(await tryMoments(what, deed, ({ written }) => written - 1, saysWhy)).toEqual([]);
    },
  );

  it('comes to its end when the disk fails with nothing left to write', patient, async () => {
    const judge: Judge = (outcome) =>
      hasEnded(outcome) ? undefined : `ended with ${outcome.code}:\n${outcome.stderr.slice(-600)}`;
    expect(await tryLate('ENOSPC', ({ written }) => written, judge)).toEqual([]);
  });
});
