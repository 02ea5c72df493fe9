import { appendFileSync } from 'node:fs';

/** What was tried: the table ends with a sum for each kind. */
export type Kind = 'faults' | 'inputs' | 'kills' | 'secrets' | 'operations' | 'deviations';

/** Adds what a suite tried, and how much of it survived, to the file named in FAULTS_TALLY; without one, to nothing. */
export const tally = (suite: string, tried: number, survived: number, kind: Kind = 'faults'): void => {
  const file = process.env['FAULTS_TALLY'];
  if (file) appendFileSync(file, `${JSON.stringify({ suite, tried, survived, kind })}\n`);
};
