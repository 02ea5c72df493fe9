import { readUntil } from '../core/read-until.ts';
import type { StepStatus } from '../core/status.ts';
import type { AnyStep } from '../core/step.ts';
import { checkStep, type CheckResult } from './check.ts';
import type { StepContext } from './step-result.ts';

/** Checks a step again, with its progress shown, until its status shows what was just done. */
export const recheckStep = (
  step: AnyStep,
  context: StepContext,
  isSeen: (status: StepStatus) => boolean = () => true,
): Promise<CheckResult> =>
  context.dialogue.runWithProgress(
    'Checking with AWS',
    () =>
      readUntil(
        context.clock,
        () => checkStep(step, context),
        ({ finding }) => isSeen(finding.status),
      ),
    'transient',
  );
