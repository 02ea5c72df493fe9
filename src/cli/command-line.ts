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
  /** Begin a new rehearsal: what the last one has left is deleted. */
  newPractice?: boolean;
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
  /** List permissions in the table of a plan. */
  permissions?: boolean;
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

const usageExit = `Exit codes: 0 all done, 1 something is left to do or waits, 2 something could not be checked or
failed, 64 wrong usage, 130 stopped by you.`;

type CommandHelp = {
  description: string;
  /** Commands to copy, and what each does. */
  examples: readonly (readonly [line: string, what: string])[];
};

const generalHelp: CommandHelp = {
  description:
    'Sets up a new AWS account with you, step by step. It asks before every change and checks that each step is done.',
  examples: [
    ['npx aws-first-steps --practice', 'rehearse: no AWS account needed'],
    ['npx aws-first-steps', 'set up the account you are signed in to'],
    ['npx aws-first-steps verify', 'check every step; changes nothing'],
    ['npx aws-first-steps plan', 'show what is left and what it costs; changes nothing'],
  ],
};

const commandHelp: Readonly<Record<CliOptions['command'], CommandHelp>> = {
  setup: {
    description: 'Takes you through every step that is not done yet. It asks before every change.',
    examples: [
      ['npx aws-first-steps setup --practice', 'rehearse: no AWS account needed'],
      ['npx aws-first-steps setup', 'set up the account you are signed in to'],
      ['npx aws-first-steps setup --only budget', 'only one step'],
    ],
  },
  verify: {
    description: 'Checks every step and says what is done. Changes nothing.',
    examples: [
      ['npx aws-first-steps verify', 'check the account you are signed in to'],
      ['npx aws-first-steps verify --profile work', 'check the account of a profile'],
      ['npx aws-first-steps verify --format json', 'write the result for other programs'],
    ],
  },
  plan: {
    description: 'Shows what is left: every call, and what it costs. Changes nothing.',
    examples: [
      ['npx aws-first-steps plan', 'show what the setup would do'],
      ['npx aws-first-steps plan --permissions', 'and the permissions that it needs'],
      ['npx aws-first-steps plan --format markdown > plan.md', 'keep it as a page'],
    ],
  },
};

const formatHelpEnd = ({ examples }: CommandHelp): string => {
  const width = Math.max(...examples.map(([line]) => line.length)) + 2;
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}${what}`);
  return ['', 'Examples:', ...lines, '', usageExit, ''].join('\n');
};

/** The options, each with the commands that it is for; without any, for all of them. */
const createCliOptions = (): readonly (readonly [
  option: Option,
  commands?: readonly CliOptions['command'][],
])[] => [
  [new Option('--practice', 'rehearse on a simulated account')],
  [new Option('--new-practice', 'begin a new rehearsal: deletes the last one'), ['setup']],
  [new Option('--profile <name>', 'use this AWS profile')],
  [new Option('--region <region>', 'sign in at this AWS Region')],
  [new Option('--account <id>', 'refuse any other account')],
  [new Option('--only <ids>', 'only these steps, separated by commas').argParser(parseStepIds)],
  [new Option('--skip <ids>', 'leave out these steps this time').argParser(parseStepIds)],
  [new Option('--ui <ui>', 'how to ask (default: what the terminal can show)').choices(uiNames), ['setup']],
  [new Option('--bell', 'ring when what you wait for has happened'), ['setup']],
  [
    new Option('--answers <file>', 'ask nobody: take the answers from a JSON file, or "defaults"'),
    ['setup', 'plan'],
  ],
  [new Option('--format <format>', 'how to write the report').choices(reportFormats), ['verify', 'plan']],
  [new Option('--permissions', 'list the IAM permissions that each step needs'), ['plan']],
  [new Option('--home <dir>', 'keep progress and journal here (default: the XDG state directory)')],
  [new Option('--details', 'say what was found on this computer; with --version, only that')],
];

/** For `command` it shows only the options that it has; without one, all of them. */
const createCliParser = (command?: CliOptions['command']): Command => {
  const parser = new Command(command === undefined ? 'aws-first-steps' : `aws-first-steps ${command}`)
    .description((command === undefined ? generalHelp : commandHelp[command]).description)
    .helpOption('-h, --help', 'show this help')
    .version(programVersion, '-V, --version', 'show the version')
    .addOption(new Option('-v').hideHelp())
    .exitOverride();
  if (command === undefined)
    parser.addArgument(
      new Argument('[command]', 'setup (the default), verify, plan, or help with one of these'),
    );
  for (const [option, commands] of createCliOptions())
    parser.addOption(option.hideHelp(command !== undefined && commands?.includes(command) === false));
  return parser;
};

/** The help of the command that is named, or of the whole program. */
const createHelp = (argv: readonly string[]): string => {
  const command = commandNames.find((name) => argv.includes(name));
  return `${createCliParser(command).helpInformation()}${formatHelpEnd(command === undefined ? generalHelp : commandHelp[command])}`;
};

/** Commander's message (`error: unknown option '--x'`) as a sentence. */
const toUsageSentence = (message: string): string => {
  const sentence = sanitize(message.replace(/^error: /, '')).replace(/\.?$/, '.');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};

/** Options to run with, or the help or version text to print. `--version --details` looks around, but at no account. */
export type ParsedCommandLine = { options: CliOptions } | { text: string } | { details: CliOptions };

const isVersionOption = (argument: string): boolean => ['--version', '-V', '-v'].includes(argument);

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
  if (options.command !== 'plan' && options.permissions) {
    throw usageError('--permissions is for plan.');
  }
  if (options.command !== 'setup' && options.newPractice) {
    throw usageError(`--new-practice is for the setup; ${options.command} changes nothing.`);
  }
  if (options.command !== 'setup' && options.ui !== undefined) {
    throw usageError(`--ui is for the setup; ${options.command} asks nothing.`);
  }
  if (options.command !== 'setup' && options.bell) {
    throw usageError(`--bell is for the setup; ${options.command} waits for nothing.`);
  }
  if (options.bell && options.answers !== undefined) {
    throw usageError('Use --bell or --answers, not both: with --answers nobody waits.');
  }
  if (options.ui !== undefined && options.answers !== undefined) {
    throw usageError('Use --ui or --answers, not both: with --answers nobody is asked.');
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
  if (argv[0] === 'help') return { text: createHelp(argv) };
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
    if (error.code === 'commander.helpDisplayed') return { text: createHelp(argv) };
    if (error.exitCode === 0) return { text };
    throw usageError(toUsageSentence(error.message));
  }
  const { v: wantsVersion, ...given } = command.opts<Partial<CliOptions> & { v?: true }>();
  if (wantsVersion)
    return parseCommandLine(argv.map((argument) => (argument === '-v' ? '--version' : argument)));
  const [typed = 'setup'] = command.args;
  if (typed === 'help') return { text: createHelp(argv) };
  const practice = given.practice === true || given.newPractice === true;
  return { options: checkCliOptions({ ...given, practice, command: parseCommandName(typed) }) };
};
