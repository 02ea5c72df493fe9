import type { AccountPlan } from '../aws/account-kind.ts';
import type { AccountKind } from '../aws/account-kind.ts';
import type { Evidence } from '../aws/plugins.ts';
import type { ControlStatus } from '../core/control-status.ts';
import type { Category, Controls } from '../core/step.ts';
import type { StepStatus } from '../core/status.ts';

/** The formats of `--format`. */
export const reportFormats = ['table', 'json', 'markdown', 'junit'] as const;

/** One of {@link reportFormats}. */
export type ReportFormat = (typeof reportFormats)[number];

/** What the check of one step found, as `verify` reports it. */
export type StepReport = {
  id: string;
  title: string;
  category: Category;
  status: StepStatus;
  summary: string;
  remedy?: string | undefined;
  cost: string;
  controls: Controls;
  /** The status of each of these controls, which is not that of the step. */
  controlStatuses: readonly ControlStatus[];
  /** Why and since when the owner skips the step; it is checked anyway. */
  skipped?: { reason: string; on: Date } | undefined;
  evidence: readonly Evidence[];
};

/** What a step that is not done would still do: `plan` shows it. */
export type PlannedStep = {
  id: string;
  title: string;
  cost: string;
  status: StepStatus;
  summary: string;
  performedBy: 'root' | 'administrator';
  actions: readonly { why: string; calls: readonly { operation: string; input: object }[] }[];
  /** What these actions cost a month in USD, where that can be told, and what that rests on. */
  monthlyUsd?: number | undefined;
  costCondition?: string | undefined;
  /** IAM actions that carrying it out needs, looking included. */
  permissions: readonly string[];
};

/** Whose account a report is about. */
export type ReportedAccount = {
  id: string;
  alias?: string | undefined;
  identity: string;
  kind: AccountKind;
  plan?: AccountPlan | undefined;
  partition: string;
  practice: boolean;
};

/** The whole result of `verify`. */
export type Report = {
  account: ReportedAccount;
  generatedAt: Date;
  steps: readonly StepReport[];
};

/** How a run was started, as far as the last lines of a report depend on it. */
export type ReportContext = {
  /** The command that goes on with the setup, with the options of this run. */
  setup: string;
  /** The command that checks all steps. */
  verify: string;
  /** Whether only some of the steps were looked at (`--only`). */
  isPartial: boolean;
  /** Whether the table of a plan lists permissions (`--permissions`). */
  permissions?: boolean | undefined;
};

/** The whole result of `plan`. */
export type PlanReport = { account: ReportedAccount; generatedAt: Date; steps: readonly PlannedStep[] };
