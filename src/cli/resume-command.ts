import type { ResumeCommands } from '../commands/setup/summary.ts';
import { quoteForShell } from '../lib/shell.ts';
import type { CliOptions } from './command-line.ts';

const formatCliOption = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, quoteForShell(value)];

/** The command that carries out what `plan` has shown, with the answers that it was shown with. */
export const createSetupCommand = (options: CliOptions): string =>
  [createResumeCommands(options).resumeSetup, ...formatCliOption('answers', options.answers)].join(' ');

/** How to come back after a run that was started like this: with what says which account it is, and where its files are. */
export const createResumeCommands = (options: CliOptions): ResumeCommands => {
  const { practice, profile, region, account, home, only, skip, ui, bell } = options;
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
    ...(bell ? ['--bell'] : []),
  ];
  return {
    resumeSetup: ['npx aws-first-steps', ...where, ...what].join(' '),
    verify: ['npx aws-first-steps verify', ...where].join(' '),
  };
};
