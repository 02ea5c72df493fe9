/** Exit codes of the program: an interface, documented in the README. */
export const exitCodes = { done: 0, unfinished: 1, problem: 2, usage: 64, stopped: 130 } as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** An error that the owner can act on: one sentence, and what to do next. */
export class UserError extends Error {
  override name = 'UserError';
  readonly nextSteps: readonly string[];
  readonly exitCode: ExitCode;

  constructor(
    message: string,
    next: readonly string[] = [],
    options: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.nextSteps = next;
    this.exitCode = options.exitCode ?? exitCodes.problem;
  }
}

/** A {@link UserError} about how the program was called (exit code 64). */
export const usageError = (
  message: string,
  next: readonly string[] = ['aws-first-steps --help shows what there is.'],
) => new UserError(message, next, { exitCode: exitCodes.usage });
