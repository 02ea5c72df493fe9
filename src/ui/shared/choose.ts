import { usageError } from '../../lib/user-error.ts';

/** The front ends that a person can use, from the richest to the plainest. */
export const uiNames = ['ink', 'prompts', 'lines'] as const;

/** One of {@link uiNames}. */
export type UiName = (typeof uiNames)[number];

/** What the choice depends on: whether a stream is a terminal, how large it is, and whether it can read keys. */
export type TerminalStream = {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  rows?: number | undefined;
  setRawMode?: unknown;
};

const minInkSize = { columns: 60, rows: 20 } as const;

const usesScreenReader = (env: NodeJS.ProcessEnv) => env['INK_SCREEN_READER'] === 'true';

// A CI job may well have a pseudo-terminal; nobody sits in front of it. `CI=false` is how some turn that off.
const isCi = (env: NodeJS.ProcessEnv) => !['', 'false', '0'].includes(env['CI'] ?? '');

const canReadKeys = (stdin: TerminalStream, stdout: TerminalStream) =>
  stdin.isTTY === true && stdout.isTTY === true && typeof stdin.setRawMode === 'function';

/**
 * Chooses the front end: the one that was asked for if the terminal can do it, otherwise the richest that it can.
 * A terminal that does not say how large it is gets prompts.
 */
export const chooseUi = (
  requested: UiName | undefined,
  env: NodeJS.ProcessEnv,
  stdin: TerminalStream,
  stdout: TerminalStream,
): UiName => {
  const interactive = canReadKeys(stdin, stdout);
  if (requested !== undefined && requested !== 'lines' && !interactive) {
    throw usageError(`The front end "${requested}" needs a terminal, and input or output is not one here.`, [
      'Use --ui lines, or leave --ui out.',
      'For a run without anybody there: --answers FILE.',
    ]);
  }
  if (requested !== undefined) return requested;
  if (!interactive || env['TERM'] === 'dumb' || usesScreenReader(env) || isCi(env)) return 'lines';
  const { columns = 0, rows = 0 } = stdout;
  return columns >= minInkSize.columns && rows >= minInkSize.rows ? 'ink' : 'prompts';
};
