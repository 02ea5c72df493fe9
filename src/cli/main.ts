import { parseCommandLine, type CliOptions } from './command-line.ts';
import { ExitError, type ExitCause } from '../core/dialogue.ts';
import { formatBugReport, formatUserError, formatStopMessage } from './exit-messages.ts';
import { exitCodes, UserError, type ExitCode } from '../lib/user-error.ts';

const { stdin, stdout, stderr, env } = process;

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What to do when the output is closed: by `verify | head`, or by closing the window. */
let handleClosedOutput = (): void => process.exit(exitCodes.problem);

/** A run that has not stopped in an orderly way by then is ended, in milliseconds. All it knows is kept already. */
const orderlyStopTime = 1_700;

/** Until something can stop in an orderly way there is nothing to finish, so a signal ends the run at once. */
const listenToSignals = (stopAtOnce: (by: ExitCause) => void) => {
  let exit = stopAtOnce;
  for (const signal of stopSignals)
    process.on(signal, () => {
      setTimeout(() => stopAtOnce(signal), orderlyStopTime).unref();
      exit(signal);
    });
  return (requestExit: (by: ExitCause) => void) => {
    exit = requestExit;
    handleClosedOutput = () => {
      // Only once: what is written while stopping fails again.
      handleClosedOutput = () => undefined;
      requestExit('SIGHUP');
    };
  };
};

const reportUserError = (problem: UserError): ExitCode => {
  stderr.write(formatUserError(problem));
  return problem.exitCode;
};

/** The result of an unattended run is on standard output, so what ended it is there too; not twice on one screen. */
const repeatOnOutput = (problem: UserError, { answers }: CliOptions): void => {
  if (answers !== undefined && !(stdout.isTTY && stderr.isTTY)) stdout.write(formatUserError(problem));
};

/** How far the run has come, once that is known. */
let describeProgress = (): string | undefined => undefined;

const onStop = (describe: typeof describeProgress): void => {
  describeProgress = describe;
};

const reportStop = (request: CliOptions): ExitCode => {
  stderr.write(formatStopMessage(request, describeProgress()));
  return exitCodes.stopped;
};

const reportBug = (error: unknown): ExitCode => {
  stderr.write(formatBugReport(error));
  return exitCodes.problem;
};

/** Runs what needs the AWS SDK, and says in a sentence what went wrong. */
const executeCommand = async (request: CliOptions, versionOnly: boolean): Promise<ExitCode> => {
  const onExit = listenToSignals(() => process.exit(reportStop(request)));
  // Only now, so that --help and --version load neither an AWS client nor a screen.
  const { runCommand, showVersionDetails } = await import('./program.ts');
  const { explainError } = await import('../aws/errors/explain.ts');
  const io = { stdin, stdout, stderr, env, onExit, onStop };
  try {
    return await (versionOnly ? showVersionDetails(request, io) : runCommand(request, io));
  } catch (error) {
    if (error instanceof ExitError) return reportStop(request);
    const problem = explainError(error);
    if (!problem) return reportBug(error);
    repeatOnOutput(problem, request);
    return reportUserError(problem);
  }
};

const parseAndExecute = async (argv: readonly string[]): Promise<ExitCode> => {
  try {
    const parsed = parseCommandLine(argv);
    if ('options' in parsed) return await executeCommand(parsed.options, false);
    if ('details' in parsed) return await executeCommand(parsed.details, true);
    stdout.write(parsed.text);
    return exitCodes.done;
  } catch (error) {
    return error instanceof UserError ? reportUserError(error) : reportBug(error);
  }
};

/** What the SDK and Node write by themselves would stand across a page, and between the lines of a report. */
const silenceLibraries = (): void => {
  process.removeAllListeners('warning');
  process.on('warning', () => undefined);
  for (const name of ['debug', 'info', 'log', 'warn', 'error'] as const) console[name] = () => undefined;
};

/** Runs the program and ends the process with its exit code, once everything is written. */
export const main = async (argv: readonly string[]): Promise<void> => {
  silenceLibraries();
  // No stack trace for these. Restoring a terminal that is gone is an error of standard input.
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => handleClosedOutput());
  const code = await parseAndExecute(argv);
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  process.exit(code);
};
