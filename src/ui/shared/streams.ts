import { Writable } from 'node:stream';
import { UserError } from '../../lib/user-error.ts';

/** Where answers come from: standard input, or what stands in for it. */
export type InputStream = NodeJS.ReadableStream & { isTTY?: boolean };

/** Where the conversation is written: a terminal, a pipe or a file. */
export type OutputStream = NodeJS.WritableStream & {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  getColorDepth?(env?: object): number;
};

/** Writes to `stdout` until it is closed, and nothing afterwards. */
export const createClosableWriter = (stdout: OutputStream) => {
  let closed = false;
  return {
    write: (text: string): void => {
      if (!closed) stdout.write(text);
    },
    close: (): void => {
      closed = true;
    },
  };
};

/** A view of `stdout` that a prompt may end, as it does when it is over, and that writes through `write`. */
export const createEndableStream = (
  stdout: OutputStream,
  write: (text: string) => void,
): NodeJS.WritableStream =>
  Object.assign(
    new Writable({
      decodeStrings: false,
      write: (chunk, _, done) => {
        write(String(chunk));
        done();
      },
    }),
    { isTTY: stdout.isTTY === true, columns: stdout.columns, rows: stdout.rows },
  );

/** The refusal to write a secret to where it would stay: a file, a pipe, the log of a build. */
export const createTerminalRequiredError = (title: string): UserError =>
  new UserError(
    `"${title}" shows a secret, and a secret is only shown on a terminal, never written to a file or a pipe.`,
    ['Run the program in a terminal, without redirecting its output.'],
  );
