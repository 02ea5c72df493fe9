import { planInWords } from '../core/account-plan.ts';
import { clean } from '../lib/sanitize.ts';
import { minute } from '../lib/dates.ts';
import { outcomeOf, signOf, skippedInWords, summaryInWords, wordOf, type Outcome } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

const LONGEST = 2000;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text that says the same in Markdown as it does without: no HTML, no links, no new cells, no lists. */
const plain = (text: string): string =>
  clean(text, LONGEST)
    .trim()
    .replaceAll(/[\\`*_[\]|~#!]/g, String.raw`\$&`)
    .replaceAll(/[&<>]/g, (one) => entities[one] ?? '')
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^[-+=]/, String.raw`\$&`);

const code = (text: string): string => `\`${clean(text, LONGEST).replaceAll(/[`|]/g, '')}\``;

const state = (outcome: Outcome): string => `${signOf(outcome)} ${wordOf(outcome)}`;

const introduction = (title: string, account: ReportedAccount, generatedAt: Date): string[] => {
  const alias = account.alias ? ` (${plain(account.alias)})` : '';
  const practice = account.practice ? ', a practice account' : '';
  return [
    `# ${title}`,
    '',
    `AWS account ${plain(account.id)}${alias}${practice}, seen as ${plain(account.identity)} on ${minute(generatedAt)}.`,
    '',
    ...(account.plan ? [`${plain(planInWords(account.plan))}.`, ''] : []),
  ];
};

const row = (step: StepReport): string => {
  const finding = [step.summary, skippedInWords(step), step.remedy].filter((part) => part !== undefined);
  return `| ${state(outcomeOf(step))} | ${plain(step.title)} | ${finding.map(plain).join('<br>')} |`;
};

/** The result of `verify` as a page to keep or to post. */
export const reportAsMarkdown = (report: Report): string =>
  [
    ...introduction('AWS First Steps', report.account, report.generatedAt),
    '| State | Step | Finding |',
    '| --- | --- | --- |',
    ...report.steps.map(row),
    '',
    `${summaryInWords(report)}.`,
    '',
  ].join('\n');

const planned = (step: PlannedStep): string[] => [
  `## ${plain(step.title)}`,
  '',
  `${state(step.status)}: ${plain(step.summary)}`,
  '',
  `Carried out by: ${step.actor}. Cost: ${plain(step.cost)}.`,
  '',
  ...step.actions.map(({ why, calls }, index) => {
    const operations = calls.map(({ operation }) => code(operation)).join(', ');
    return `${index + 1}. ${plain(why)}${operations && `: ${operations}`}`;
  }),
  ...(step.actions.length > 0 ? [''] : []),
  ...(step.permissions.length > 0 ? [`Permissions: ${step.permissions.map(code).join(', ')}`, ''] : []),
];

/** The result of `plan` as a page to keep or to post. */
export const planAsMarkdown = (plan: PlanReport): string =>
  [
    ...introduction('AWS First Steps: what is still to do', plan.account, plan.generatedAt),
    ...(plan.steps.length > 0 ? plan.steps.flatMap(planned) : ['Nothing is left to do.', '']),
  ].join('\n');
