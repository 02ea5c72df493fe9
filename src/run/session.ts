import { refusalOf, sessionWithoutIam } from './supported-identity.ts';
import { accountFacts, type AccountFacts } from '../aws/account-kind.ts';
import type { Account } from '../aws/clients.ts';
import { grouped, identityInWords, notAccepted, whoAmI, type Identity } from '../aws/identity.ts';
import type { Clock } from '../lib/clock.ts';
import type { Place } from '../core/dialogue.ts';
import type { Look } from './check.ts';
import type { Progress, Skip } from '../state/progress.ts';
import type { ReportedAccount } from '../report/report.ts';
import { wrongUsage } from '../lib/user-error.ts';
import type { AnyStep } from '../core/step.ts';

/** Whose account it is, as whom we are there, and what is kept of it. */
export type Session = {
  aws: Account;
  identity: Identity;
  account: AccountFacts;
  practice: boolean;
  clock: Clock;
  progress: Progress;
  /** Whether the owner left a step out, for good or (`--skip`) for this run only. */
  skipOf(stepId: string): Skip | undefined;
};

/** Who is signed in where; refused where this program has nothing right to say. */
export const identify = async (
  aws: Account,
  expected: string | undefined,
): Promise<{ identity: Identity; account: AccountFacts }> => {
  const identity = await whoAmI(aws);
  if (expected !== undefined && identity.accountId !== expected) {
    throw wrongUsage(`You are signed in to the account ${identity.accountId}, not to ${expected}.`, [
      'Sign in to the other account, or leave --account out.',
    ]);
  }
  const refusal = refusalOf(identity);
  if (refusal) throw refusal;
  const account = await accountFacts(aws, identity).catch((error: unknown) => {
    throw notAccepted(error) ? sessionWithoutIam() : error;
  });
  return { identity, account };
};

/** The account in one line: `4312-0987-6655 (alias)`. */
export const accountInWords = ({ identity, account }: Session): string =>
  `${grouped(identity.accountId)}${account.alias ? ` (${account.alias})` : ''}`;

/** The account as reports name it. */
export const reportedAccount = ({ identity, account, practice }: Session): ReportedAccount => ({
  id: identity.accountId,
  alias: account.alias,
  identity: identityInWords(identity),
  kind: account.standing,
  plan: account.plan,
  partition: identity.partition,
  practice,
});

/** Where the owner is: the account, and the steps with what is known of each. */
export const placeIn = (
  session: Session,
  steps: readonly AnyStep[],
  looks: ReadonlyMap<string, Look>,
  current?: string,
): Place => ({
  kind: 'place',
  account: accountInWords(session),
  identity: identityInWords(session.identity),
  practice: session.practice,
  entries: steps.map(({ id, title }) => ({
    id,
    title,
    status: session.skipOf(id) ? 'skipped' : (looks.get(id)?.finding.status ?? 'unseen'),
  })),
  ...(current !== undefined && { current }),
});
