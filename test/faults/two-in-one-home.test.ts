import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram, spawnProgram } from '../terminal/_support/program.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { tally } from './_support/tally.ts';

const patience = { timeout: 300_000 };
const setup = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];
const lockOf = (home: string) => join(home, 'practice', 'lock');

let [tried, survived] = [0, 0];
afterAll(() => tally('two runs with one home', tried, survived, 'two runs'));

const counted = async (work: () => Promise<void>): Promise<void> => {
  tried += 1;
  await work();
  survived += 1;
};

/** A run that waits at its first question. */
const waiting = async (home: string) => {
  const run = spawnProgram(['--practice', '--ui', 'lines', '--home', home]);
  for await (const line of createInterface(run.child.stdout)) {
    if (line.includes('Is this the account')) break;
  }
  return run;
};

describe('two runs with one home', () => {
  it('keep out of each other’s way: the second says so and ends, and looking is allowed', patience, () =>
    counted(async () => {
      const home = await temporaryFolder();
      const first = await waiting(home);
      const { code, stderr } = await runProgram(setup(home));
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^Another run of this program has been working on this account since .*Nothing was changed\.\n/,
      );
      expect((await runProgram(['verify', '--practice', '--home', home])).code).toBe(1);
      first.child.kill('SIGTERM');
      expect((await first.outcome).code).toBe(130);
      expect(existsSync(lockOf(home))).toBe(false);
      expect((await runProgram(setup(home))).code).toBe(0);
    }),
  );

  it.each(['SIGINT', 'SIGHUP', 'SIGTERM'] as const)('leave no lock behind after %s', patience, (signal) =>
    counted(async () => {
      const home = await temporaryFolder();
      const { child, outcome } = await waiting(home);
      expect(existsSync(lockOf(home))).toBe(true);
      child.kill(signal);
      await outcome;
      expect(existsSync(lockOf(home))).toBe(false);
    }),
  );

  it('go on after one that was killed', patience, () =>
    counted(async () => {
      const home = await temporaryFolder();
      const { child } = await waiting(home);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(existsSync(lockOf(home))).toBe(true);
      expect((await runProgram(setup(home))).code).toBe(0);
      expect(existsSync(lockOf(home))).toBe(false);
    }),
  );
});
