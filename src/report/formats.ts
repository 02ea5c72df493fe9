import { exitCodes, type ExitCode } from '../lib/user-error.ts';
import { formatPlanAsJson, formatReportAsJson } from './json.ts';
import { formatReportAsJunit } from './junit.ts';
import { formatPlanAsMarkdown, formatReportAsMarkdown } from './markdown.ts';
import { getOutcome } from './outcome.ts';
import type { PlanReport, Report, ReportContext, ReportFormat } from './report.ts';
import { formatPlanAsTable, formatReportAsTable } from './table.ts';

/** As far as a stream matters to a table: how wide it is, and whether it shows colours. */
export type ReportStream = { columns?: number; isTTY?: boolean; hasColors?(): boolean };

const getTableOptions = (stream: ReportStream) => ({
  columns: stream.columns ?? 80,
  color: stream.isTTY === true && stream.hasColors?.() === true && !process.env['NO_COLOR'],
});

/** The report of `verify` in the format asked for. */
export const formatReport = (
  format: ReportFormat,
  report: Report,
  stream: ReportStream,
  context: ReportContext,
): string => {
  switch (format) {
    case 'table':
      return formatReportAsTable(report, getTableOptions(stream), context);
    case 'json':
      return formatReportAsJson(report);
    case 'markdown':
      return formatReportAsMarkdown(report);
    case 'junit':
      return formatReportAsJunit(report);
  }
};

/** The plan in the format asked for; it has no results, so not as JUnit. */
export const formatPlan = (
  format: ReportFormat,
  plan: PlanReport,
  stream: ReportStream,
  context: ReportContext,
): string => {
  if (format === 'json') return formatPlanAsJson(plan);
  return format === 'markdown'
    ? formatPlanAsMarkdown(plan)
    : formatPlanAsTable(plan, getTableOptions(stream), context);
};

/** The exit code that says the same as the report. */
export const getReportExitCode = (report: Report): ExitCode => {
  const outcomes = new Set(report.steps.map(getOutcome));
  if (outcomes.has('unknown')) return exitCodes.problem;
  return outcomes.has('unmet') || outcomes.has('waiting') ? exitCodes.unfinished : exitCodes.done;
};

/** The exit code that says the same as the plan. */
export const getPlanExitCode = ({ steps }: PlanReport): ExitCode => {
  if (steps.some((step) => step.status === 'unknown')) return exitCodes.problem;
  return steps.length > 0 ? exitCodes.unfinished : exitCodes.done;
};
