import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { essenceOf, readAccount, type PracticeFile } from '../terminal/account.ts';
import { runProgram } from '../terminal/program.ts';
import { readJournal } from '../../src/journal.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { clueless } from './attempt.ts';

/** What happens to a run at one of its moments: a signal that ends it or asks it to end, or an error of the disk. */
export type Deed = 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'ENOSPC' | 'EIO';

const toTheEnd = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];

const folderOf = (home: string) => join(home, 'practice');

/** Runs a whole rehearsal with moments.mjs in it. */
export const runWithMoments = (home: string, env: Readonly<Record<string, string>> = {}) =>
  runProgram(toTheEnd(home), {
    env: { ...env, NODE_OPTIONS: `--import=${new URL('moments.mjs', import.meta.url).href}` },
  });

const statusesIn = async (home: string): Promise<readonly unknown[]> => {
  const { steps } = JSON.parse(await readFile(join(folderOf(home), 'progress.json'), 'utf8')) as {
    steps: Record<string, { status?: string; begun?: boolean }>;
  };
  return Object.entries(steps).map(([id, { status, begun }]) => [id, status, begun]);
};

const begunIn = async (home: string): Promise<readonly string[]> =>
  (await readJournal(folderOf(home))).flatMap((line) => (line.phase === 'begin' ? [line.operation] : []));

/** A run that nothing happens to: how many moments it has, what it leaves, and what the account was on the way there. */
export type Reference = {
  moments: number;
  account: PracticeFile;
  statuses: readonly unknown[];
  operations: readonly string[];
  /** After each change of the account: what it was, and how many changes the journal had by then. */
  states: readonly { essence: unknown; begun: number }[];
};

/** Lets a run come to its end undisturbed. */
export const referenceRun = async (): Promise<Reference> => {
  const home = await temporaryFolder();
  const trace = join(home, 'trace');
  const { code, stderr } = await runWithMoments(home, { MOMENT_TRACE: trace });
  if (code !== 0) throw new Error(`ended with ${code}:\n${stderr}`);
  const lines = (await readFile(trace, 'utf8')).trim().split('\n');
  return {
    moments: Number(/(\d+) moments\n$/.exec(stderr)?.[1]),
    account: await readAccount(home),
    statuses: await statusesIn(home),
    operations: await begunIn(home),
    states: lines.map((line) => {
      const { account, begun } = JSON.parse(line) as { account: PracticeFile; begun: number };
      return { essence: essenceOf(account), begun };
    }),
  };
};

const accountIn = (home: string) => readAccount(home).catch(() => undefined);

/** What is wrong with what a broken-off run left: a change without its line in the journal, or an account of no sense. */
export const lossIn = async (home: string, { states }: Reference): Promise<string | undefined> => {
  const account = await accountIn(home);
  if (account === undefined) return undefined;
  const essence = essenceOf(account);
  const known = states.filter((one) => isDeepStrictEqual(one.essence, essence));
  const [first] = known;
  if (!first) return 'the account is in a state in which it never was';
  const begun = await begunIn(home);
  return begun.length < first.begun
    ? `a change is missing in the journal: ${begun.length} of ${first.begun}`
    : undefined;
};

const lacking = (some: readonly string[], wanted: readonly string[]): readonly string[] => {
  const rest = [...some];
  return wanted.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
};

const textOf = (file: string) => (existsSync(file) ? readFile(file, 'utf8') : Promise.resolve(''));

/** What is wrong with a home in which a run came to its end after all. */
const differences = async (home: string, expected: Reference): Promise<readonly string[]> => {
  const account = await readAccount(home);
  const unassigned = account.devices.filter((device) => !device.owner);
  const files = (await readdir(folderOf(home))).toSorted();
  const unmade = lacking(await begunIn(home), expected.operations);
  const checks: readonly (readonly [boolean, string])[] = [
    [isDeepStrictEqual(essenceOf(account), essenceOf(expected.account)), 'the account is another one'],
    [unassigned.length === 0, `left ${unassigned.length} device behind`],
    [files.join() === 'account.json,journal.jsonl,progress.json', `left other files: ${files.join()}`],
    [unmade.length === 0, `not in the journal: ${unmade.join()}`],
    [isDeepStrictEqual(await statusesIn(home), expected.statuses), 'remembers something else of the steps'],
  ];
  return checks.flatMap(([right, wrong]) => (right ? [] : [wrong]));
};

/** Starts again where a run was broken off, and says what is wrong with the end. */
export const troubleAfter = async (home: string, expected: Reference): Promise<string | undefined> => {
  const file = join(folderOf(home), 'journal.jsonl');
  const before = await textOf(file);
  const { code, stderr } = await runProgram(toTheEnd(home));
  if (code !== 0) return `ended with ${code}:\n${stderr.slice(-600)}`;
  if (clueless.test(stderr) || /set aside|could not be read/.test(stderr)) return `said:\n${stderr}`;
  if (!(await textOf(file)).startsWith(before)) return 'the journal lost what was in it';
  return (await differences(home, expected)).join('; ') || undefined;
};
