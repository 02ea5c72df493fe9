import { parseCommandLine, type Request } from './command-line.ts';
import { ExitError, type ExitCause } from '../core/dialogue.ts';
import { bugInWords, problemInWords, stopInWords } from './exit-messages.ts';
import { exitCodes, UserError, type ExitCode } from '../lib/user-error.ts';

const { stdin, stdout, stderr, env } = process;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What to do when nobody is there any more: `verify | head` closes our output early, a closed window takes all. */
let whenAlone = (): void => process.exit(exitCodes.problem);

/** Until somebody can stop in an orderly way there is nothing to finish, so a signal ends the run at once. */
const listenToSignals = (stopAtOnce: (by: ExitCause) => void) => {
  let leave = stopAtOnce;
  for (const signal of signals) process.on(signal, () => leave(signal));
  return (orderly: (by: ExitCause) => void) => {
    leave = orderly;
    whenAlone = () => {
      // Once: what is written on the way out fails again.
      whenAlone = () => undefined;
      orderly('SIGHUP');
    };
  };
};

const tell = (problem: UserError): ExitCode => {
  stderr.write(problemInWords(problem));
  return problem.exitCode;
};

const stopped = (request: Request): ExitCode => {
  stderr.write(stopInWords(request));
  return exitCodes.stopped;
};

const bug = (error: unknown): ExitCode => {
  stderr.write(bugInWords(error));
  return exitCodes.problem;
};

const execute = async (request: Request): Promise<ExitCode> => {
  const onLeave = listenToSignals(() => process.exit(stopped(request)));
  // Only now, so that --help and --version load neither an AWS client nor a screen.
  const { run } = await import('./program.ts');
  const { explainError } = await import('../aws/errors/explain.ts');
  try {
    return await run(request, { stdin, stdout, stderr, env, onLeave });
  } catch (error) {
    if (error instanceof ExitError) return stopped(request);
    const problem = explainError(error);
    return problem ? tell(problem) : bug(error);
  }
};

const start = async (argv: readonly string[]): Promise<ExitCode> => {
  try {
    const parsed = parseCommandLine(argv);
    if ('request' in parsed) return await execute(parsed.request);
    stdout.write(parsed.text);
    return exitCodes.done;
  } catch (error) {
    return error instanceof UserError ? tell(error) : bug(error);
  }
};

/** Runs the program and ends the process with its exit code, once everything is written. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // No reason for a stack trace. Giving back a terminal that is gone is an error of standard input.
  for (const stream of [stdin, stdout, stderr]) stream.on('error', () => whenAlone());
  const code = await start(argv);
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
  process.exit(code);
};
