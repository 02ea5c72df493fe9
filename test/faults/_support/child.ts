import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { temporaryFolder } from '../../_support/temporary-folder.ts';
import { spawnProgram, type Outcome } from '../../terminal/_support/program.ts';
import type { FreshAccount } from '../../counterparts/_support/moto.ts';
import { answersOf, environmentIn, unattended } from './counterpart.ts';
import { leakIn, writtenBy } from './leaks.ts';
import { tallySearches, type Secrets } from './secret-search.ts';

afterAll(() => tallySearches('texts searched for secrets, of runs against moto'));

/** Keys that are none, such as those of tests that want to be refused, are words like any other. */
const keysIn = (env: Readonly<Record<string, string>>): Secrets => ({
  whole: [env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN']].filter(
    (one): one is string => one !== undefined && one.length > 16,
  ),
  codes: [],
});

/** A folder of its own with an answers file, and the program started with both against an endpoint. */
export type Seat = {
  home: string;
  /** The arguments of a setup of these steps. */
  setup: readonly string[];
  answersFile: string;
  /** Its outcome comes when what it left was searched for its keys; it fails where one was found. */
  start(options?: {
    args?: readonly string[];
    env?: Record<string, string>;
  }): ReturnType<typeof spawnProgram>;
  run(options?: { args?: readonly string[]; env?: Record<string, string> }): Promise<Outcome>;
};

/** Everything that it takes to start the program as it is shipped, again and again, in one account. */
export const seatAt = async (
  url: string,
  account: FreshAccount,
  steps: readonly string[] = unattended,
): Promise<Seat> => {
  const home = await temporaryFolder();
  const file = join(home, 'answers.json');
  await writeFile(file, JSON.stringify(answersOf(steps)));
  const setup = ['--answers', file, '--only', steps.join(','), '--account', account.accountId];
  const start: Seat['start'] = ({ args = setup, env = {} } = {}) => {
    const given = { ...environmentIn(url, account), ...env };
    const { child, outcome } = spawnProgram(['--home', home, ...args], given);
    child.stdin.on('error', () => undefined);
    child.stdin.end();
    const searched = outcome.then(async (ended) => {
      const leak = await leakIn(keysIn(given), home, writtenBy(ended));
      if (leak !== undefined) throw new Error(leak);
      return ended;
    });
    return { child, outcome: searched };
  };
  return { home, setup, answersFile: file, start, run: (options) => start(options).outcome };
};
