import { mergeControlStatuses } from '../core/control-status.ts';
import type { AccountPlan } from '../aws/account-kind.ts';
import { printableJson } from '../lib/printable-json.ts';
import { countChanges } from './closing.ts';
import { countOutcomes } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

const formatJson = (value: object): string => `${printableJson(value, 2)}\n`;

const toJsonAccountPlan = ({ type, status, credits, until }: AccountPlan) => ({
  type,
  status,
  credits: credits ? { amount: credits.amount, unit: credits.unit } : null,
  until: until?.toISOString() ?? null,
});

const toJsonAccount = ({ id, alias, identity, kind, partition, plan, practice }: ReportedAccount) => ({
  id,
  alias: alias ?? null,
  identity,
  kind,
  partition,
  plan: plan ? toJsonAccountPlan(plan) : null,
  practice,
});

const toJsonStep = (step: StepReport) => ({
  id: step.id,
  title: step.title,
  chapter: step.category,
  status: step.status,
  summary: step.summary,
  remedy: step.remedy ?? null,
  cost: step.cost,
  controls: step.controls,
  controlStatuses: step.controlStatuses.map(({ standard, id, status }) => ({ standard, id, status })),
  skipped: step.skipped ? { reason: step.skipped.reason, on: step.skipped.on.toISOString() } : null,
  evidence: step.evidence.map(({ operation, at }) => ({ operation, at })),
});

const toJsonPlannedStep = (step: PlannedStep) => ({
  id: step.id,
  title: step.title,
  status: step.status,
  summary: step.summary,
  actor: step.performedBy,
  cost: step.cost,
  monthlyUsd: step.monthlyUsd ?? null,
  actions: step.actions.map(({ why, calls }) => ({
    why,
    calls: calls.map(({ operation, input }) => ({ operation, input })),
  })),
  permissions: step.permissions,
});

/** The result of `verify` for other programs; an interface, with `version` counting its incompatible changes. */
export const formatReportAsJson = (report: Report): string =>
  formatJson({
    version: 1,
    account: toJsonAccount(report.account),
    generatedAt: report.generatedAt.toISOString(),
    summary: countOutcomes(report),
    controls: mergeControlStatuses(report.steps.flatMap(({ controlStatuses }) => controlStatuses)),
    steps: report.steps.map(toJsonStep),
  });

/** The result of `plan` for other programs. */
export const formatPlanAsJson = (plan: PlanReport): string =>
  formatJson({
    version: 1,
    account: toJsonAccount(plan.account),
    generatedAt: plan.generatedAt.toISOString(),
    changes: countChanges(plan),
    steps: plan.steps.map(toJsonPlannedStep),
  });
