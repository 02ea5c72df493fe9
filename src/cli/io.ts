import type { ExitCause } from '../core/dialogue.ts';

/** The process as a run sees it: streams, environment, and the request to stop. */
export type ProcessIo = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Registers what stops the run in an orderly way; it is then called on a signal. */
  onExit(leave: (by: ExitCause) => void): void;
};
