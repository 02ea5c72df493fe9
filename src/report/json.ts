import type { AccountPlan } from '../core/account-plan.ts';
import { printableJson } from '../lib/printable-json.ts';
import { summaryOf } from './outcome.ts';
import type { PlanReport, PlannedStep, Report, ReportedAccount, StepReport } from './report.ts';

const stringified = (value: object): string => `${printableJson(value, 2)}\n`;

const accountPlan = ({ type, status, credits, until }: AccountPlan) => ({
  type,
  status,
  credits: credits ? { amount: credits.amount, unit: credits.unit } : null,
  until: until?.toISOString() ?? null,
});

const account = ({ id, alias, identity, kind, partition, plan, practice }: ReportedAccount) => ({
  id,
  alias: alias ?? null,
  identity,
  kind,
  partition,
  plan: plan ? accountPlan(plan) : null,
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
