import { planInWords } from '../core/account-plan.ts';
import { clean } from '../lib/sanitize.ts';
import { outcomeOf, skippedInWords, type Outcome } from './outcome.ts';
import type { Report, StepReport } from './report.ts';

const LONGEST = 2000;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** `clean` also takes out the characters that XML 1.0 cannot hold at all, not even escaped. */
const xml = (text: string): string =>
  clean(text, LONGEST).replaceAll(/[&<>"']/g, (one) => entities[one] ?? '');

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

const verdicts: Record<Outcome, Verdict> = {
  met: 'passed',
  attested: 'passed',
  waiting: 'failure',
  unmet: 'failure',
  unknown: 'error',
  skipped: 'skipped',
  'not-applicable': 'skipped',
};

const verdictOf = (step: StepReport): Verdict => verdicts[outcomeOf(step)];

const inside = (step: StepReport): string => {
  const verdict = verdictOf(step);
  if (verdict === 'passed') return `<system-out>${xml(step.summary)}</system-out>`;
  if (verdict === 'skipped') return `<skipped message="${xml(skippedInWords(step) ?? step.summary)}"/>`;
  return `<${verdict} type="${step.status}" message="${xml(step.summary)}">${xml(step.remedy ?? '')}</${verdict}>`;
};

const testcase = (step: StepReport): string =>
  `    <testcase classname="${xml(step.chapter)}" name="${xml(`${step.id}: ${step.title}`)}">${inside(step)}</testcase>`;

/** The result of `verify` for build servers: what is not done is a failure, what could not be told an error. */
export const reportAsJunit = ({ account, generatedAt, steps }: Report): string => {
  const count = (verdict: Verdict) => steps.filter((step) => verdictOf(step) === verdict).length;
  const counts = `tests="${steps.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const properties = Object.entries({
    account: account.id,
    identity: account.identity,
    practice: account.practice,
    ...(account.plan && { plan: planInWords(account.plan) }),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="aws-first-steps" ${counts} timestamp="${generatedAt.toISOString()}">`,
    '    <properties>',
    ...properties.map(([name, value]) => `      <property name="${name}" value="${xml(String(value))}"/>`),
    '    </properties>',
    ...steps.map(testcase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};
