import type { AnswerTo, Question } from './question.ts';
import type { StepState, StepStatus } from './status.ts';

/** Something that the owner does elsewhere: in the AWS console as root, in the mailbox. */
export type ManualTaskId =
  | 'root-mfa'
  | 'root-access-keys'
  | 'billing-access'
  | 'billing-alerts'
  | 'confirm-email'
  | 'verify-budget-email'
  | 'fire-drill'
  | 'sign-in';

/** What the owner is to do elsewhere: where, and how. */
export type ManualTask = {
  kind: 'manual-task';
  id: ManualTaskId;
  /** The name of the question that asks whether it is done. */
  doneQuestion: string;
  url?: string;
  instructions: readonly string[];
};

/** One line of the list of steps. */
export type StepEntry = {
  id: string;
  title: string;
  status: StepState;
  /** What was found last, in one sentence. */
  finding?: string;
};

/** Where the owner is: whose account, as whom, and how far. Front ends keep it in sight. */
export type Header = {
  kind: 'header';
  /** `4312-0987-6655 (alias)`, or nothing before it is known. */
  account?: string;
  /** `root user`, `user maria`. */
  identity?: string;
  practice: boolean;
  entries: readonly StepEntry[];
  /** The id of the step that is run now. */
  current?: string;
  /** What the current step costs, in words. */
  cost?: string;
  /** What the owner reads who asks for help here. */
  help?: HelpPage;
};

/** A page of help: paragraphs, words and what they mean, and where to read on. */
export type HelpPage = {
  title: string;
  paragraphs: readonly string[];
  words: readonly { word: string; meaning: string }[];
  url?: string;
};

/** One line of a plan: why, and the calls that it makes, as CloudTrail names them. */
export type PlanLine = { why: string; operations: readonly string[] };

/** What becomes of a line of the plan that was shown last; `line` counts from 0. */
export type PlanProgress = {
  kind: 'plan-progress';
  line: number;
  why: string;
  state: 'begun' | 'done' | 'failed' | 'interrupted';
};

/** What the program has to say, as data: front ends decide how it looks, and none of it has escape codes. */
export type Message =
  | Header
  | { kind: 'heading'; title: string; paragraphs: readonly string[] }
  | { kind: 'finding'; status: StepStatus; summary: string; remedy?: string | undefined }
  | { kind: 'plan'; lines: readonly PlanLine[]; cost: string }
  | PlanProgress
  | ManualTask
  | { kind: 'text'; text: string; tone?: 'plain' | 'warning' | 'success' }
  | SummaryMessage;

/** The last page. */
export type SummaryMessage = {
  kind: 'summary';
  /** The verdict, in one line. */
  title: string;
  /** `4312-0987-6655 · 27 Nov 2026` */
  subtitle: string;
  entries: readonly SummaryLine[];
  /** What the owner keeps: a label of a few words, what belongs to it, and a command to copy, which is never broken. */
  facts: readonly { label: string; text: string; command?: string }[];
  /** What is left to do, if anything. */
  left: readonly string[];
};

/** One line of the summary: a step and what became of it. */
export type SummaryLine = StepEntry & { summary: string };

/**
 * A secret, shown only while something goes on, then wiped wherever the front end can. `getLiveLine`, if there, is asked
 * every second for one more line: what the practice phone shows now.
 */
export type SecretMessage =
  | {
      kind: 'qr';
      title: string;
      uri: string;
      secret: string;
      instructions: readonly string[];
      /** What to do instead where the code cannot be drawn. */
      fallbackInstructions: readonly string[];
      getLiveLine?: () => string;
    }
  | {
      kind: 'password';
      title: string;
      /** Who signs in with it, and where. */
      userName: string;
      url: string;
      password: string;
      instructions: readonly string[];
    };

/** A secret to scan. */
export type QrMessage = Extract<SecretMessage, { kind: 'qr' }>;

/** A password that is shown once. */
export type PasswordMessage = Extract<SecretMessage, { kind: 'password' }>;

/** The one port between the program and its owner. */
export type Dialogue = {
  /**
   * Whether somebody is there who can scan, type codes and note a password. Where nobody is, the program does not
   * begin what only a person can finish.
   */
  readonly interactive: boolean;
  /** Whether the owner's tasks elsewhere are done for them, at once: how fast they were says nothing then. */
  readonly rehearses?: boolean;
  show(message: Message): void;
  /**
   * Rejects with {@link BackError}, {@link ExitError} or {@link UnansweredError}. `name` is the question's name: a
   * step's, under which the answers file may answer it, or the program's own (`ownQuestion`), which no file answers.
   */
  ask<Q extends Question>(question: Q, name: string): Promise<AnswerTo<Q>>;
  /**
   * A question that the world may answer first (the click in the mail, MFA turned on): whichever comes first wins and
   * the other is withdrawn: the question disappears, or `signal` aborts.
   */
  askUntil<Q extends Question, E>(
    question: Q,
    name: string,
    event: (signal: AbortSignal) => Promise<E>,
  ): Promise<{ answer: AnswerTo<Q> } | { event: E }>;
  /**
   * Shows that something is going on while `work` runs. A request to exit waits until it is over. Afterwards a line says
   * that it was done, unless its trace is `transient`: a check changes nothing and leaves nothing to read.
   */
  runWithProgress<T>(label: string, work: () => Promise<T>, trace?: 'kept' | 'transient'): Promise<T>;
  /** Shows a secret while `work` (usually a question or two) goes on, then wipes it. */
  showSecretWhile<T>(message: SecretMessage, work: () => Promise<T>): Promise<T>;
};

/** Rejection of a question: the owner wants to see the question before it, or the list. */
export class BackError extends Error {
  override name = 'BackError';
}

/** What made the owner leave: Ctrl-C or another signal, or an input that ended. */
export type ExitCause = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'end-of-input';

/** Rejection of a question: the owner wants to stop here. */
export class ExitError extends Error {
  override name = 'ExitError';
  readonly exitCause: ExitCause;
  constructor(by: ExitCause = 'SIGINT') {
    super('stopped by the owner');
    this.exitCause = by;
  }
}

/** Rejection of a question that has no answer in the answers file, with nobody there to ask. */
export class UnansweredError extends Error {
  override name = 'UnansweredError';
  readonly question: string;
  constructor(question: string) {
    super(`the question "${question}" was not answered`);
    this.question = question;
  }
}
