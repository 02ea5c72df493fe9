import { exitCodes, type ExitCode } from '../lib/user-error.ts';
import { planAsJson, reportAsJson } from './json.ts';
import { reportAsJunit } from './junit.ts';
import { planAsMarkdown, reportAsMarkdown } from './markdown.ts';
import { outcomeOf } from './outcome.ts';
import type { PlanReport, Report } from './report.ts';
import { planAsTable, reportAsTable } from './table.ts';

/** The formats of `--format`. */
export type Format = 'table' | 'json' | 'markdown' | 'junit';

/** As far as a stream matters to a table: how wide it is, and whether it shows colours. */
export type Paper = { columns?: number; isTTY?: boolean; hasColors?(): boolean };

const table = (paper: Paper) => ({
  columns: paper.columns ?? 80,
  color: paper.isTTY === true && paper.hasColors?.() === true && !process.env['NO_COLOR'],
});

/** The report of `verify` in the format asked for. */
export const reportAs = (format: Format, report: Report, paper: Paper): string => {
  switch (format) {
    case 'table':
      return reportAsTable(report, table(paper));
    case 'json':
      return reportAsJson(report);
    case 'markdown':
      return reportAsMarkdown(report);
    case 'junit':
      return reportAsJunit(report);
  }
};

/** The plan in the format asked for; it has no results, so not as JUnit. */
export const planAs = (format: Format, plan: PlanReport, paper: Paper): string => {
  if (format === 'json') return planAsJson(plan);
  return format === 'markdown' ? planAsMarkdown(plan) : planAsTable(plan, table(paper));
};

/** The exit code that says the same as the report. */
export const exitCodeOfReport = (report: Report): ExitCode => {
  const outcomes = new Set(report.steps.map(outcomeOf));
  if (outcomes.has('unknown')) return exitCodes.problem;
  return outcomes.has('unmet') || outcomes.has('waiting') ? exitCodes.unfinished : exitCodes.done;
};

/** The exit code that says the same as the plan. */
export const exitCodeOfPlan = ({ steps }: PlanReport): ExitCode => {
  if (steps.some((step) => step.status === 'unknown')) return exitCodes.problem;
  return steps.length > 0 ? exitCodes.unfinished : exitCodes.done;
};
