import type { AwsClients } from '../aws/clients.ts';
import type { Action } from './action.ts';
import type { AccountInfo, AccountKind } from '../aws/account-kind.ts';
import type { Identity } from '../aws/identity.ts';
import type { ManualTask } from './dialogue.ts';
import type { StepStatus } from './status.ts';
import type { Answers, Questions } from './question.ts';
import { kebabCase } from './question-names.ts';
import type { Attestations } from './attestation.ts';

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

/**
 * One thing to be done in a new account. It is declared: `check` looks and changes nothing, `asks` are data,
 * `plan` is a pure function, and only the actions that it returns do anything.
 */
export type Step<Facts, Asks extends Questions> = {
  /** Kebab-case and stable: an interface (`--only`, the answers file, JSON). */
  id: string;
  title: string;
  /** Two or three plain sentences: what it is for, and what breaks when it is skipped. */
  why: readonly string[];
  category: Category;
  /** Who can carry it out. */
  performedBy: 'root' | 'administrator';
  /** What it costs, in words: `free`, `0.50 USD a month per zone`. */
  cost: string;
  controls: Controls;
  /** Kinds of account in which it cannot exist, each with the reason in one sentence: there it is not looked at. */
  unavailableIn?: Partial<Record<AccountKind, string>>;
  /** IAM actions that `check` needs, as they are written in a policy. */
  readPermissions: readonly string[];
  check(context: CheckContext): Promise<Finding<Facts>>;
  /** What the owner has to do elsewhere before the questions can be answered. */
  manualTask?(facts: Facts): ManualTask;
  /**
   * The names of the questions that an answers file may answer, in kebab-case: all that `asks` can ever return. Of those
   * that actions ask while they are performed, list only what can be answered without a person being there, such as
   * `verified` of the budget. A file that names any other is refused.
   */
  questionNames: readonly string[];
  questions(facts: Facts): Asks;
  plan(facts: Facts, answers: Answers<Asks>): readonly Action[];
  /** Where it is `attested`: what takes the owner's word back. */
  revoke?(facts: Facts): readonly Action[];
};

/** A step of which only the shape is known: what the list of steps holds. */
export type AnyStep = Step<unknown, Questions>;

/** Declares a step: checks its names and its types, then forgets the types, so that all steps fit into one list. */
export const defineStep = <Facts, const Asks extends Questions>(declaration: Step<Facts, Asks>): AnyStep => {
  for (const name of [declaration.id, ...declaration.questionNames]) {
    if (!kebabCase.test(name)) throw new Error(`"${name}" in the step ${declaration.id} is not kebab-case`);
  }
  return declaration;
};

/**
 * The step as it is in an account of this kind. Where it cannot exist, a look gives the reason without asking AWS, and
 * there is nothing to ask or to plan; answers to it in a file are still known by their names.
 */
export const stepForAccount = (standing: AccountKind, one: AnyStep): AnyStep => {
  const reason = one.unavailableIn?.[standing];
  if (reason === undefined) return one;
  const here: AnyStep = {
    ...one,
    readPermissions: [],
    check: () => Promise.resolve({ status: 'not-applicable', summary: reason, facts: undefined }),
    questions: () => ({}),
    plan: () => [],
  };
  delete here.manualTask;
  delete here.revoke;
  return here;
};
