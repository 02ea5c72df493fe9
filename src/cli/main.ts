import { parseCommandLine, type CliOptions } from './command-line.ts';
import { ExitError, type ExitCause } from '../core/dialogue.ts';
import { formatBugReport, formatUserError, formatStopMessage } from './exit-messages.ts';
import { exitCodes, UserError, type ExitCode } from '../lib/user-error.ts';

const { stdin, stdout, stderr, env } = process;

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What to do when a stream is gone: `verify | head` closes the output early, a closed window closes all streams. */
let handleClosedOutput = (): void => process.exit(exitCodes.problem);

/** Until the run has registered an orderly way to stop, a signal ends the process at once. */
const listenToSignals = (stopAtOnce: (by: ExitCause) => void) => {
  let leave = stopAtOnce;
  for (const signal of stopSignals) process.on(signal, () => leave(signal));
  return (orderly: (by: ExitCause) => void) => {
    leave = orderly;
    handleClosedOutput = () => {
      // Only once: what is written while stopping fails again.
      handleClosedOutput = () => undefined;
      orderly('SIGHUP');
    };
  };
};

const reportUserError = (problem: UserError): ExitCode => {
  stderr.write(formatUserError(problem));
  return problem.exitCode;
};

const reportStop = (request: CliOptions): ExitCode => {
  stderr.write(formatStopMessage(request));
  return exitCodes.stopped;
};

const reportBug = (error: unknown): ExitCode => {
  stderr.write(formatBugReport(error));
  return exitCodes.problem;
};

const executeCommand = async (request: CliOptions): Promise<ExitCode> => {
  const onLeave = listenToSignals(() => process.exit(reportStop(request)));
  // Loaded only now, so that --help and --version load neither AWS clients nor Ink.
  const { runCommand } = await import('./program.ts');
  const { explainError } = await import('../aws/errors/explain.ts');
  try {
    return await runCommand(request, { stdin, stdout, stderr, env, onExit: onLeave });
  } catch (error) {
    if (error instanceof ExitError) return reportStop(request);
    const problem = explainError(error);
    return problem ? reportUserError(problem) : reportBug(error);
  }
};

const parseAndExecute = async (argv: readonly string[]): Promise<ExitCode> => {
  try {
    const parsed = parseCommandLine(argv);
    if ('options' in parsed) return await executeCommand(parsed.options);
    stdout.write(parsed.text);
    return exitCodes.done;
  } catch (error) {
    return error instanceof UserError ? reportUserError(error) : reportBug(error);
  }
};

/** Runs the program and ends the process with its exit code, once everything is written. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // A closed stream is no bug. Resetting a terminal that is gone is reported as an error of standard input.
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => handleClosedOutput());
  const code = await parseAndExecute(argv);
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  process.exit(code);
};
