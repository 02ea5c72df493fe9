import type { ResumeCommands } from '../commands/setup/summary.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { CliOptions } from './command-line.ts';

/** The text as one word of a shell command. */
const quoteForShell = (text: string): string => {
  const word = sanitize(text);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
};

const formatCliOption = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, quoteForShell(value)];

/** The commands that continue a run or verify it later, with the options that select the account and the files. */
export const createResumeCommands = (request: CliOptions): ResumeCommands => {
  const { practice, profile, region, account, home, only, skip, ui } = request;
  const where = [
    ...(practice ? ['--practice'] : []),
    ...formatCliOption('profile', profile),
    ...formatCliOption('region', region),
    ...formatCliOption('account', account),
    ...formatCliOption('home', home),
  ];
  const what = [
    ...formatCliOption('only', only?.join(',')),
    ...formatCliOption('skip', skip?.join(',')),
    ...formatCliOption('ui', ui),
  ];
  return {
    resumeSetup: ['npx aws-first-steps', ...where, ...what].join(' '),
    verify: ['npx aws-first-steps verify', ...where].join(' '),
  };
};
