import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { AnswersFile } from '../../src/core/answers-file.ts';
import { createAwsClients, type AwsClients } from '../../src/aws/clients.ts';
import { globalRegion } from '../../src/aws/services.ts';
import { isRead } from '../../src/aws/operation-name.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { checkStep, type CheckResult } from '../../src/run/check.ts';
import { Journal, createJournalPlugin } from '../../src/state/journal.ts';
import { PracticeAccount, type PracticeOptions } from '../../src/practice/account.ts';
import type { ExitCode } from '../../src/lib/user-error.ts';
import { Progress } from '../../src/state/progress.ts';
import { createPracticeDesk } from '../../src/cli/practice-session.ts';
import { identifyCaller, type Session } from '../../src/run/session.ts';
import { runSetup } from '../../src/commands/setup/setup.ts';
import type { AnyStep } from '../../src/core/step.ts';
import { createResumeCommands } from '../../src/cli/resume-command.ts';
import { allSteps } from '../../src/steps/index.ts';
import { createScriptedFrontEnd, type ScriptedFrontEnd } from '../../src/ui/scripted/scripted.ts';
import { temporaryFolder } from './temporary-folder.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A clock on which nobody waits: sleeping moves it on. */
export const fastClock = (start = '2026-11-23T12:00:10.000Z'): Clock => {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    sleep: async (ms, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (!signal?.aborted) now += ms;
    },
  };
};

/** A simulated account with its own folder and clock, and everything a run needs around it. */
export type Rehearsal = { practice: PracticeAccount; aws: AwsClients; clock: Clock; folder: string };

/** Begins a rehearsal; `folder` goes on where another one stopped. */
export const rehearse = async (options: PracticeOptions = {}, folder?: string): Promise<Rehearsal> => {
  const clock = options.clock ?? fastClock();
  const practice = PracticeAccount.create({ ...options, clock });
  const aws = createAwsClients({
    credentials: practice.credentials,
    region: globalRegion,
    practiceMiddleware: practice.middleware,
    retryStrategy: new ConfiguredRetryStrategy(3, () => 0),
  });
  return { practice, aws, clock, folder: folder ?? (await temporaryFolder()) };
};

/** The same account and folder after the program was killed: what it held in memory is gone. */
export const resumed = (before: Rehearsal, options: PracticeOptions = {}): Promise<Rehearsal> =>
  rehearse({ ...options, scenario: before.practice.snapshot(), clock: before.clock }, before.folder);

/** The session of a rehearsal. */
export const sessionOf = async ({ aws, clock, folder }: Rehearsal): Promise<Session> => {
  const who = await identifyCaller(aws, undefined, clock);
  const { progress } = await Progress.open(folder, who.identity.accountId, clock);
  const journal = createJournalPlugin(new Journal(folder, clock));
  return {
    ...who,
    aws: aws.withPlugin(journal),
    practice: true,
    clock,
    progress,
    findSkip: (id) => progress.findSkip(id),
  };
};

/** A scripted dialogue and the lines that it has written so far. */
export type Script = {
  given: AnswersFile | 'defaults';
  dialogue: ScriptedFrontEnd;
  lines: readonly string[];
};

/** Answers given in advance. The desk does what a person would; `desk: false` leaves it empty. */
export const scriptFor = (
  rehearsal: Rehearsal,
  { answers = 'defaults', desk = true }: { answers?: AnswersFile | 'defaults'; desk?: boolean } = {},
): Script => {
  const lines: string[] = [];
  const dialogue = createScriptedFrontEnd({
    answers,
    ...(desk && { desk: createPracticeDesk(rehearsal.practice) }),
    log: (line) => lines.push(line),
  });
  return { given: answers, dialogue, lines };
};

/** How a scripted setup ended. */
export type Played = { code: ExitCode; dialogue: ScriptedFrontEnd; said: string };

/** Plays a whole setup; whoever wants to read what was said before an error ended it brings the script. */
export const play = async (
  rehearsal: Rehearsal,
  {
    steps = allSteps,
    script,
    ...how
  }: { steps?: readonly AnyStep[]; script?: Script; answers?: AnswersFile | 'defaults'; desk?: boolean } = {},
): Promise<Played> => {
  const { given, dialogue, lines } = script ?? scriptFor(rehearsal, how);
  const session = await sessionOf(rehearsal);
  const code = await runSetup({
    session,
    steps,
    dialogue,
    givenAnswers: given,
    notices: [],
    signInAgain: () => sessionOf(rehearsal),
    resumeCommands: createResumeCommands({ command: 'setup', practice: true }),
  });
  return { code, dialogue, said: lines.join('\n') };
};

/** Looks at one step. */
export const lookAt = async (step: AnyStep, rehearsal: Rehearsal): Promise<CheckResult> =>
  checkStep(step, await sessionOf(rehearsal));

/** The step with this id. */
export const stepNamed = (id: string): AnyStep => {
  const step = allSteps.find((one) => one.id === id);
  if (!step) throw new Error(`there is no step ${id}`);
  return step;
};

/** The changing calls that reached the account, in order. */
export const changesIn = ({ practice }: Rehearsal): readonly { operation: string; input: object }[] =>
  practice.log.filter(({ operation }) => !isRead(operation));

const withoutIds = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .replace(/:[0-9a-f]{8}-[0-9a-f-]{27}$/, ':ID')
        .replace(/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z| alarm:.*)$/, 'MOMENT')
    : value;

/** What an account holds, without what differs from run to run by nature: ids, moments, seeds, mails. */
export const essence = ({ practice }: Rehearsal): unknown =>
  JSON.parse(
    JSON.stringify(practice.snapshot(), (key, value: unknown) =>
      [
        'id',
        'createdAt',
        'enabledAt',
        'createdOn',
        'seed',
        'phone',
        'mails',
        'lastWindow',
        'requestedAt',
        'confirmedAt',
        'configuredAt',
        'alertsSince',
        'until',
        'lastUsed',
        'at',
        'staged',
        'token',
      ].includes(key)
        ? undefined
        : withoutIds(value),
    ),
  );

/** Everything that was written to the rehearsal's folder, as one text. */
export const writtenIn = async ({ folder }: Rehearsal): Promise<string> => {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
};

/** Every secret that the rehearsal has handled so far: seeds, passwords, codes. */
export const secretsOf = ({ practice }: Rehearsal): readonly string[] => {
  const { devices, phone } = practice.snapshot();
  const sent = practice.log.flatMap(({ input }) =>
    Object.entries(input)
      .filter(([name]) => /^(Password|AuthenticationCode\d|Token)$/.test(name))
      .map(([, value]) => String(value)),
  );
  return [...devices.map((device) => device.seed), ...phone.map((one) => one.seed), ...sent];
};
