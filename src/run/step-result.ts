import type { Action } from '../core/action.ts';
import type { Dialogue } from '../core/dialogue.ts';
import type { Progress } from '../state/progress.ts';
import type { CheckResult, CheckSession } from './check.ts';

/** What a step is run with. */
export type StepContext = CheckSession & { dialogue: Dialogue; progress: Progress };

/** How a step went: what the last check found, whether there is something to read, and what waits for the end. */
export type StepResult = {
  checkResult: CheckResult;
  acted: boolean;
  skipped: boolean;
  deferred: readonly Action[];
};

/** The result of a step that was only checked. */
export const createUnchangedResult = (checkResult: CheckResult): StepResult => ({
  checkResult,
  acted: false,
  skipped: false,
  deferred: [],
});
