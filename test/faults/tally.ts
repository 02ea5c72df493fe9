import { appendFileSync } from 'node:fs';

/** Adds what a suite tried, and how much of it survived, to the file named in FAULTS_TALLY; without one, to nothing. */
export const tally = (suite: string, tried: number, survived: number): void => {
  const file = process.env['FAULTS_TALLY'];
  if (file) appendFileSync(file, `${JSON.stringify({ suite, tried, survived })}\n`);
};
