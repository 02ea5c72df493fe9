import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { AnswersFile } from '../../../src/core/answers-file.ts';
import { createAwsClients, type AwsClients } from '../../../src/aws/clients.ts';
import { globalRegion } from '../../../src/aws/services.ts';
import { Transport } from '../../../src/aws/transport.ts';
import { explainError } from '../../../src/aws/errors/explain.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { Journal, createJournalPlugin } from '../../../src/state/journal.ts';
import { exitCodes, type ExitCode } from '../../../src/lib/user-error.ts';
import { Progress } from '../../../src/state/progress.ts';
import { identifyCaller, type Session } from '../../../src/run/session.ts';
import { runSetup } from '../../../src/commands/setup/setup.ts';
import type { StepStatus } from '../../../src/core/status.ts';
import { createScriptedFrontEnd } from '../../../src/ui/scripted/scripted.ts';
import { readRecordedStatuses } from '../../_support/recorded-statuses.ts';
import { fastClock, findStep } from '../../_support/practice-run.ts';
import { credentialsIn, type FreshAccount } from '../../counterparts/_support/moto.ts';
import { answersOf, takesAPerson } from './counterpart.ts';
import { deskAt } from './desk.ts';
import { leakIn, together } from './leaks.ts';
import { overhearing, overheardIn } from './overheard.ts';

/** How a run ended, and all that it said. */
export type Attempt = { code: ExitCode | 'a mistake'; said: string };

/** What a run finds around it, where that is not as usual. */
export type Surroundings = {
  clock?: Clock;
  /** How many milliseconds an answer may take. Long, since a busy machine is no fault; short where none comes. */
  requestTimeout?: number;
  lookup?: LookupFunction;
};

/** An account that the SDK's own configuration leads to (AWS_ENDPOINT_URL), with a client that tries again at once. */
export const accountIn = (
  account: FreshAccount,
  { requestTimeout = 20_000, lookup }: Surroundings = {},
): AwsClients =>
  createAwsClients({
    credentials: () => Promise.resolve(credentialsIn(account)),
    region: globalRegion,
    requestHandler: new Transport({
      requestTimeout,
      // Without kept connections each call has to find the address anew.
      ...(lookup && { httpAgent: new Agent({ keepAlive: false, lookup }) }),
    }),
    retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
  });

/** The session of a run in an account of moto. */
const sessionIn = async (
  account: FreshAccount,
  folder: string,
  around: Surroundings = {},
): Promise<Session> => {
  const aws = accountIn(account, around);
  const clock = around.clock ?? fastClock();
  const who = await identifyCaller(aws, undefined);
  const { progress } = await Progress.open(folder, who.identity.accountId, clock);
  const journal = createJournalPlugin(new Journal(folder, clock));
  return {
    ...who,
    aws: aws.withPlugin(journal).withPlugin(overhearing(folder)),
    practice: false,
    clock,
    progress,
    findSkip: () => undefined,
  };
};

/** Ends a run as the program does: with a problem in words, or with what would be a mistake of ours. */
export const ending = async (run: () => Promise<ExitCode>, lines: string[]): Promise<Attempt> => {
  const code = await run().catch((error: unknown) => {
    const problem = explainError(error);
    lines.push(...(problem ? [problem.message, ...problem.nextSteps] : [String(error)]));
    return problem ? problem.exitCode : ('a mistake' as const);
  });
  return { code, said: lines.join('\n') };
};

/** What a run in moto made of each step, by what it says itself; nothing of one that it broke off. */
export type AttemptInMoto = Attempt & { statuses: readonly (StepStatus | undefined)[] };

/**
 * Runs a setup in this process, with the answers for unattended steps, or with somebody at the desk for the others; fails
 * where it left a secret.
 */
export const attempt = async (
  account: FreshAccount,
  folder: string,
  ids: readonly string[],
  around: Surroundings = {},
): Promise<AttemptInMoto> => {
  const lines: string[] = [];
  const attended = ids.some(takesAPerson);
  const answers: AnswersFile | 'defaults' = attended ? 'defaults' : answersOf(ids);
  const clock = around.clock ?? fastClock();
  const desk = attended ? deskAt(clock) : undefined;
  let progress: Progress | undefined;
  const ended = await ending(async () => {
    const session = await sessionIn(account, folder, { ...around, clock });
    progress = session.progress;
    const dialogue = createScriptedFrontEnd({ answers, desk, log: (line) => lines.push(line) });
    return runSetup({
      session,
      steps: ids.map(findStep),
      dialogue,
      givenAnswers: answers,
      notices: [],
      signInAgain: () => sessionIn(account, folder, { ...around, clock }),
      resumeCommands: { resumeSetup: 'npx aws-first-steps', verify: 'npx aws-first-steps verify' },
    });
  }, lines);
  const secrets = together(overheardIn(folder), { whole: [account.secretAccessKey], codes: [] });
  const leak = await leakIn(secrets, folder, [{ where: 'what was said', text: ended.said }]);
  if (leak !== undefined) throw new Error(leak);
  const seen = await readRecordedStatuses(folder);
  const claimed = (id: string) => (progress?.isBegun(id) ? undefined : seen[id]?.status);
  return { ...ended, statuses: ids.map(claimed) };
};

/** What a run must never say: that it does not know what happened to it, or where in the source that was. */
export const clueless = /mistake in aws-first-steps|(?:^|\\n) *at \S.*:\d+:\d+|undefined|\[object/m;

/** Whether a run names a read as one that it had to do without. */
export const didWithout = ({ said }: Attempt, operation: string): boolean =>
  new RegExp(`AWS would not tell everything \\(refused: [^)]*${operation}\\b`).test(said);

/** Whether a run ended in one of the ways that the README promises. */
export const isPromised = ({ code }: Attempt): boolean => Object.values<unknown>(exitCodes).includes(code);
