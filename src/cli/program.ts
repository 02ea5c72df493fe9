import { checkAnswerNames, readAnswersFile, type AnswersFile } from '../core/answers-file.ts';
import type { ConnectOptions } from '../aws/connect.ts';
import { endsSession, explainError } from '../aws/errors/explain.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { CliOptions } from './command-line.ts';
import type { ProcessIo } from './io.ts';
import { openFrontEnd } from './front-ends.ts';
import { ensureStateFolder } from '../state/folder.ts';
import { closestMatch } from '../lib/did-you-mean.ts';
import { writeVersionDetails } from './details.ts';
import { createMfaCodeAsker } from './ask-mfa-code.ts';
import { offerPractice } from './offer-practice.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { planSteps } from '../commands/plan.ts';
import { exitCodes, usageError, type ExitCode } from '../lib/user-error.ts';
import { getPlanExitCode, getReportExitCode, formatPlan, formatReport } from '../report/formats.ts';
import { runSetup } from '../commands/setup/setup.ts';
import type { AnyStep } from '../core/step.ts';
import { allSteps } from '../steps/index.ts';
import { verifySteps } from '../commands/verify.ts';
import { createResumeCommands, createSetupCommand } from './resume-command.ts';
import { offerNewRehearsal } from './offer-new-rehearsal.ts';
import { listTerminalNotices } from './terminal-notices.ts';
import { isDone } from '../core/status.ts';
import type { ReportContext } from '../report/report.ts';
import type { Session } from '../run/session.ts';

const checkStepIds = (ids: readonly string[]): void => {
  const known = allSteps.map((step) => step.id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const meant = closestMatch(id, known);
    throw usageError(`There is no step "${id}".`, [
      meant ? `Did you mean ${meant}?` : `The steps: ${known.join(', ')}.`,
    ]);
  }
};

const selectSteps = ({ only, skip }: CliOptions): readonly AnyStep[] => {
  checkStepIds([...(only ?? []), ...(skip ?? [])]);
  return only ? allSteps.filter((step) => only.includes(step.id)) : allSteps;
};

const readGivenAnswers = async ({ answers }: CliOptions): Promise<AnswersFile | 'defaults' | undefined> => {
  if (answers === undefined || answers === 'defaults') return answers;
  const file = await readAnswersFile(answers);
  checkAnswerNames(file, allSteps);
  return file;
};

/** What the last line of a report says to run next. */
const createReportContext = (options: CliOptions, steps: readonly AnyStep[]): ReportContext => ({
  setup: createSetupCommand(options),
  verify: createResumeCommands(options).verify,
  isPartial: steps.length < allSteps.length,
  permissions: options.permissions,
});

const runVerifyCommand = async (
  { session }: OpenedSession,
  steps: readonly AnyStep[],
  options: CliOptions,
  io: ProcessIo,
) => {
  const report = await verifySteps(session, steps);
  const context = createReportContext(options, steps);
  io.stdout.write(formatReport(options.format ?? 'table', report, io.stdout, context));
  return getReportExitCode(report);
};

const runPlanCommand = async (
  { session }: OpenedSession,
  steps: readonly AnyStep[],
  answers: AnswersFile | 'defaults' | undefined,
  options: CliOptions,
  io: ProcessIo,
) => {
  const fromFile = typeof answers === 'object';
  const ofStep = (id: string) => (fromFile ? (answers[id] ?? {}) : {});
  const report = await planSteps(session, steps, ofStep, fromFile);
  const context = createReportContext(options, steps);
  io.stdout.write(formatPlan(options.format ?? 'table', report, io.stdout, context));
  return getPlanExitCode(report);
};

/** Warns of answers that no question asked for: the name is right, but the account or another answer led elsewhere. */
const warnOfUnusedAnswers = (names: readonly string[], { stderr }: ProcessIo): void => {
  if (names.length === 0) return;
  stderr.write(
    `These answers in the file were not used, because nothing asked for them: ${sanitize(names.join(', '))}\n`,
  );
};

/** How far the setup has come, as far as it has looked. */
const describeProgress = (session: Session, steps: readonly AnyStep[]): string | undefined => {
  const { progress } = session;
  const statuses = steps.map(({ id }) => progress.getLastStatus(id));
  const done = steps.filter(({ id }, index) => {
    const status = statuses[index];
    return !session.findSkip(id) && status !== undefined && isDone(status) && !progress.isBegun(id);
  });
  return done.length === 0 ? undefined : `${done.length} of ${steps.length} steps`;
};

const runSetupCommand = async (
  opened: OpenedSession,
  steps: readonly AnyStep[],
  answers: AnswersFile | 'defaults' | undefined,
  options: CliOptions,
  io: ProcessIo,
): Promise<ExitCode> => {
  const { session, notices, practiceSession, releaseLock, signInAgain } = opened;
  io.onStop?.(() => describeProgress(session, steps));
  try {
    const dialogue = await openFrontEnd(options, io, answers, practiceSession);
    io.onExit((by) => dialogue.requestExit(by));
    try {
      const code = await runSetup({
        session,
        steps,
        dialogue,
        givenAnswers: answers,
        stepsAreNamed: options.only !== undefined,
        notices: [...notices, ...listTerminalNotices(steps, options, io)],
        signInAgain,
        resumeCommands: createResumeCommands(options),
      });
      warnOfUnusedAnswers(dialogue.listUnusedAnswers?.() ?? [], io);
      return code;
    } finally {
      await dialogue.close();
    }
  } finally {
    await releaseLock();
  }
};

/** Opens the session; a setup without credentials offers practice instead, if someone is there to answer. */
const openSessionOrPractice = async (
  options: CliOptions,
  io: ProcessIo,
): Promise<{ opened: OpenedSession; options: CliOptions }> => {
  const home = ensureStateFolder(options.home, io.env);
  let isOpen = false;
  const askMfaCode = createMfaCodeAsker(options, io, () => isOpen);
  const waiting: ConnectOptions = {
    say: (line) => {
      // Not across the page of a running front end.
      if (!isOpen || options.command !== 'setup') io.stderr.write(`${sanitize(line)}\n`);
    },
    ...(askMfaCode && { askMfaCode }),
  };
  try {
    const opened = await openSession(options, home, io.env, waiting);
    isOpen = true;
    return { opened, options };
  } catch (error) {
    const problem = explainError(error);
    if (!problem || !endsSession(error) || options.command !== 'setup' || options.answers !== undefined)
      throw error;
    if (!(await offerPractice(problem, options, io))) throw problem;
    const practiceOptions = { ...options, practice: true };
    return { opened: await openSession(practiceOptions, home, io.env), options: practiceOptions };
  }
};

const leaveRehearsal = async ({ releaseLock }: OpenedSession, { stdout }: ProcessIo): Promise<ExitCode> => {
  await releaseLock();
  stdout.write('For real: npx aws-first-steps\n');
  return exitCodes.done;
};

/** The lock is released and taken again, so that the new account is opened like any other. */
const beginNewRehearsal = async (
  { releaseLock }: OpenedSession,
  options: CliOptions,
  io: ProcessIo,
): Promise<OpenedSession> => {
  await releaseLock();
  return openSession({ ...options, newPractice: true }, ensureStateFolder(options.home, io.env), io.env);
};

/** Runs a command. Throws UserError, and ExitError when the owner stops. */
export const runCommand = async (requested: CliOptions, io: ProcessIo): Promise<ExitCode> => {
  const steps = selectSteps(requested);
  const answers = await readGivenAnswers(requested);
  const { opened, options } = await openSessionOrPractice(requested, io);
  if (options.command === 'setup') {
    const choice = await offerNewRehearsal(opened.session, steps, options, io);
    if (choice === 'leave') return leaveRehearsal(opened, io);
    const rehearsal = choice === 'new' ? await beginNewRehearsal(opened, options, io) : opened;
    return runSetupCommand(rehearsal, steps, answers, options, io);
  }
  for (const notice of opened.notices) io.stderr.write(`${sanitize(notice)}\n`);
  return options.command === 'verify'
    ? runVerifyCommand(opened, steps, options, io)
    : runPlanCommand(opened, steps, answers, options, io);
};

/** `--version --details`: what a report of a problem should say, without a call to AWS. */
export const showVersionDetails = async (options: CliOptions, io: ProcessIo): Promise<ExitCode> => {
  await writeVersionDetails(options, io);
  return exitCodes.done;
};
