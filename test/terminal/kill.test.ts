import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { essenceOf, readAccount, type PracticeFile } from './account.ts';
import { runProgram, spawnProgram } from './program.ts';

const toTheEnd = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];

/** Runs with a program in it that dies at the given moment; without one it says how many there are. */
const runMortally = (home: string, dieAt = 0) =>
  runProgram(toTheEnd(home), {
    env: { NODE_OPTIONS: `--import=${new URL('die-at.mjs', import.meta.url).href}`, DIE_AT: String(dieAt) },
  });

const undisturbed = async () => {
  const home = await temporaryFolder();
  const { code, stderr } = await runMortally(home);
  expect(code).toBe(0);
  return { account: await readAccount(home), moments: Number(/(\d+) moments\n$/.exec(stderr)?.[1]) };
};

/** Starts again where a run was killed, and says what is wrong with the end. */
const trouble = async (home: string, expected: PracticeFile): Promise<string | undefined> => {
  const { code, stderr } = await runProgram(toTheEnd(home));
  if (code !== 0) return `ended with ${code}:\n${stderr.slice(-600)}`;
  const account = await readAccount(home);
  expect(essenceOf(account)).toEqual(essenceOf(expected));
  const unassigned = account.devices.filter((device) => !device.owner);
  return unassigned.length > 0 ? `left ${unassigned.length} device behind` : undefined;
};

/** Makes the lock of a killed run look old, as it is to an owner who comes back later: nobody has to wait for it. */
const later = (home: string): Promise<void> =>
  utimes(path.join(home, 'practice', 'lock'), 0, 0).catch(() => undefined);

/** Tries all cases, a few at a time, and returns what went wrong with which. */
const tryAll = async (
  cases: readonly number[],
  atOnce: number,
  attempt: (one: number) => Promise<string | undefined>,
) => {
  const waiting = [...cases];
  const failures: string[] = [];
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const failure = await attempt(one).catch(String);
      if (failure !== undefined) failures.push(`${one}: ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return failures;
};

const report = (what: string, cases: readonly number[], failures: readonly string[]) =>
  process.stdout.write(`${cases.length - failures.length} of ${cases.length} ${what} survived\n`);

describe('a run that is killed', () => {
  it('goes on to the same end wherever in its writing it was killed', { timeout: 120_000 }, async () => {
    const { account, moments } = await undisturbed();
    expect(moments).toBeGreaterThan(100);
    // All of them take minutes; every seventh comes by each kind of moment in one call or another.
    const stride = 7;
    const cases = Array.from({ length: Math.ceil(moments / stride) }, (_, index) => 1 + index * stride);
    const failures = await tryAll(cases, 2, async (moment) => {
      const home = await temporaryFolder();
      const { code } = await runMortally(home, moment);
      if (code !== null) return `was not killed, and ended with ${code}`;
      await later(home);
      return trouble(home, account);
    });
    report('kills while writing', cases, failures);
    expect(failures).toEqual([]);
  });

  it('is waited for by the next run, which goes on to the same end', { timeout: 60_000 }, async () => {
    const { account } = await undisturbed();
    const cases = [3, 20, 40, 55, 60, 75, 90, 105, 120, 130];
    const failures = await tryAll(cases, 5, async (line) => {
      const home = await temporaryFolder();
      const { child, outcome } = spawnProgram(toTheEnd(home));
      let said = 0;
      createInterface(child.stderr).on('line', () => ++said === line && child.kill('SIGKILL'));
      if ((await outcome).code !== null) return 'was over before it was killed';
      return trouble(home, account);
    });
    report('kills while talking', cases, failures);
    expect(failures).toEqual([]);
  });
});
