import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { entry, runProgram, spawnProgram, type Outcome } from '../terminal/program.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { leakIn, leakInRehearsal, secretsOfRehearsal } from './leaks.ts';
import { tallySearches } from './secret-search.ts';
import { sampleOf, tryAll } from './try-all.ts';

afterAll(() => tallySearches('texts searched for secrets, of damaged homes'));

const patience = { timeout: 300_000 };
const setup = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];
const bug = 'This is a mistake in aws-first-steps';
const lockOf = (home: string) => join(home, 'practice', 'lock');

const names = ['progress.json', 'journal.jsonl', 'account.json'];

const damages: readonly [string, (path: string) => Promise<unknown> | void][] = [
  ['empty', (path) => writeFile(path, '')],
  ['cut off', (path) => truncate(path, 200)],
  ['of another kind', (path) => writeFile(path, '{"version":1,"steps":7}')],
  ['not text', (path) => writeFile(path, Buffer.alloc(4096, 0xff))],
  ['a folder', (path) => rm(path).then(() => mkdir(path))],
  ['a link to a full disk', (path) => rm(path).then(() => symlink('/dev/full', path))],
  ['a pipe', (path) => rm(path).then(() => void execFileSync('mkfifo', [path]))],
];

it('says what is wrong with a damaged file, and goes on or stops, but never breaks', patience, async () => {
  const cases = names.flatMap((name) => damages.map((damage) => [name, ...damage] as const));
  const attempt = async ([name, , damage]: (typeof cases)[number]) => {
    const home = await temporaryFolder();
    expect((await runProgram([...setup(home), '--only', 'root-mfa,admin-user'])).code).toBe(0);
    const before = await secretsOfRehearsal(home);
    await damage(join(home, 'practice', name));
    const outcomes: Outcome[] = [];
    for (const args of [['verify', '--practice', '--home', home], setup(home)]) {
      const outcome = await runProgram(args);
      const { code, stderr } = outcome;
      expect(stderr).not.toContain(bug);
      expect([0, 1, 2]).toContain(code);
      outcomes.push(outcome);
    }
    const leak = await leakInRehearsal(home, outcomes, before);
    if (leak !== undefined) return leak;
    if (name === 'journal.jsonl') return undefined;
    const kept = await readdir(join(home, 'practice'));
    expect(kept.filter((one) => one.startsWith(`${name}.damaged-`))).toHaveLength(1);
    return undefined;
  };
  const failures = await tryAll('the program, damaged files', sampleOf(cases, 4), attempt, {
    atOnce: 2,
    kind: 'inputs',
    name: ([name, what]) => `${name} ${what}`,
  });
  expect(failures).toEqual([]);
});

/** Runs with files that may have so many blocks of 1 KiB at most, and returns what was said. */
const limited = async (blocks: number, args: readonly string[]): Promise<string> => {
  // Without a listener the signal would end the program before it hears of the full disk.
  const listening = `--import=data:text/javascript,process.on('SIGXFSZ',()=>{})`;
  const limiting = ['-c', `ulimit -f ${blocks}; exec "$@"`, '-', process.execPath, entry, ...args];
  const env = { ...process.env, NODE_OPTIONS: listening };
  return promisify(execFile)('bash', limiting, { env }).then(
    ({ stderr }) => stderr,
    (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)),
  );
};

it('says that files may not be that large, whenever they have become so', patience, async () => {
  const limits = [0, 1, 2, 4, 8];
  const attempt = async (blocks: number) => {
    const home = await temporaryFolder();
    const said = await limited(blocks, setup(home));
    expect(said).not.toContain(bug);
    expect(said).toMatch(/files may not be that large|EFBIG|cannot be written/);
    const texts = [{ where: 'what was said', text: said }];
    const leak = await leakIn(await secretsOfRehearsal(home), home, texts);
    if (leak !== undefined) return leak;
    const { code, stderr } = await runProgram(setup(home));
    return code === 0 ? undefined : stderr;
  };
  const failures = await tryAll('the program, files at their limit', sampleOf(limits, 2), attempt, {
    atOnce: 2,
  });
  expect(failures).toEqual([]);
});

describe('two runs with one home', () => {
  /** A run that waits at its first question. */
  const waiting = async (home: string) => {
    const run = spawnProgram(['--practice', '--ui', 'lines', '--home', home]);
    for await (const line of createInterface(run.child.stdout)) {
      if (line.includes('Is this the account')) break;
    }
    return run;
  };

  it(
    'keep out of each other’s way: the second says so and ends, and looking is allowed',
    patience,
    async () => {
      const home = await temporaryFolder();
      const first = await waiting(home);
      const { code, stderr } = await runProgram(setup(home));
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^Another run of this program is at work in this account since .*nothing was changed\.\n/,
      );
      expect((await runProgram(['verify', '--practice', '--home', home])).code).toBe(1);
      first.child.kill('SIGTERM');
      expect((await first.outcome).code).toBe(130);
      expect(existsSync(lockOf(home))).toBe(false);
      expect((await runProgram(setup(home))).code).toBe(0);
    },
  );

  it.each(['SIGINT', 'SIGHUP', 'SIGTERM'] as const)(
    'leave no lock behind after %s',
    patience,
    async (signal) => {
      const home = await temporaryFolder();
      const { child, outcome } = await waiting(home);
      expect(existsSync(lockOf(home))).toBe(true);
      child.kill(signal);
      await outcome;
      expect(existsSync(lockOf(home))).toBe(false);
    },
  );

  it('go on after one that was killed', patience, async () => {
    const home = await temporaryFolder();
    const { child } = await waiting(home);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(lockOf(home))).toBe(true);
    expect((await runProgram(setup(home))).code).toBe(0);
    expect(existsSync(lockOf(home))).toBe(false);
  });
});
