import type { AwsClients } from '../aws/clients.ts';
import { connect, type ConnectOptions } from '../aws/connect.ts';
import { createWaitingPlugin } from '../aws/plugins.ts';
import { findStart, listStartNotices, type Start } from '../aws/start/start.ts';
import { systemClock } from '../lib/clock.ts';
import type { CliOptions } from './command-line.ts';
import { formatStartDetails } from './details.ts';
import { ensureAccountFolder } from '../state/folder.ts';
import { Journal, createJournalPlugin } from '../state/journal.ts';
import { lockFolder } from '../state/lock.ts';
import { Progress, type SkippedStep } from '../state/progress.ts';
import { discardRehearsal, openPracticeSession, type PracticeSession } from './practice-session.ts';
import { identifyCaller, type Session } from '../run/session.ts';

/** A session, notices about how it was opened, and a way to sign in again. */
export type OpenedSession = {
  session: Session;
  notices: readonly string[];
  practiceSession: PracticeSession | undefined;
  signInAgain: () => Promise<Session>;
  /** Releases the lock of the account's folder. */
  releaseLock: () => Promise<void>;
};

/** A step skipped on the command line is skipped in this run only, so it isn't stored. */
const createSkipFinder =
  ({ skip }: CliOptions, progress: Progress) =>
  (id: string): SkippedStep | undefined =>
    skip?.includes(id) ? { reason: '--skip', on: systemClock.now() } : progress.findSkip(id);

/** Practice belongs to no account, so its folder has no real account id. */
const ensurePracticeFolder = (home: string) => ensureAccountFolder(home, '000000000000', true).path;

/** Commands that only read need no lock: every file is written whole or not at all. */
const lockForSetup = (folder: string, { command }: CliOptions): Promise<() => Promise<void>> =>
  command === 'setup' ? lockFolder(folder) : Promise.resolve(() => Promise.resolve());

/**
 * Signs in, identifies the account, and opens its stored progress. The lock is taken before anything is read, because
 * another run may still be writing. If opening fails, the lock is released when the process ends.
 */
export const openSession = async (
  options: CliOptions,
  home: string,
  env: NodeJS.ProcessEnv,
  waiting: ConnectOptions = {},
): Promise<OpenedSession> => {
  const clock = systemClock;
  const { practice, profile, region, account: expected } = options;
  const practiceLock = practice ? await lockForSetup(ensurePracticeFolder(home), options) : undefined;
  if (options.newPractice) await discardRehearsal(ensurePracticeFolder(home));
  const practiceSession = practice ? await openPracticeSession(ensurePracticeFolder(home)) : undefined;
  // As the owner set it: to look again later, after the SDK was told which profile to use.
  const ownersEnv = { ...env };
  const signIn = async (): Promise<{ aws: AwsClients; start?: Start }> => {
    if (practiceSession) return { aws: practiceSession.aws };
    const start = await findStart({ profile, region, env: ownersEnv, sdkEnv: env });
    if (options.details) for (const line of formatStartDetails(start)) waiting.say?.(line);
    const aws = await connect(start, waiting);
    return { aws: waiting.say ? aws.withPlugin(createWaitingPlugin(waiting.say)) : aws, start };
  };

  const { aws, start } = await signIn();
  const caller = await identifyCaller(aws, expected);
  const { path: folder, notice: folderNotice } = ensureAccountFolder(
    home,
    caller.identity.accountId,
    practice,
  );
  const releaseLock = practiceLock ?? (await lockForSetup(folder, options));
  const { progress, notice } = await Progress.open(folder, caller.identity.accountId, clock);
  const journal = createJournalPlugin(new Journal(folder, clock));
  const shared = { practice, clock, progress, findSkip: createSkipFinder(options, progress) };
  const notices = [
    ...(start ? listStartNotices(start) : []),
    ...[practiceSession?.notice, folderNotice, notice].filter((one) => one !== undefined),
  ];
  return {
    session: { ...shared, ...caller, aws: aws.withPlugin(journal) },
    notices,
    practiceSession,
    releaseLock,
    signInAgain: async () => {
      const { aws: next } = await signIn();
      // The same account only: this account's progress must not be written to another.
      return {
        ...shared,
        ...(await identifyCaller(next, caller.identity.accountId)),
        aws: next.withPlugin(journal),
      };
    },
  };
};
