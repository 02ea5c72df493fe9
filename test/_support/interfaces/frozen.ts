import type { Shape, Values } from './shape.ts';

export type Step = { id: string; chapter: string; actor: string };
type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A run, and what must come of it. `args` may hold `{home}`, `{answers}` and `{steps}`. */
export type Run = {
  interface: string;
  args: string;
  home: string;
  answers?: Answers;
  code?: number;
  json?: Values;
  stdout?: string;
  says?: string;
  writes?: string;
};

export type CommandLine = { options: readonly string[]; runs: readonly Run[] };
export type ExitCode = { code: number; name: string; meaning: string; runs: readonly Run[] };
export type Question = { kind: string; options?: readonly string[]; min?: number; max?: number };
export type Accepted = {
  step: string;
  account: string;
  answers: Readonly<Record<string, unknown>>;
  status?: string;
  /** Tried by a plan, in which this stands, since no practice setup brings it to an end at once. */
  planned?: string;
  /** Answers that are used and not remembered. */
  notKept?: readonly string[];
};
export type AnswersFrozen = {
  questions: Readonly<Record<string, Readonly<Record<string, Question>>>>;
  accepted: readonly Accepted[];
  readme: Answers;
};
export type Reports = Readonly<Record<'verify' | 'plan', { shape: Shape; values: Values }>> & {
  junit: {
    attributes: Readonly<Record<string, readonly string[]>>;
    inside: Readonly<Record<string, readonly string[]>>;
    values: Values;
    verdicts: Readonly<Record<string, string>>;
  };
  markdown: {
    verify: { title: string; columns: readonly string[] };
    plan: Readonly<Record<'title' | 'step' | 'state' | 'actor' | 'action' | 'permissions', string>>;
    states: Readonly<Record<string, string>>;
  };
};
export type Disk = {
  files: Readonly<Record<string, string>>;
  realFiles: Readonly<Record<string, string>>;
  lock: { folder: string; holder: string };
  damaged: Readonly<Record<string, string>>;
} & Readonly<Record<'progress' | 'journal', { shape: Shape; values: Values }>>;
export type Tag = { Key: string; Value: string };
type Tagged = { tags: Tag[] };
export type PracticeFile = { users: (Tagged & { loginProfile?: unknown })[]; topics: Tagged[] };
type ReadTag = {
  interface: string;
  tag: string;
  value?: string;
  noPassword?: boolean;
  step: string;
  with: string;
  without: string;
};
export type AccountFrozen = {
  tags: Readonly<Record<'users' | 'topics', Readonly<Record<string, string>>>>;
  names: Values;
  read: readonly ReadTag[];
};
type ReportedStep = {
  id: string;
  chapter: string;
  status: string;
  skipped: { reason: string; on: string } | null;
};
export type VerifyReport = { account: object; steps: readonly ReportedStep[] };
