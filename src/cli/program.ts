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
import { createResumeCommands } from './resume-command.ts';

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

const runVerifyCommand = async (
  { session }: OpenedSession,
  steps: readonly AnyStep[],
  { format = 'table' }: CliOptions,
  io: ProcessIo,
) => {
  const report = await verifySteps(session, steps);
  io.stdout.write(formatReport(format, report, io.stdout));
  return getReportExitCode(report);
};

const runPlanCommand = async (
  { session }: OpenedSession,
  steps: readonly AnyStep[],
  answers: AnswersFile | 'defaults' | undefined,
  { format = 'table' }: CliOptions,
  io: ProcessIo,
) => {
  const fromFile = typeof answers === 'object';
  const ofStep = (id: string) => (fromFile ? (answers[id] ?? {}) : {});
  const report = await planSteps(session, steps, ofStep, fromFile);
  io.stdout.write(formatPlan(format, report, io.stdout));
  return getPlanExitCode(report);
};

/** Warns of answers that no question asked for: the name is right, but the account or another answer led elsewhere. */
const warnOfUnusedAnswers = (names: readonly string[], { stderr }: ProcessIo): void => {
  if (names.length === 0) return;
  stderr.write(
    `Answers in the file that no question asked for, so that they were not used: ${sanitize(names.join(', '))}\n`,
  );
};

const runSetupCommand = async (
  opened: OpenedSession,
  steps: readonly AnyStep[],
  answers: AnswersFile | 'defaults' | undefined,
  options: CliOptions,
  io: ProcessIo,
): Promise<ExitCode> => {
  const { session, notices, practiceSession, releaseLock, signInAgain } = opened;
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
        notices,
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

/** Runs a command. Throws UserError, and ExitError when the owner stops. */
export const runCommand = async (requested: CliOptions, io: ProcessIo): Promise<ExitCode> => {
  const steps = selectSteps(requested);
  const answers = await readGivenAnswers(requested);
  const { opened, options } = await openSessionOrPractice(requested, io);
  if (options.command === 'setup') return runSetupCommand(opened, steps, answers, options, io);
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
