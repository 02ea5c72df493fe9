import { formatDay } from '../lib/dates.ts';
import { statusLabels, type StepStatus } from '../core/status.ts';
import type { Report, StepReport } from './report.ts';

/** A step's status, unless the owner skipped it. */
export type StepOutcome = StepStatus | 'skipped';

export const getOutcome = (step: Pick<StepReport, 'status' | 'skipped'>): StepOutcome =>
  step.skipped ? 'skipped' : step.status;

/** The outcome as a report shows it: a sign and one or two words. */
export const formatOutcome = (outcome: StepOutcome): string =>
  `${statusLabels[outcome].sign} ${statusLabels[outcome].word}`;

const stepOutcomes: readonly StepOutcome[] = [
  'met',
  'attested',
  'waiting',
  'unmet',
  'not-applicable',
  'unknown',
  'skipped',
];

const countOutcome = ({ steps }: Report, outcome: StepOutcome): number =>
  steps.filter((step) => getOutcome(step) === outcome).length;

/** How many steps came out how; the names are those of the JSON report. */
export const countOutcomes = (report: Report) => ({
  met: countOutcome(report, 'met'),
  attested: countOutcome(report, 'attested'),
  waiting: countOutcome(report, 'waiting'),
  unmet: countOutcome(report, 'unmet'),
  notApplicable: countOutcome(report, 'not-applicable'),
  unknown: countOutcome(report, 'unknown'),
  skipped: countOutcome(report, 'skipped'),
  total: report.steps.length,
});

/** How many steps came out how, without what there is none of: `5 done, 2 to do`. */
export const describeOutcomes = (report: Report): string =>
  stepOutcomes
    .filter((outcome) => countOutcome(report, outcome) > 0)
    .map((outcome) => `${countOutcome(report, outcome)} ${statusLabels[outcome].word}`)
    .join(', ');

/** The same with their sum: `7 steps: 5 done, 2 to do`. */
export const describeOutcomeCounts = (report: Report): string => {
  const total = report.steps.length;
  return `${total} ${total === 1 ? 'step' : 'steps'}: ${describeOutcomes(report) || 'nothing to check'}`;
};

/** Why a step doesn't count: since when the owner skips it, why, and what the check found anyway. */
export const describeSkip = (step: StepReport): string | undefined =>
  step.skipped &&
  `Skipped since ${formatDay(step.skipped.on)}: ${step.skipped.reason} (otherwise: ${statusLabels[step.status].word})`;
