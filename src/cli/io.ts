import type { ExitCause } from '../core/dialogue.ts';

/** Where a run reads and writes, and how it hears that it is to stop. */
export type ProcessIo = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Whoever can stop in an orderly way says so here, and then hears of signals. */
  onExit(leave: (by: ExitCause) => void): void;
};
