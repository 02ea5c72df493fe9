import { findUnsupportedIdentity, createNoIamSessionError } from './supported-identity.ts';
import { readAccountInfo, type AccountInfo } from '../aws/account-kind.ts';
import type { AwsClients } from '../aws/clients.ts';
import { createRecordingPlugin, type Evidence } from '../aws/plugins.ts';
import {
  formatAccountId,
  describeIdentity,
  isCredentialsRejection,
  readIdentity,
  type Identity,
} from '../aws/identity.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import type { Header } from '../core/dialogue.ts';
import type { CheckResult, CheckSession } from './check.ts';
import type { Progress, SkippedStep } from '../state/progress.ts';
import type { ReportedAccount } from '../report/report.ts';
import { usageError } from '../lib/user-error.ts';
import type { AnyStep } from '../core/step.ts';

/** One sign-in to an account: who is calling, what the account is, and what is remembered of it. */
export type Session = {
  aws: AwsClients;
  identity: Identity;
  account: AccountInfo;
  evidence: CheckSession['evidence'];
  practice: boolean;
  clock: Clock;
  progress: Progress;
  /** Whether the owner left a step out, for good or (`--skip`) for this run only. */
  findSkip(stepId: string): SkippedStep | undefined;
};

/** Asks AWS who is signed in where. Throws a UserError for an identity that this program does not support. */
export const identifyCaller = async (
  aws: AwsClients,
  expected: string | undefined,
  clock: Clock = systemClock,
): Promise<Pick<Session, 'identity' | 'account' | 'evidence'>> => {
  const evidence: Record<keyof CheckSession['evidence'], Evidence[]> = { identity: [], account: [] };
  const identity = await readIdentity(aws.withPlugin(createRecordingPlugin(evidence.identity, clock)));
  if (expected !== undefined && identity.accountId !== expected) {
    throw usageError(`You are signed in to the account ${identity.accountId}, not to ${expected}.`, [
      'Sign in to the other account, or leave --account out.',
    ]);
  }
  const refusal = findUnsupportedIdentity(identity);
  if (refusal) throw refusal;
  const recorded = aws.withPlugin(createRecordingPlugin(evidence.account, clock));
  const account = await readAccountInfo(recorded, identity).catch((error: unknown) => {
    throw isCredentialsRejection(error) ? createNoIamSessionError() : error;
  });
  return { identity, account, evidence };
};

/** The account in one line: `4312-0987-6655 (alias)`. */
export const describeAccount = ({ identity, account }: Session): string =>
  `${formatAccountId(identity.accountId)}${account.alias ? ` (${account.alias})` : ''}`;

/** The account as reports name it. */
export const toReportedAccount = ({ identity, account, practice }: Session): ReportedAccount => ({
  id: identity.accountId,
  alias: account.alias,
  identity: describeIdentity(identity),
  kind: account.kind,
  plan: account.plan,
  partition: identity.partition,
  practice,
});

const describeCurrent = (step: AnyStep | undefined): Pick<Header, 'cost'> =>
  step ? { cost: step.cost } : {};

/** Where the owner is: the account, and the steps with what is known of each. */
export const createHeader = (
  session: Session,
  steps: readonly AnyStep[],
  results: ReadonlyMap<string, CheckResult>,
  current?: string,
): Header => ({
  kind: 'header',
  account: describeAccount(session),
  identity: describeIdentity(session.identity),
  practice: session.practice,
  entries: steps.map(({ id, title }) => {
    const finding = results.get(id)?.finding;
    return {
      id,
      title,
      status: session.findSkip(id) ? 'skipped' : (finding?.status ?? 'unseen'),
      ...(finding && { finding: finding.summary }),
    };
  }),
  ...(current !== undefined && { current }),
  ...describeCurrent(steps.find(({ id }) => id === current)),
});
