import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const frozen = fileURLToPath(new URL('./', import.meta.url));

/** How a run ended and what it wrote. `code` is null where a signal ended it. */
export type Ran = { code: number | null; stdout: string; stderr: string };

/** What a run finds around it. Without `input`, its standard input is closed at once. */
export type Surroundings = { env?: Readonly<Record<string, string>>; input?: string };

/** The program as it is built, and a place for all that its runs write. */
export type Program = {
  /** What the package names as its command. */
  entry: string;
  version: string;
  folder: () => Promise<string>;
  /** A copy of a home of 0.1.0; of an account alone, a home that has nothing else in it. */
  home: (name: string) => Promise<string>;
  start: (args: readonly string[], env?: Surroundings['env']) => { child: ChildProcess; ended: Promise<Ran> };
  run: (args: readonly string[], surroundings?: Surroundings) => Promise<Ran>;
  remove: () => Promise<void>;
};

/** The same name for the variables of the system that a program cannot do without. */
const inherited = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** Nothing of whoever runs the tests: no credentials, no proxy, no home. */
export const environment = (home: string, env: Surroundings['env'] = {}): Record<string, string> => ({
  ...Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  HOME: home,
  USERPROFILE: home,
  AWS_EC2_METADATA_DISABLED: 'true',
  ...env,
});

const outcomeOf = (child: ChildProcess): Promise<Ran> =>
  new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (data) => (stdout += String(data)));
    child.stderr?.on('data', (data) => (stderr += String(data)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });

type Manifest = { version: string; bin: Record<string, string> };

/** The program as it is shipped, which is built before the first test. */
export const openProgram = async (): Promise<Program> => {
  const place = await mkdtemp(path.join(tmpdir(), 'interfaces-'));
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
  const entry = path.join(root, manifest.bin['aws-first-steps'] ?? 'no command named aws-first-steps');
  const folder = () => mkdtemp(path.join(place, 'run-'));
  const nobody = await folder();
  const start: Program['start'] = (args, env) => {
    const child = spawn(process.execPath, [entry, ...args], { env: environment(nobody, env), cwd: nobody });
    // A program that wants no input may be gone before it was given any.
    child.stdin.on('error', () => undefined);
    return { child, ended: outcomeOf(child) };
  };
  return {
    entry,
    version: manifest.version,
    folder,
    home: async (name) => {
      const home = await folder();
      if (name === '') return home;
      const account = name.startsWith('accounts/');
      const to = account ? path.join(home, 'practice') : home;
      await mkdir(to, { recursive: true });
      await cp(path.join(frozen, '0.1.0', name), to, { recursive: true });
      return home;
    },
    start,
    run: (args, { env, input = '' } = {}) => {
      const { child, ended } = start(args, env);
      child.stdin?.end(input);
      return ended;
    },
    remove: () => rm(place, { recursive: true, force: true }),
  };
};

/** What is frozen in one of the files beside this one. */
export const frozenIn = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(path.join(frozen, name), 'utf8')) as T;

/** Does the same with each of many, a few at a time: every run is a process of its own. */
export const forEach = async <T, R>(
  many: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = [];
  const left = [...many.entries()];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all([worker(), worker(), worker()]);
  return results;
};
