import { day } from '../lib/dates.ts';
import type { Status } from '../core/step.ts';
import type { Report, StepReport } from './report.ts';

/** What a step counts as: its status, unless the owner left it out. */
export type Outcome = Status | 'skipped';

/** What `step` counts as. */
export const outcomeOf = (step: Pick<StepReport, 'status' | 'skipped'>): Outcome =>
  step.skipped ? 'skipped' : step.status;

/** The outcome in one or two words. */
export const wordOf = (outcome: Outcome): string =>
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
export const signOf = (outcome: Outcome): string =>
  ({ met: '✔', attested: '☑', waiting: '…', unmet: '○', unknown: '?', skipped: '–', 'not-applicable': '–' })[
    outcome
  ];

const outcomes: readonly Outcome[] = [
  'met',
  'attested',
  'waiting',
  'unmet',
  'not-applicable',
  'unknown',
  'skipped',
];

const count = ({ steps }: Report, outcome: Outcome): number =>
  steps.filter((step) => outcomeOf(step) === outcome).length;

/** How many steps came out how; the names are those of the JSON report. */
export const summaryOf = (report: Report) => ({
  met: count(report, 'met'),
  attested: count(report, 'attested'),
  waiting: count(report, 'waiting'),
  unmet: count(report, 'unmet'),
  notApplicable: count(report, 'not-applicable'),
  unknown: count(report, 'unknown'),
  skipped: count(report, 'skipped'),
  total: report.steps.length,
});

/** The summary in words, without what there is none of: `7 steps: 5 done, 2 to do`. */
export const summaryInWords = (report: Report): string => {
  const total = report.steps.length;
  const parts = outcomes
    .filter((outcome) => count(report, outcome) > 0)
    .map((outcome) => `${count(report, outcome)} ${wordOf(outcome)}`);
  return `${total} ${total === 1 ? 'step' : 'steps'}: ${parts.join(', ') || 'nothing to look at'}`;
};

/** Why a step does not count: since when the owner left it out, why, and what a look at it found all the same. */
export const skippedInWords = (step: StepReport): string | undefined =>
  step.skipped &&
  `Skipped since ${day(step.skipped.on)}: ${step.skipped.reason} (otherwise: ${wordOf(step.status)})`;
