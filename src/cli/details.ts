import { arch, platform, release } from 'node:os';
import { describeStart, findStart, listStartNotices, type Start } from '../aws/start/start.ts';
import { sanitize } from '../lib/sanitize.ts';
import { programVersion } from '../lib/version.ts';
import { getStateFolder } from '../state/folder.ts';
import { chooseUi } from '../ui/shared/choose.ts';
import type { CliOptions } from './command-line.ts';
import type { ProcessIo } from './io.ts';

const nameWidth = 13;

const formatDetails = (details: readonly (readonly [name: string, text: string])[]): readonly string[] =>
  details.map(([name, text]) => `${name.padEnd(nameWidth)}${text}`);

/** What was found at the start, line by line. */
export const formatStartDetails = (start: Start): readonly string[] => formatDetails(describeStart(start));

/** All that a report of a problem should say about the computer, without a call to AWS. */
export const writeVersionDetails = async (options: CliOptions, io: ProcessIo): Promise<void> => {
  const { profile, region, ui, home } = options;
  const own = formatDetails([
    ['Version', programVersion],
    ['Node', `${process.version} on ${platform()} ${release()} ${arch()}`],
    ['Screen', `${chooseUi(ui, io.env, io.stdin, io.stdout)}, TERM ${io.env['TERM'] ?? 'not set'}`],
    ['State', getStateFolder(home, io.env)],
  ]);
  const start = await findStart({ profile, region, env: { ...io.env }, sdkEnv: io.env });
  for (const line of [...own, ...formatStartDetails(start), ...listStartNotices(start)])
    io.stdout.write(`${sanitize(line)}\n`);
};
