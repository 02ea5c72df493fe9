import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { runProgram, spawnProgram } from '../terminal/program.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { survey } from './survey.ts';

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
  await survey('the program, damaged files', cases, async ([name, , damage]) => {
    const home = await temporaryFolder();
    expect((await runProgram([...setup(home), '--only', 'root-mfa,admin-user'])).code).toBe(0);
    await damage(join(home, 'practice', name));
    for (const args of [['verify', '--practice', '--home', home], setup(home)]) {
      const { code, stderr } = await runProgram(args);
      expect(stderr).not.toContain(bug);
      expect([0, 1, 2]).toContain(code);
    }
    if (name === 'journal.jsonl') return;
    const kept = await readdir(join(home, 'practice'));
    expect(kept.filter((one) => one.startsWith(`${name}.damaged-`))).toHaveLength(1);
  });
});

it('says that the disk is full, whenever it fills up', patience, async () => {
  const limits = [0, 1, 2, 4, 8];
  await survey('the program, full disk', limits, async (blocks) => {
    const home = await temporaryFolder();
    // Without a listener the signal would end the program before it hears of the full disk.
    const listening = `--import=data:text/javascript,process.on('SIGXFSZ',()=>{})`;
    const limited = ['-c', `ulimit -f ${blocks}; exec "$@"`, '-', process.execPath, 'bin/aws-first-steps.js'];
    let said = '';
    try {
      execFileSync('bash', [...limited, ...setup(home)], {
        env: { ...process.env, NODE_OPTIONS: listening },
        stdio: 'pipe',
      });
    } catch (error) {
      said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    }
    expect(said).not.toContain(bug);
    expect(said).toMatch(/files may not be that large|EFBIG|cannot be written/);
    expect((await runProgram(setup(home))).code).toBe(0);
  });
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
