import { checkAnswerNames, readAnswersFile, type AnswersFile } from '../core/answers-file.ts';
import { listConnectionNotices } from '../aws/connect.ts';
import { endsSession, explainError } from '../aws/errors/explain.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { CliOptions } from './command-line.ts';
import type { ProcessIo } from './io.ts';
import { openFrontEnd } from './front-ends.ts';
import { ensureStateFolder } from '../state/folder.ts';
import { closestMatch } from '../lib/did-you-mean.ts';
import { offerPractice } from './offer-practice.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { planSteps } from '../commands/plan.ts';
import { usageError, type ExitCode } from '../lib/user-error.ts';
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
  given: AnswersFile | 'defaults' | undefined,
  { format = 'table' }: CliOptions,
  io: ProcessIo,
) => {
  const ofStep = (id: string) => (typeof given === 'object' ? (given[id] ?? {}) : {});
  const report = await planSteps(session, steps, ofStep);
  io.stdout.write(formatPlan(format, report, io.stdout));
  return getPlanExitCode(report);
};

/** Answers that no question asked for: a name is right, but the account or another answer led elsewhere. */
const warnOfUnusedAnswers = (names: readonly string[], { stderr }: ProcessIo): void => {
  if (names.length === 0) return;
  stderr.write(
    `Answers in the file that no question asked for, so that they were not used: ${sanitize(names.join(', '))}\n`,
  );
};

const runSetupCommand = async (
  opened: OpenedSession,
  steps: readonly AnyStep[],
  given: AnswersFile | 'defaults' | undefined,
  request: CliOptions,
  io: ProcessIo,
): Promise<ExitCode> => {
  const { session, notices, practiceSession, releaseLock, signInAgain } = opened;
  try {
    const dialogue = await openFrontEnd(request, io, given, practiceSession);
    io.onExit((by) => dialogue.requestExit(by));
    try {
      const code = await runSetup({
        session,
        steps,
        dialogue,
        givenAnswers: given,
        stepsAreNamed: request.only !== undefined,
        notices,
        signInAgain,
        resumeCommands: createResumeCommands(request),
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

/** Opens the session; a setup without credentials offers the rehearsal instead, where somebody is there to answer. */
const openSessionOrPractice = async (
  request: CliOptions,
  io: ProcessIo,
): Promise<{ opened: OpenedSession; request: CliOptions }> => {
  const home = ensureStateFolder(request.home, io.env);
  try {
    return { opened: await openSession(request, home, io.env), request };
  } catch (error) {
    const problem = explainError(error);
    if (!problem || !endsSession(error) || request.command !== 'setup' || request.answers !== undefined)
      throw error;
    if (!(await offerPractice(problem, request, io))) throw problem;
    const rehearsing = { ...request, practice: true };
    return { opened: await openSession(rehearsing, home, io.env), request: rehearsing };
  }
};

/** Runs what was asked for on the command line. Problems, and the owner's wish to leave, are thrown. */
export const runCommand = async (asked: CliOptions, io: ProcessIo): Promise<ExitCode> => {
  const steps = selectSteps(asked);
  const given = await readGivenAnswers(asked);
  const { opened, request } = await openSessionOrPractice(asked, io);
  const notices = [...(request.practice ? [] : listConnectionNotices(io.env)), ...opened.notices];
  if (request.command === 'setup') return runSetupCommand({ ...opened, notices }, steps, given, request, io);
  for (const notice of notices) io.stderr.write(`${sanitize(notice)}\n`);
  return request.command === 'verify'
    ? runVerifyCommand(opened, steps, request, io)
    : runPlanCommand(opened, steps, given, request, io);
};
