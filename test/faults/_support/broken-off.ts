import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { essenceOf, readAccount, type PracticeFile } from '../../terminal/_support/account.ts';
import { runProgram, type Outcome } from '../../terminal/_support/program.ts';
import { readJournal } from '../../../src/state/journal.ts';
import { temporaryFolder } from '../../_support/temporary-folder.ts';
import { clueless } from './attempt.ts';
import { leakIn, secretsOfRehearsal, together, writtenBy } from './leaks.ts';
import type { Secrets } from './secret-search.ts';

/** What happens to a run at one of its moments: a signal that ends it or asks it to end, or an error of the disk. */
export type Deed = 'SIGKILL' | 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'ENOSPC' | 'EIO';

const toTheEnd = (home: string) => ['--practice', '--answers', 'defaults', '--home', home];

const folderOf = (home: string) => join(home, 'practice');

/** The home of a rehearsal, and beside it the file in which the passwords are kept that its runs have made. */
export type Place = { home: string; passwords: string };

/** A place where nothing was done yet. */
export const freshPlace = async (): Promise<Place> => {
  const folder = await temporaryFolder();
  return { home: join(folder, 'home'), passwords: join(folder, 'passwords') };
};

const importing = (...names: readonly string[]) =>
  names.map((name) => `--import=${new URL(name, import.meta.url).href}`).join(' ');

/** Runs a whole rehearsal with moments.mjs in it. */
export const runWithMoments = ({ home, passwords }: Place, env: Readonly<Record<string, string>> = {}) =>
  runProgram(toTheEnd(home), {
    env: { ...env, PASSWORDS: passwords, NODE_OPTIONS: importing('moments.mjs', 'passwords.mjs') },
  });

const textOf = (file: string) => (existsSync(file) ? readFile(file, 'utf8') : Promise.resolve(''));

/** Everything that runs in a place have had to keep to themselves. */
const secretsIn = async ({ home, passwords }: Place): Promise<Required<Secrets>> =>
  together(await secretsOfRehearsal(home), {
    whole: (await textOf(passwords)).split('\n').filter(Boolean),
    codes: [],
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
  /** The moment after which account and journal are changed no more. */
  changed: number;
  /** The moment after which nothing is written any more, and only the lock is given back. */
  written: number;
  /** What it had to keep to itself. */
  secrets: Required<Secrets>;
  account: PracticeFile;
  statuses: readonly unknown[];
  operations: readonly string[];
  /** After each change of the account: what it was, and how many changes the journal had by then. */
  states: readonly { essence: unknown; begun: number }[];
};

/** Lets a run come to its end undisturbed. */
export const referenceRun = async (): Promise<Reference> => {
  const place = await freshPlace();
  const trace = `${place.passwords}.trace`;
  const { code, stderr } = await runWithMoments(place, { MOMENT_TRACE: trace });
  if (code !== 0) throw new Error(`ended with ${code}:\n${stderr}`);
  const lines = (await readFile(trace, 'utf8')).trim().split('\n');
  const counts = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as Record<
    'moments' | 'changed' | 'written',
    number
  >;
  return {
    ...counts,
    secrets: await secretsIn(place),
    account: await readAccount(place.home),
    statuses: await statusesIn(place.home),
    operations: await begunIn(place.home),
    states: lines.map((line) => {
      const { account, begun } = JSON.parse(line) as { account: PracticeFile; begun: number };
      return { essence: essenceOf(account), begun };
    }),
  };
};

const accountIn = (home: string) => readAccount(home).catch(() => undefined);

/** What is wrong with what a broken-off run left: a change without its line in the journal, or an account of no sense. */
export const lossIn = async ({ home }: Place, { states }: Reference): Promise<string | undefined> => {
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

/** Starts again where a run was broken off, and says what is wrong with the end, or with what either run has told. */
export const troubleAfter = async (
  place: Place,
  broken: Outcome,
  expected: Reference,
): Promise<string | undefined> => {
  const { home, passwords } = place;
  const file = join(folderOf(home), 'journal.jsonl');
  const [before, secrets] = [await textOf(file), await secretsIn(place)];
  const env = { PASSWORDS: passwords, NODE_OPTIONS: importing('passwords.mjs') };
  const leftBehind = await leakIn(secrets, home, writtenBy(broken));
  if (leftBehind !== undefined) return leftBehind;
  const again = await runProgram(toTheEnd(home), { env });
  const leak = await leakIn(
    together(secrets, await secretsIn(place)),
    home,
    [broken, again].flatMap(writtenBy),
  );
  if (leak !== undefined) return leak;
  const { code, stderr } = again;
  if (code !== 0) return `ended with ${code}:\n${stderr.slice(-600)}`;
  if (clueless.test(stderr) || /set aside|could not be read/.test(stderr)) return `said:\n${stderr}`;
  if (!(await textOf(file)).startsWith(before)) return 'the journal lost what was in it';
  return (await differences(home, expected)).join('; ') || undefined;
};
