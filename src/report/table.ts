import { planInWords } from '../core/account-plan.ts';
import { clean } from '../lib/sanitize.ts';
import { minute } from '../lib/dates.ts';
import { outcomeOf, signOf, skippedInWords, summaryInWords, wordOf, type Outcome } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';
import { padded, wrap } from './wrap.ts';

/** How wide the terminal is, and whether it shows colours. */
export type TableOptions = { columns: number; color: boolean };

const LONGEST = 2000;

/** Wide enough for the sign, the longest word and a gap. */
const MARGIN = 15;

/** With fewer columns than this, findings stand below the state instead of beside it. */
const ROOMY = 50;

const colours: Record<Outcome, number> = {
  met: 32,
  attested: 32,
  waiting: 33,
  unknown: 33,
  unmet: 31,
  skipped: 2,
  'not-applicable': 2,
};

const BOLD = 1;

type Page = {
  /** Lines over the whole width. */
  across: (text: string) => string[];
  /** The state of a step, its title, and under the title what is to be said of it. */
  entry: (outcome: Outcome, title: string, details: readonly string[]) => string[];
};

const lines = (text: string, width: number) => wrap(clean(text, LONGEST), Math.max(1, width));

const page = ({ columns, color }: TableOptions): Page => {
  const margin = columns >= ROOMY ? MARGIN : 2;
  const paint = (code: number, text: string) => (color && text ? `\u001B[${code}m${text}\u001B[0m` : text);
  const indented = (text: string) => ' '.repeat(margin) + text;
  return {
    across: (text) => lines(text, columns),
    entry: (outcome, title, details) => {
      const [first = '', ...rest] = lines(title, columns - margin).map((line) => paint(BOLD, line));
      const state = `${signOf(outcome)} ${wordOf(outcome)}`;
      const beside = margin === MARGIN;
      return [
        paint(colours[outcome], padded(state, beside ? margin : 0)) + (beside ? first : ''),
        ...(beside ? rest : [first, ...rest]).map(indented),
        ...details.flatMap((detail) => lines(detail, columns - margin)).map(indented),
        '',
      ];
    },
  };
};

const whose = (account: ReportedAccount): string[] => {
  const alias = account.alias ? ` (${account.alias})` : '';
  return [
    `AWS account ${account.id}${alias}, seen as ${account.identity}${account.practice ? ' · practice' : ''}`,
    ...(account.plan ? [planInWords(account.plan)] : []),
  ];
};

const present = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text) => text !== undefined);

const found = (step: StepReport): string[] =>
  present([step.summary, skippedInWords(step), step.remedy && `→ ${step.remedy}`]);

const planned = (step: PlannedStep): string[] => [
  step.summary,
  `Carried out by: ${step.actor}. Cost: ${step.cost}.`,
  ...step.actions.map(({ why, calls }, index) => {
    const operations = calls.map(({ operation }) => operation).join(', ');
    return `${index + 1} ${why}${operations && ` [${operations}]`}`;
  }),
  ...(step.permissions.length > 0 ? [`Permissions: ${step.permissions.join(', ')}`] : []),
];

/** The result of `verify` for people. */
export const reportAsTable = (report: Report, options: TableOptions): string => {
  const { across, entry } = page(options);
  return [
    ...whose(report.account).flatMap(across),
    ...across(minute(report.generatedAt)),
    '',
    ...report.steps.flatMap((step) => entry(outcomeOf(step), step.title, found(step))),
    ...across(summaryInWords(report)),
    '',
  ].join('\n');
};

/** The result of `plan` for people. */
export const planAsTable = (plan: PlanReport, options: TableOptions): string => {
  const { across, entry } = page(options);
  return [
    ...whose(plan.account).flatMap(across),
    ...across(minute(plan.generatedAt)),
    '',
    ...plan.steps.flatMap((step) => entry(step.status, step.title, planned(step))),
    ...(plan.steps.length === 0 ? across('Nothing is left to do.') : []),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
};
