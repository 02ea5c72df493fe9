import type { AwsClients } from '../aws/clients.ts';
import type { Action } from './action.ts';
import type { AccountInfo, AccountKind } from '../aws/account-kind.ts';
import type { Identity } from '../aws/identity.ts';
import type { ManualTask } from './dialogue.ts';
import type { StepStatus } from './status.ts';
import type { GivenAnswers, Questions } from './question.ts';
import {
  createQuestions,
  restoreAnswers,
  type RestoredAnswers,
  type StepAnswers,
  type StepQuestions,
} from './step-questions.ts';
import { kebabCase } from './question-names.ts';
import type { Attestations } from './attestation.ts';
import type { Price } from './price.ts';

/** The part of the way a step belongs to. */
export type Category = 'root' | 'people' | 'money' | 'further';

/** The ids of the controls that a step fulfils; an empty list where a standard has none. */
export type Controls = {
  /** CIS AWS Foundations Benchmark 5.0. */
  cis5: readonly string[];
  /** CIS AWS Foundations Benchmark 7.0. */
  cis7: readonly string[];
  /** AWS Startup Security Baseline. */
  ssb: readonly string[];
  /** AWS Security Hub CSPM. */
  securityHub: readonly string[];
  /** Prowler check ids. */
  prowler: readonly string[];
};

/**
 * Controls that ask for the same, and whether that holds. Only for controls that the check reads exactly: one that asks for
 * more, or for something else, has no rule. Undefined where the facts do not tell.
 */
type ControlRule<Facts> = {
  controls: Partial<Controls>;
  holds(facts: Facts): boolean | undefined;
};

/** What a check has to go by: AWS, and what the session has asked already. */
export type CheckContext = {
  /** Lets reads through and nothing else. */
  aws: AwsClients;
  identity: Identity;
  account: AccountInfo;
  attestations: Attestations;
  now: Date;
};

/** What a check found: a status, one sentence, the facts behind it, and what to do about it. */
export type Finding<Facts> = { status: StepStatus; summary: string; facts: Facts; remedy?: string };

/** A word of AWS, and what it means in one sentence. */
export type ExplainedWord = { word: string; meaning: string };

/** What the owner reads who asks for help in a step. */
export type StepHelp = {
  /** The words of AWS that the step uses. src/steps/shared/words.ts has those of several steps. */
  words: readonly ExplainedWord[];
  /** What can happen if it is skipped. */
  ifSkipped: string;
  /** How to take back what it changes. */
  undo: string;
  /** AWS's own page about it. */
  url: string;
};

/** What the last page tells of a step that is done: who signs in from now on, or what warns whom. */
export type OutcomeLine = { about: 'sign-in' | 'warnings'; text: string };

type StepBase<Facts> = {
  /** Kebab-case and stable: an interface (`--only`, the answers file, JSON). */
  id: string;
  title: string;
  /** Two or three plain sentences: what it is for, and what breaks when it is skipped. */
  why: readonly string[];
  category: Category;
  performedBy: 'root' | 'administrator';
  /** What it costs, in words: `free`, `0.50 USD a month per zone`. */
  cost: string;
  /** What these actions cost in this account, where that can be told more exactly than by `cost`. */
  price?(facts: NoInfer<Facts>, actions: readonly Action[]): Price;
  /** How long an owner takes for it who does it for the first time. */
  minutes: number;
  help: StepHelp;
  /** For the last page: what follows from it for the owner, once it is done. */
  outcome?(facts: NoInfer<Facts>): readonly OutcomeLine[];
  controls: Controls;
  /** For those of its controls that the check reads exactly. The others are never reported as passed or failed. */
  controlRules?: readonly ControlRule<NoInfer<Facts>>[];
  /** Kinds of account in which it cannot exist, each with the reason in one sentence: there it is not checked. */
  unavailableIn?: Partial<Record<AccountKind, string>>;
  /** IAM actions that `check` needs, as they are written in a policy. */
  readPermissions: readonly string[];
  check(context: CheckContext): Promise<Finding<Facts>>;
  /** Whether by these facts there is an administrator who can sign in to the console, and take over from root. */
  makesAdministrator?(facts: NoInfer<Facts>): boolean;
  /** What stays as it is when the answers lead to no action, in one sentence: said before the next step. */
  leftOpenNotice?: string;
  /** Once it is met, root has a second factor. */
  guardsRoot?: true;
  /** What the owner has to do elsewhere before the questions can be answered. */
  manualTask?(facts: NoInfer<Facts>): ManualTask;
  /** Where it is `attested`: takes the attestation back. */
  revoke?(facts: NoInfer<Facts>): readonly Action[];
};

/**
 * One thing to be done in a new account. It is declared: `check` reads and changes nothing, `questions` are data,
 * `plan` is a pure function, and only the actions that it returns do anything.
 */
export type StepDeclaration<Facts, Asks extends StepQuestions<Facts>> = StepBase<Facts> & {
  questions: Asks;
  /**
   * The names of questions that its actions ask while they are performed, and that an answers file may answer: they
   * need no person. A file that names any other is refused.
   */
  actionQuestions?: readonly string[];
  plan(facts: NoInfer<Facts>, answers: StepAnswers<Facts, Asks>): readonly Action[];
};

/** A step whose types are forgotten: what the list of steps holds. */
export type AnyStep = StepBase<unknown> & {
  /** All names that an answers file may use. */
  questionNames: readonly string[];
  questions(facts: unknown): Questions;
  /** What of the answers of an earlier run the plan can rely on. */
  restoreAnswers(facts: unknown, remembered: Readonly<Record<string, unknown>>): RestoredAnswers;
  /** The answers are those of an interview about `questions`, or restored ones that are complete. */
  plan(facts: unknown, answers: GivenAnswers): readonly Action[];
};

/** Declares a step: checks its names and its types, then forgets the types, so that all steps fit into one list. */
export const defineStep = <Facts, const Asks extends StepQuestions<Facts>>(
  declaration: StepDeclaration<Facts, Asks>,
): AnyStep => {
  const { id, questions, actionQuestions = [] } = declaration;
  const questionNames = [...Object.keys(questions), ...actionQuestions];
  for (const name of [id, ...questionNames]) {
    if (!kebabCase.test(name)) throw new Error(`"${name}" in the step ${id} is not kebab-case`);
  }
  return {
    ...declaration,
    questionNames,
    questions: (facts) => createQuestions(questions, facts as Facts),
    restoreAnswers: (facts, remembered) => restoreAnswers(questions, facts as Facts, remembered),
    plan: (facts, answers) => declaration.plan(facts as Facts, answers as StepAnswers<Facts, Asks>),
  };
};

/**
 * The step as it is in an account of this kind. Where it cannot exist, a check gives the reason without asking AWS, and
 * there is nothing to ask or to plan; answers to it in a file are still known by their names.
 */
export const stepForAccount = (kind: AccountKind, step: AnyStep): AnyStep => {
  const reason = step.unavailableIn?.[kind];
  if (reason === undefined) return step;
  const unavailable: AnyStep = {
    ...step,
    readPermissions: [],
    check: () => Promise.resolve({ status: 'not-applicable', summary: reason, facts: undefined }),
    questions: () => ({}),
    restoreAnswers: () => ({ answers: {}, complete: true }),
    plan: () => [],
  };
  delete unavailable.manualTask;
  delete unavailable.revoke;
  delete unavailable.outcome;
  delete unavailable.price;
  delete unavailable.makesAdministrator;
  return unavailable;
};
