import { summaryOf } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

// JSON.stringify escapes the C0 controls only. The rest of what could play tricks with a terminal or a reader is
// escaped here: other programs read this text, so that nothing may be removed.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;

const escapes = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((unit) => `\\u${unit}`)
    .join('');

const stringified = (value: object): string => {
  const text = JSON.stringify(value, null, 2);
  return `${text.replaceAll(INVISIBLE, (character) => (character === '\n' ? character : escapes(character)))}\n`;
};

const account = ({ id, alias, identity, kind, partition, practice }: ReportedAccount) => ({
  id,
  alias: alias ?? null,
  identity,
  kind,
  partition,
  practice,
});

const reported = (step: StepReport) => ({
  id: step.id,
  title: step.title,
  chapter: step.chapter,
  status: step.status,
  summary: step.summary,
  remedy: step.remedy ?? null,
  cost: step.cost,
  controls: step.controls,
  skipped: step.skipped ? { reason: step.skipped.reason, on: step.skipped.on.toISOString() } : null,
  evidence: step.evidence.map(({ operation, at }) => ({ operation, at })),
});

const planned = (step: PlannedStep) => ({
  id: step.id,
  title: step.title,
  status: step.status,
  summary: step.summary,
  actor: step.actor,
  cost: step.cost,
  actions: step.actions.map(({ why, calls }) => ({
    why,
    calls: calls.map(({ operation, input }) => ({ operation, input })),
  })),
  permissions: step.permissions,
});

/** The result of `verify` for other programs; an interface, with `version` counting its incompatible changes. */
export const reportAsJson = (report: Report): string =>
  stringified({
    version: 1,
    account: account(report.account),
    generatedAt: report.generatedAt.toISOString(),
    summary: summaryOf(report),
    steps: report.steps.map(reported),
  });

/** The result of `plan` for other programs. */
export const planAsJson = (plan: PlanReport): string =>
  stringified({
    version: 1,
    account: account(plan.account),
    generatedAt: plan.generatedAt.toISOString(),
    steps: plan.steps.map(planned),
  });
