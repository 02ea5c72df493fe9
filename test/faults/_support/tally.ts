import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';

/**
 * What a row of the table counts. `secrets`: texts searched, and those in which no secret was; `operations`: calls made
 * of both backends, and those answered alike or as listed; `deviations`: differences listed, and those still there;
 * `runs`: whole runs of the program, and those that left what they should; `identities`: kinds of caller and account;
 * `permissions`: permissions taken away one at a time; `two runs`: pairs of runs at once.
 */
export type Kind =
  | 'faults'
  | 'inputs'
  | 'kills'
  | 'secrets'
  | 'operations'
  | 'deviations'
  | 'runs'
  | 'identities'
  | 'permissions'
  | 'two runs';

/** Adds what a suite tried, and how much of it survived, to the file named in FAULTS_TALLY; without one, to nothing. */
export const tally = (suite: string, tried: number, survived: number, kind: Kind = 'faults'): void => {
  const file = process.env['FAULTS_TALLY'];
  if (!file) return;
  const from = basename(expect.getState().testPath ?? '');
  appendFileSync(file, `${JSON.stringify({ suite, tried, survived, kind, from })}\n`);
};
