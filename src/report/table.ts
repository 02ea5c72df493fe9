import stringWidth from 'string-width';
import { describeAccountPlan } from '../core/account-plan.ts';
import { omitSetupAdvice } from '../core/remedy.ts';
import { sanitize } from '../lib/sanitize.ts';
import { padText, wrapText } from '../lib/text.ts';
import { formatMinute } from '../lib/dates.ts';
import { createPlanClosing, createReportClosing, type Closing } from './closing.ts';
import { getOutcome, formatOutcome, describeSkip, type StepOutcome } from './outcome.ts';
import type {
  PlanReport,
  PlannedStep,
  Report,
  ReportContext,
  ReportedAccount,
  StepReport,
} from './report.ts';

/** How wide the terminal is, and whether it shows colours. */
export type TableOptions = { columns: number; color: boolean };

const maxTableTextLength = 2000;

/** Longer lines are hard to read. */
const maxTableColumns = 130;

/** Wide enough for the sign, the longest word and a gap. */
const stateColumnWidth = 15;

/** With fewer columns than this, findings stand below the state instead of beside it. */
const minColumnsForStateColumn = 50;

/** From this width on, the title has a column of its own, and most steps fit on one line. */
const minColumnsForTitleColumn = 120;

const maxTitleColumnWidth = 32;

const outcomeColors: Record<StepOutcome, number> = {
  met: 32,
  attested: 32,
  waiting: 33,
  unknown: 33,
  unmet: 31,
  skipped: 2,
  'not-applicable': 2,
};

const boldSgr = 1;

type TableRow = { outcome: StepOutcome; title: string; details: readonly string[] };

type TableRenderer = {
  /** Lines over the whole width. */
  renderFullWidth: (text: string) => string[];
  /** The state of a step, its title, and the details beside the title or below it. */
  renderRow: (row: TableRow) => string[];
  /** The last line. A command that does not fit into it has a line of its own, whole, so that it can be copied. */
  renderClosing: (closing: Closing) => string[];
};

const cleanTableText = (text: string): string =>
  sanitize(text, maxTableTextLength).split(' ').filter(Boolean).join(' ');

const wrapTableText = (text: string, width: number) =>
  wrapText(cleanTableText(text), Math.max(1, width), 'break');

const wrapDetails = (details: readonly string[], width: number): string[] =>
  details.flatMap((detail) => wrapTableText(detail, width));

/** How wide the column of titles is; 0 where titles stand above the details. */
const getTitleColumnWidth = (columns: number, rows: readonly TableRow[]): number =>
  columns < minColumnsForTitleColumn
    ? 0
    : Math.min(
        maxTitleColumnWidth,
        2 + Math.max(0, ...rows.map(({ title }) => stringWidth(cleanTableText(title)))),
      );

const createTableRenderer = (
  { columns: available, color }: TableOptions,
  rows: readonly TableRow[],
): TableRenderer => {
  const columns = Math.min(available, maxTableColumns);
  const margin = columns >= minColumnsForStateColumn ? stateColumnWidth : 2;
  const titleWidth = getTitleColumnWidth(columns, rows);
  const paint = (code: number, text: string) => (color && text ? `\u001B[${code}m${text}\u001B[0m` : text);
  const indented = (text: string) => ' '.repeat(margin) + text;

  const renderWideRow = ({ outcome, title, details }: TableRow): string[] => {
    const titles = wrapTableText(title, titleWidth - 2);
    const lines = wrapDetails(details, columns - margin - titleWidth);
    return Array.from({ length: Math.max(titles.length, lines.length) }, (_, index) =>
      [
        index === 0
          ? paint(outcomeColors[outcome], padText(formatOutcome(outcome), margin))
          : ' '.repeat(margin),
        paint(boldSgr, padText(titles[index] ?? '', lines[index] === undefined ? 0 : titleWidth)),
        lines[index] ?? '',
      ].join(''),
    );
  };

  const renderNarrowRow = ({ outcome, title, details }: TableRow): string[] => {
    const [first = '', ...rest] = wrapTableText(title, columns - margin).map((line) => paint(boldSgr, line));
    const beside = margin === stateColumnWidth;
    return [
      paint(outcomeColors[outcome], padText(formatOutcome(outcome), beside ? margin : 0)) +
        (beside ? first : ''),
      ...(beside ? rest : [first, ...rest]).map(indented),
      ...wrapDetails(details, columns - margin).map(indented),
    ];
  };

  return {
    renderFullWidth: (text) => wrapTableText(text, columns),
    renderRow: titleWidth > 0 ? renderWideRow : renderNarrowRow,
    renderClosing: ({ verdict, command }) => {
      const lines = wrapTableText(verdict, columns);
      if (!command) return lines;
      const before = lines.at(-1) ?? '';
      const end = `${command.label} ${sanitize(command.line, maxTableTextLength)}`;
      return stringWidth(before) + 1 + stringWidth(end) <= columns
        ? [...lines.slice(0, -1), `${before} ${end}`]
        : [...lines, end];
    },
  };
};

const describeReportedAccount = (account: ReportedAccount, generatedAt: Date, columns: number): string[] => {
  const alias = account.alias ? ` (${account.alias})` : '';
  const practice = account.practice ? ' · practice' : '';
  const who = `AWS account ${account.id}${alias}, seen as ${account.identity}${practice}`;
  const line = `${who} · ${formatMinute(generatedAt)}`;
  return [
    ...(stringWidth(cleanTableText(line)) <= columns ? [line] : [who, formatMinute(generatedAt)]),
    ...(account.plan ? [describeAccountPlan(account.plan)] : []),
  ];
};

const omitUndefined = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text): text is string => text !== undefined && text !== '');

/** The last line of the table tells to run the setup, so that remedies need not. */
const listFindingLines = (step: StepReport): string[] => {
  const remedy = omitSetupAdvice(step.remedy ?? '');
  return omitUndefined([step.summary, describeSkip(step), remedy && `→ ${remedy}`]);
};

const performerNames: Readonly<Record<PlannedStep['performedBy'], string>> = {
  root: 'root',
  administrator: 'an administrator',
};

const listPlannedStepLines = (step: PlannedStep, permissions: boolean): string[] => [
  step.summary,
  `As ${performerNames[step.performedBy]} · ${step.cost}`,
  ...step.actions.map(({ why, calls }, index) => {
    const operations = calls.map(({ operation }) => operation).join(', ');
    return `${index + 1} ${why}${operations && ` [${operations}]`}`;
  }),
  ...(permissions && step.permissions.length > 0 ? [`Permissions: ${step.permissions.join(', ')}`] : []),
];

type TableParts = {
  account: ReportedAccount;
  generatedAt: Date;
  rows: readonly TableRow[];
  /** Whether a row is long, so that a blank line stands after it. */
  isSpaced: boolean;
  closing: Closing;
};

const formatTable = (
  { account, generatedAt, rows, isSpaced, closing }: TableParts,
  options: TableOptions,
): string => {
  const { renderFullWidth, renderRow, renderClosing } = createTableRenderer(options, rows);
  const steps = rows.flatMap((row) => [...renderRow(row), ...(isSpaced ? [''] : [])]);
  return [
    ...describeReportedAccount(account, generatedAt, options.columns).flatMap(renderFullWidth),
    '',
    ...steps,
    ...(isSpaced || steps.length === 0 ? [] : ['']),
    ...renderClosing(closing),
    '',
  ].join('\n');
};

/** The result of `verify` for people. */
export const formatReportAsTable = (report: Report, options: TableOptions, context: ReportContext): string =>
  formatTable(
    {
      ...report,
      rows: report.steps.map((step) => ({
        outcome: getOutcome(step),
        title: step.title,
        details: listFindingLines(step),
      })),
      isSpaced: false,
      closing: createReportClosing(report, context),
    },
    options,
  );

/** The result of `plan` for people. */
export const formatPlanAsTable = (plan: PlanReport, options: TableOptions, context: ReportContext): string =>
  formatTable(
    {
      ...plan,
      rows: plan.steps.map((step) => ({
        outcome: step.status,
        title: step.title,
        details: listPlannedStepLines(step, context.permissions ?? false),
      })),
      isSpaced: true,
      closing: createPlanClosing(plan, context),
    },
    // Plans are read from top to bottom: beside their titles they would be too narrow.
    { ...options, columns: Math.min(options.columns, minColumnsForTitleColumn - 1) },
  );
