import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { runWarm, type WarmRun } from '../../_support/warm-program.ts';
import { Terminal, type TerminalOptions } from './terminal.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The program as it is shipped. */
export const entry = path.join(root, 'bin', 'aws-first-steps.js');

/** Starts a command in a terminal that is closed when the test is over. */
export const startInTerminal = (
  command: string,
  args: readonly string[],
  options?: TerminalOptions,
): Terminal => {
  const terminal = Terminal.start(command, args, options);
  onTestFinished(() => terminal.close());
  return terminal;
};

/** Starts the program as it is shipped in a terminal. */
export const startProgram = (args: readonly string[], options?: TerminalOptions): Terminal =>
  startInTerminal(process.execPath, [entry, ...args], options);

/** Starts a rehearsal that keeps everything in `home`. */
export const startPractice = (
  home: string,
  args: readonly string[] = [],
  options?: TerminalOptions,
): Terminal => startProgram(['--practice', '--home', home, ...args], options);

/** What is left of a run without a terminal. `code` is null where a signal ended it. */
export type Outcome = { code: number | null; stdout: string; stderr: string };

/** What a run without a terminal finds around it. Without `input`, its standard input is closed at once. */
export type Surroundings = { input?: string; env?: Readonly<Record<string, string>> };

/** Starts the program as it is shipped without a terminal: all three streams are pipes. */
export const spawnProgram = (args: readonly string[], env: Surroundings['env'] = {}) => {
  const { PATH, HOME, SystemRoot, TEMP, TMP } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH, HOME, SystemRoot, TEMP, TMP, ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (stderr += String(data)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, outcome };
};

/** Runs the program as it is shipped without a terminal, to its end. */
export const runProgram = (
  args: readonly string[],
  { input = '', env }: Surroundings = {},
): Promise<Outcome> => {
  const { child, outcome } = spawnProgram(args, env);
  // A program that wants no input may be gone before it was given any.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return outcome;
};

/** What is in all files in and below `folder`, by their path in it. */
export const filesIn = async (folder: string): Promise<Record<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  const texts = files.map(
    async (file) => [path.relative(folder, file), await readFile(file, 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
};

/** Goes on in a home to the end, every default taken, as a run does after one that was left. */
export const goOnToTheEnd = (home: string, args: readonly string[] = []): Promise<WarmRun> =>
  runWarm(['--practice', '--answers', 'defaults', '--home', home, ...args]);

/** The status of every step, by its id, as `verify` tells it of a rehearsal. */
export const statusesIn = async (home: string): Promise<Record<string, string>> => {
  const { stdout } = await runWarm(['verify', '--practice', '--home', home, '--format', 'json']);
  const { steps } = JSON.parse(stdout) as { steps: readonly { id: string; status: string }[] };
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
};

/** Where everything is done, every default taken. */
export const everythingDone = {
  'root-mfa': 'met',
  'root-access-keys': 'met',
  'admin-user': 'met',
  'billing-access': 'attested',
  groups: 'attested',
  'password-policy': 'met',
  'billing-alarm': 'met',
  budget: 'attested',
};

const prepared = new Map<string, Promise<string>>();

const prepare = async (stepIds: readonly string[]): Promise<string> => {
  const home = await mkdtemp(path.join(tmpdir(), 'aws-first-steps-prepared-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const args = ['--practice', '--answers', 'defaults', '--home', home, '--only', stepIds.join(',')];
  const { code, stderr } = await runWarm(args);
  if (code !== 0) throw new Error(`The steps ${stepIds.join(', ')} could not be prepared:\n${stderr}`);
  return home;
};

/** A home in which these steps of a rehearsal are done, so that a test can begin behind them. */
export const homeWith = async (home: string, stepIds: readonly string[]): Promise<string> => {
  if (stepIds.length === 0) return home;
  const key = stepIds.join(',');
  const source = prepared.get(key) ?? prepare(stepIds);
  prepared.set(key, source);
  await cp(await source, home, { recursive: true });
  return home;
};
