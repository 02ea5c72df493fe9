import type { ExitCause } from '../core/dialogue.ts';

/** The streams and environment of a run, and how it learns of signals. */
export type ProcessIo = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Registers what stops the run in an orderly way when a signal arrives. */
  onExit(requestExit: (by: ExitCause) => void): void;
  /** Registers what tells how far the run has come, for the line that is written when the owner stops it. */
  onStop?(describeProgress: () => string | undefined): void;
};
