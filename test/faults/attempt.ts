import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { Account, globalRegion } from '../../src/aws/account.ts';
import { Transport } from '../../src/aws/connect.ts';
import { explain } from '../../src/aws/explain.ts';
import { Journal, journalling } from '../../src/journal.ts';
import { exitCodes, type ExitCode } from '../../src/problem.ts';
import { Progress } from '../../src/progress.ts';
import { identify, type Session } from '../../src/session.ts';
import { setUp } from '../../src/setup.ts';
import { scriptedDialogue } from '../../src/ui/scripted.ts';
import type { FreshAccount } from '../counterparts/moto.ts';
import { fastClock, stepNamed } from '../rehearse.ts';
import { answers, credentialsIn } from './counterpart.ts';

/** How a run ended, and all that it said. */
export type Attempt = { code: ExitCode | 'a mistake'; said: string };

/** An account that the SDK's own configuration leads to (AWS_ENDPOINT_URL), with a client that soon gives up or tries again. */
export const impatient = (account: FreshAccount): Account =>
  new Account({
    credentials: () => Promise.resolve(credentialsIn(account)),
    region: globalRegion,
    requestHandler: new Transport({ requestTimeout: 700 }),
    retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
  });

const sessionIn = async (account: FreshAccount, folder: string): Promise<Session> => {
  const aws = impatient(account);
  const clock = fastClock();
  const who = await identify(aws, undefined);
  const { progress } = await Progress.open(folder, who.identity.accountId, clock);
  const journal = journalling(new Journal(folder, clock));
  return { ...who, aws: aws.with(journal), practice: false, clock, progress, skipOf: () => undefined };
};

/** Ends a run as the program does: with a problem in words, or with what would be a mistake of ours. */
export const ending = async (run: () => Promise<ExitCode>, lines: string[]): Promise<Attempt> => {
  const code = await run().catch((error: unknown) => {
    const problem = explain(error);
    lines.push(...(problem ? [problem.message, ...problem.next] : [String(error)]));
    return problem ? problem.exitCode : ('a mistake' as const);
  });
  return { code, said: lines.join('\n') };
};

/** Runs a setup in this process, with the answers for unattended steps. */
export const attempt = (account: FreshAccount, folder: string, ids: readonly string[]): Promise<Attempt> => {
  const lines: string[] = [];
  return ending(async () => {
    const session = await sessionIn(account, folder);
    const dialogue = scriptedDialogue({ answers, log: (line) => lines.push(line) });
    return setUp({
      session,
      steps: ids.map(stepNamed),
      dialogue,
      given: answers,
      notices: [],
      signInAgain: () => sessionIn(account, folder),
    });
  }, lines);
};

/** What a run must never say: that it does not know what happened to it. */
export const clueless = /mistake in aws-first-steps|\bat \S+ \(|undefined|\[object/;

/** Whether a run ended in one of the ways that the README promises. */
export const isPromised = ({ code }: Attempt): boolean => Object.values<unknown>(exitCodes).includes(code);
