import { describeAccountPlan } from '../core/account-plan.ts';
import { sanitize } from '../lib/sanitize.ts';
import { getOutcome, describeSkip, type StepOutcome } from './outcome.ts';
import type { Report, StepReport } from './report.ts';

const maxJunitTextLength = 2000;

const xmlEntities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** `clean` also takes out the characters that XML 1.0 cannot hold at all, not even escaped. */
const escapeXml = (text: string): string =>
  sanitize(text, maxJunitTextLength).replaceAll(/[&<>"']/g, (one) => xmlEntities[one] ?? '');

type JunitResult = 'passed' | 'failure' | 'error' | 'skipped';

const junitResults: Record<StepOutcome, JunitResult> = {
  met: 'passed',
  attested: 'passed',
  waiting: 'failure',
  unmet: 'failure',
  unknown: 'error',
  skipped: 'skipped',
  'not-applicable': 'skipped',
};

const getJunitResult = (step: StepReport): JunitResult => junitResults[getOutcome(step)];

const renderTestcaseBody = (step: StepReport): string => {
  const result = getJunitResult(step);
  if (result === 'passed') return `<system-out>${escapeXml(step.summary)}</system-out>`;
  if (result === 'skipped') return `<skipped message="${escapeXml(describeSkip(step) ?? step.summary)}"/>`;
  return `<${result} type="${step.status}" message="${escapeXml(step.summary)}">${escapeXml(step.remedy ?? '')}</${result}>`;
};

const renderTestcase = (step: StepReport): string =>
  `    <testcase classname="${escapeXml(step.category)}" name="${escapeXml(`${step.id}: ${step.title}`)}">${renderTestcaseBody(step)}</testcase>`;

/** The result of `verify` for build servers: a step that is not done is a failure, one that could not be checked an error. */
export const formatReportAsJunit = ({ account, generatedAt, steps }: Report): string => {
  const count = (result: JunitResult) => steps.filter((step) => getJunitResult(step) === result).length;
  const counts = `tests="${steps.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const properties = Object.entries({
    account: account.id,
    identity: account.identity,
    practice: account.practice,
    ...(account.plan && { plan: describeAccountPlan(account.plan) }),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="aws-first-steps" ${counts} timestamp="${generatedAt.toISOString()}">`,
    '    <properties>',
    ...properties.map(
      ([name, value]) => `      <property name="${name}" value="${escapeXml(String(value))}"/>`,
    ),
    '    </properties>',
    ...steps.map(renderTestcase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};
