import { describeAccountPlan } from '../core/account-plan.ts';
import { sanitize } from '../lib/sanitize.ts';
import { formatMinute } from '../lib/dates.ts';
import { describePlanTotal } from './closing.ts';
import { getOutcome, formatOutcome, describeSkip, describeOutcomeCounts } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

const maxMarkdownTextLength = 2000;

const markdownEntities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text that says the same in Markdown as it does without: no HTML, no links, no new cells, no lists. */
const escapeMarkdown = (text: string): string =>
  sanitize(text, maxMarkdownTextLength)
    .trim()
    .replaceAll(/[\\`*_[\]|~#!]/g, String.raw`\$&`)
    .replaceAll(/[&<>]/g, (one) => markdownEntities[one] ?? '')
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^[-+=]/, String.raw`\$&`);

const formatMarkdownCode = (text: string): string =>
  `\`${sanitize(text, maxMarkdownTextLength).replaceAll(/[`|]/g, '')}\``;

const renderMarkdownIntroduction = (title: string, account: ReportedAccount, generatedAt: Date): string[] => {
  const alias = account.alias ? ` (${escapeMarkdown(account.alias)})` : '';
  const practice = account.practice ? ', a practice account' : '';
  return [
    `# ${title}`,
    '',
    `AWS account ${escapeMarkdown(account.id)}${alias}${practice}, seen as ${escapeMarkdown(account.identity)} on ${formatMinute(generatedAt)}.`,
    '',
    ...(account.plan ? [`${escapeMarkdown(describeAccountPlan(account.plan))}.`, ''] : []),
  ];
};

const renderMarkdownRow = (step: StepReport): string => {
  const finding = [step.summary, describeSkip(step), step.remedy].filter((part) => part !== undefined);
  return `| ${formatOutcome(getOutcome(step))} | ${escapeMarkdown(step.title)} | ${finding.map(escapeMarkdown).join('<br>')} |`;
};

/** The result of `verify` as a page to keep or to post. */
export const formatReportAsMarkdown = (report: Report): string =>
  [
    ...renderMarkdownIntroduction('AWS First Steps', report.account, report.generatedAt),
    '| State | Step | Finding |',
    '| --- | --- | --- |',
    ...report.steps.map(renderMarkdownRow),
    '',
    `${describeOutcomeCounts(report)}.`,
    '',
  ].join('\n');

const renderMarkdownPlannedStep = (step: PlannedStep): string[] => [
  `## ${escapeMarkdown(step.title)}`,
  '',
  `${formatOutcome(step.status)}: ${escapeMarkdown(step.summary)}`,
  '',
  `Carried out by: ${step.performedBy}. Cost: ${escapeMarkdown(step.cost)}.`,
  '',
  ...step.actions.map(({ why, calls }, index) => {
    const operations = calls.map(({ operation }) => formatMarkdownCode(operation)).join(', ');
    return `${index + 1}. ${escapeMarkdown(why)}${operations && `: ${operations}`}`;
  }),
  ...(step.actions.length > 0 ? [''] : []),
  ...(step.permissions.length > 0
    ? [`Permissions: ${step.permissions.map(formatMarkdownCode).join(', ')}`, '']
    : []),
];

/** The result of `plan` as a page to keep or to post. */
export const formatPlanAsMarkdown = (plan: PlanReport): string =>
  [
    ...renderMarkdownIntroduction('AWS First Steps: what is still to do', plan.account, plan.generatedAt),
    ...(plan.steps.length > 0
      ? [...plan.steps.flatMap(renderMarkdownPlannedStep), escapeMarkdown(describePlanTotal(plan)), '']
      : ['Nothing is left to do.', '']),
  ].join('\n');
