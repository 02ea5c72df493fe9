import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { spawnProgram, type Outcome } from '../terminal/program.ts';
import type { FreshAccount } from '../counterparts/moto.ts';
import { answersOf, environmentIn, unattended } from './counterpart.ts';

/** A folder of its own with an answers file, and the program started with both against an endpoint. */
export type Seat = {
  home: string;
  /** The arguments of a setup of these steps. */
  setup: readonly string[];
  answersFile: string;
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
    const started = spawnProgram(['--home', home, ...args], { ...environmentIn(url, account), ...env });
    started.child.stdin.on('error', () => undefined);
    started.child.stdin.end();
    return started;
  };
  return { home, setup, answersFile: file, start, run: (options) => start(options).outcome };
};
