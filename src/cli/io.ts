import type { ExitCause } from '../core/dialogue.ts';

/** The streams and environment of a run, and how it learns of signals. */
export type ProcessIo = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Registers what stops the run in an orderly way when a signal arrives. */
  onExit(requestExit: (by: ExitCause) => void): void;
};
