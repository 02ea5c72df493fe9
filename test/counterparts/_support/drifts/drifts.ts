import { isDone } from '../../../../src/core/status.ts';
import { exitCodes, type ExitCode } from '../../../../src/lib/user-error.ts';
import { administratorDrifts } from './administrators.ts';
import { alarmDrifts } from './alarm.ts';
import { budgetDrifts } from './budget.ts';
import type { Drift } from './drift.ts';
import { peopleDrifts } from './people.ts';

/** Everything that another client plants into a finished account, by step. */
export const drifts: readonly Drift[] = [
  ...administratorDrifts,
  ...peopleDrifts,
  ...alarmDrifts,
  ...budgetDrifts,
];

/** The exit code of `verify` for the step of the drift alone. */
export const exitCodeOf = ({ status }: Drift): ExitCode => {
  if (status === 'unknown') return exitCodes.problem;
  return isDone(status) ? exitCodes.done : exitCodes.unfinished;
};
