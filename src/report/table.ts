import { describeAccountPlan } from '../core/account-plan.ts';
import { sanitize } from '../lib/sanitize.ts';
import { padText, wrapText } from '../lib/text.ts';
import { formatMinute } from '../lib/dates.ts';
import {
  getOutcome,
  formatOutcome,
  describeSkip,
  describeOutcomeCounts,
  type StepOutcome,
} from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

/** How wide the terminal is, and whether it shows colours. */
export type TableOptions = { columns: number; color: boolean };

const maxTableTextLength = 2000;

/** Wide enough for the sign, the longest word and a gap. */
const stateColumnWidth = 15;

/** With fewer columns than this, findings stand below the state instead of beside it. */
const minColumnsForStateColumn = 50;

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

type TableRenderer = {
  /** Lines over the whole width. */
  renderFullWidth: (text: string) => string[];
  /** The state of a step, its title, and the details under the title. */
  renderStep: (outcome: StepOutcome, title: string, details: readonly string[]) => string[];
};

const wrapTableText = (text: string, width: number) => {
  const words = sanitize(text, maxTableTextLength).split(' ').filter(Boolean);
  return wrapText(words.join(' '), Math.max(1, width), 'break');
};

const createTableRenderer = ({ columns, color }: TableOptions): TableRenderer => {
  const margin = columns >= minColumnsForStateColumn ? stateColumnWidth : 2;
  const paint = (code: number, text: string) => (color && text ? `\u001B[${code}m${text}\u001B[0m` : text);
  const indented = (text: string) => ' '.repeat(margin) + text;
  return {
    renderFullWidth: (text) => wrapTableText(text, columns),
    renderStep: (outcome, title, details) => {
      const [first = '', ...rest] = wrapTableText(title, columns - margin).map((line) =>
        paint(boldSgr, line),
      );
      const state = formatOutcome(outcome);
      const beside = margin === stateColumnWidth;
      return [
        paint(outcomeColors[outcome], padText(state, beside ? margin : 0)) + (beside ? first : ''),
        ...(beside ? rest : [first, ...rest]).map(indented),
        ...details.flatMap((detail) => wrapTableText(detail, columns - margin)).map(indented),
        '',
      ];
    },
  };
};

const describeReportedAccount = (account: ReportedAccount): string[] => {
  const alias = account.alias ? ` (${account.alias})` : '';
  return [
    `AWS account ${account.id}${alias}, seen as ${account.identity}${account.practice ? ' · practice' : ''}`,
    ...(account.plan ? [describeAccountPlan(account.plan)] : []),
  ];
};

const omitUndefined = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined);

const listFindingLines = (step: StepReport): string[] =>
  omitUndefined([step.summary, describeSkip(step), step.remedy && `→ ${step.remedy}`]);

const listPlannedStepLines = (step: PlannedStep): string[] => [
  step.summary,
  `Carried out by: ${step.performedBy}. Cost: ${step.cost}.`,
  ...step.actions.map(({ why, calls }, index) => {
    const operations = calls.map(({ operation }) => operation).join(', ');
    return `${index + 1} ${why}${operations && ` [${operations}]`}`;
  }),
  ...(step.permissions.length > 0 ? [`Permissions: ${step.permissions.join(', ')}`] : []),
];

/** The result of `verify` for people. */
export const formatReportAsTable = (report: Report, options: TableOptions): string => {
  const { renderFullWidth, renderStep } = createTableRenderer(options);
  return [
    ...describeReportedAccount(report.account).flatMap(renderFullWidth),
    ...renderFullWidth(formatMinute(report.generatedAt)),
    '',
    ...report.steps.flatMap((step) => renderStep(getOutcome(step), step.title, listFindingLines(step))),
    ...renderFullWidth(describeOutcomeCounts(report)),
    '',
  ].join('\n');
};

/** The result of `plan` for people. */
export const formatPlanAsTable = (plan: PlanReport, options: TableOptions): string => {
  const { renderFullWidth, renderStep } = createTableRenderer(options);
  return [
    ...describeReportedAccount(plan.account).flatMap(renderFullWidth),
    ...renderFullWidth(formatMinute(plan.generatedAt)),
    '',
    ...plan.steps.flatMap((step) => renderStep(step.status, step.title, listPlannedStepLines(step))),
    ...(plan.steps.length === 0 ? renderFullWidth('Nothing is left to do.') : []),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
};
