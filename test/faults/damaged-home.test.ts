import { execFile, execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { entry, runProgram, type Outcome } from '../terminal/_support/program.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { leakIn, leakInRehearsal, secretsOfRehearsal } from './_support/leaks.ts';
import { tallySearches } from './_support/secret-search.ts';
import { sampleOf, tryAll } from './_support/try-all.ts';

afterAll(() => tallySearches('texts searched for secrets, of damaged homes'));

const patience = { timeout: 300_000 };
const setup = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];
const bug = 'This is a mistake in aws-first-steps';

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
    expect(said).toMatch(/the file is too large for this disk|EFBIG|cannot be written/);
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
