import { formatDay } from '../lib/dates.ts';
import type { StepStatus } from '../core/status.ts';
import type { Report, StepReport } from './report.ts';

/** What a step counts as: its status, unless the owner left it out. */
export type StepOutcome = StepStatus | 'skipped';

/** What `step` counts as. */
export const getOutcome = (step: Pick<StepReport, 'status' | 'skipped'>): StepOutcome =>
  step.skipped ? 'skipped' : step.status;

/** The outcome in one or two words. */
export const getOutcomeWord = (outcome: StepOutcome): string =>
  ({
    met: 'done',
    attested: 'you said so',
    waiting: 'waiting',
    unmet: 'to do',
    unknown: 'not known',
    skipped: 'skipped',
    'not-applicable': 'not needed',
  })[outcome];

/** The sign that stands beside the word. */
export const getOutcomeSign = (outcome: StepOutcome): string =>
  ({ met: '✔', attested: '☑', waiting: '…', unmet: '○', unknown: '?', skipped: '–', 'not-applicable': '–' })[
    outcome
  ];

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

/** The summary in words, without what there is none of: `7 steps: 5 done, 2 to do`. */
export const describeOutcomeCounts = (report: Report): string => {
  const total = report.steps.length;
  const parts = stepOutcomes
    .filter((outcome) => countOutcome(report, outcome) > 0)
    .map((outcome) => `${countOutcome(report, outcome)} ${getOutcomeWord(outcome)}`);
  return `${total} ${total === 1 ? 'step' : 'steps'}: ${parts.join(', ') || 'nothing to look at'}`;
};

/** Why a step does not count: since when the owner left it out, why, and what a look at it found all the same. */
export const describeSkip = (step: StepReport): string | undefined =>
  step.skipped &&
  `Skipped since ${formatDay(step.skipped.on)}: ${step.skipped.reason} (otherwise: ${getOutcomeWord(step.status)})`;
