import { Argument, Command, CommanderError, Option } from 'commander';
import { sanitize } from '../lib/sanitize.ts';
import { closestMatch } from '../lib/did-you-mean.ts';
import { usageError } from '../lib/user-error.ts';
import { programVersion } from '../lib/version.ts';
import { reportFormats, type ReportFormat } from '../report/report.ts';
import { uiNames, type UiName } from '../ui/shared/choose.ts';

const commandNames = ['setup', 'verify', 'plan'] as const;

/** The command and options of a run. */
export type CliOptions = {
  command: (typeof commandNames)[number];
  practice: boolean;
  profile?: string;
  region?: string;
  /** The only account that may be used. */
  account?: string;
  only?: readonly string[];
  skip?: readonly string[];
  ui?: UiName;
  /** Ring the terminal's bell when what is waited for has happened. */
  bell?: boolean;
  /** The path of an answers file, or `defaults`. */
  answers?: string;
  /** Default: `table`. */
  format?: ReportFormat;
  home?: string;
  /** Say what was found on this computer and will be used. */
  details?: boolean;
};

/** An option that is given twice adds up: a step that is dropped silently would look like one that is done. */
const parseStepIds = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean),
];

const helpEpilogue = `
Exit codes: 0 all done, 1 something is left to do or waits, 2 could not tell or a problem,
64 wrong usage, 130 stopped by you.
Nothing is changed before you have seen it and said yes. Try it first: aws-first-steps --practice`;

const createCliParser = (): Command =>
  new Command('aws-first-steps')
    .description(
      'Takes the owner of a new AWS account through what must be done on day one, and proves that it is done.',
    )
    .addArgument(
      new Argument(
        '[command]',
        'setup: what is not done yet; verify: is it all done?; plan: what would be done',
      ).default('setup'),
    )
    .option('--practice', 'rehearse on a simulated account', false)
    .option('--profile <name>', 'the AWS profile to use')
    .option('--region <region>', 'the AWS Region to sign in at')
    .option('--account <id>', 'refuse any other account')
    .addOption(
      new Option('--only <ids>', 'only these steps, with commas between them').argParser(parseStepIds),
    )
    .addOption(new Option('--skip <ids>', 'leave these steps out this time').argParser(parseStepIds))
    .addOption(new Option('--ui <ui>', 'how to talk (default: chosen by the terminal)').choices(uiNames))
    .option('--bell', 'ring when what you wait for has happened')
    .option('--answers <file>', 'unattended: take the answers from a JSON file, or "defaults"')
    .addOption(new Option('--format <format>', 'for verify and plan').choices(reportFormats))
    .option('--home <dir>', 'where progress and journal live (default: the XDG state directory)')
    .option('--details', 'say what was found here and will be used; with --version: only that')
    .version(programVersion)
    .addHelpText('after', helpEpilogue)
    .exitOverride();

/** Commander's message (`error: unknown option '--x'`) as a sentence. */
const toUsageSentence = (message: string): string => {
  const sentence = sanitize(message.replace(/^error: /, '')).replace(/\.?$/, '.');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};

/** Options to run with, or the help or version text to print. `--version --details` looks around, but at no account. */
export type ParsedCommandLine = { options: CliOptions } | { text: string } | { details: CliOptions };

const isVersionOption = (argument: string): boolean => argument === '--version' || argument === '-V';

const checkCliOptions = (options: CliOptions): CliOptions => {
  if (options.account !== undefined && !/^\d{12}$/.test(options.account)) {
    throw usageError('--account takes the twelve digits of an account id.');
  }
  // An empty list selects no steps, which would look like all done.
  if (options.only?.length === 0 || options.skip?.length === 0) {
    throw usageError('--only and --skip take at least one step.');
  }
  if (options.command === 'setup' && options.format !== undefined) {
    throw usageError('--format is for verify and plan; the setup ends with a page of its own.');
  }
  if (options.command !== 'setup' && options.ui !== undefined) {
    throw usageError(`--ui is for the setup; ${options.command} asks nothing.`);
  }
  if (options.command !== 'setup' && options.bell) {
    throw usageError(`--bell is for the setup; ${options.command} waits for nothing.`);
  }
  if (options.bell && options.answers !== undefined) {
    throw usageError('--bell and --answers do not go together: with answers nobody is there to hear it.');
  }
  if (options.ui !== undefined && options.answers !== undefined) {
    throw usageError('--ui and --answers do not go together: with answers nobody is asked.');
  }
  if (options.command === 'verify' && options.answers !== undefined) {
    throw usageError('--answers is for setup and plan; verify asks nothing.');
  }
  if (options.command === 'plan' && options.format === 'junit') {
    throw usageError('--format junit is for verify: a plan has no results.');
  }
  return options;
};

const parseCommandName = (typed: string): CliOptions['command'] => {
  const found = commandNames.find((one) => one === typed);
  if (found) return found;
  const meant = closestMatch(typed, commandNames);
  throw usageError(`There is no command "${sanitize(typed, 40)}".`, [
    meant ? `Did you mean ${meant}?` : `The commands: ${commandNames.join(', ')}.`,
  ]);
};

/** Reads the command line. Wrong usage is a {@link UserError} with exit code 64. */
export const parseCommandLine = (argv: readonly string[]): ParsedCommandLine => {
  let text = '';
  const command = createCliParser().configureOutput({
    writeOut: (part) => (text += part),
    writeErr: () => {},
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version' && argv.includes('--details')) {
      const parsed = parseCommandLine(argv.filter((argument) => !isVersionOption(argument)));
      return 'options' in parsed ? { details: parsed.options } : parsed;
    }
    if (error.exitCode === 0) return { text };
    throw usageError(toUsageSentence(error.message));
  }
  const name = parseCommandName(String(command.processedArgs[0]));
  return { options: checkCliOptions({ ...command.opts<Omit<CliOptions, 'command'>>(), command: name }) };
};
