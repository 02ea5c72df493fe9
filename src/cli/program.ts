import { checkAnswerNames, readAnswersFile, type AnswersFile } from '../core/answers-file.ts';
import { listConnectionNotices } from '../aws/connect.ts';
import { endsSession, explainError } from '../aws/errors/explain.ts';
import { sanitize } from '../lib/sanitize.ts';
import type { Request } from './command-line.ts';
import type { ExitCause } from '../core/dialogue.ts';
import { openFrontEnd } from './front-ends.ts';
import { ensureStateFolder } from '../state/folder.ts';
import { closestMatch } from '../lib/did-you-mean.ts';
import { offerRehearsal } from './offer-practice.ts';
import { openSession, type Opened } from './open-session.ts';
import { plan } from '../commands/plan.ts';
import { usageError, type ExitCode } from '../lib/user-error.ts';
import { getPlanExitCode, getReportExitCode, formatPlan, formatReport } from '../report/formats.ts';
import { setUp } from '../commands/setup/setup.ts';
import type { AnyStep } from '../core/step.ts';
import { allSteps } from '../steps/index.ts';
import { verify } from '../commands/verify.ts';
import { wayBack } from './resume-command.ts';

/** Where a run reads and writes, and how it hears that it is to stop. */
export type Io = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Whoever can stop in an orderly way says so here, and then hears of signals. */
  onLeave(leave: (by: ExitCause) => void): void;
};

const checkIds = (ids: readonly string[]): void => {
  const known = allSteps.map((step) => step.id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const meant = closestMatch(id, known);
    throw usageError(`There is no step "${id}".`, [
      meant ? `Did you mean ${meant}?` : `The steps: ${known.join(', ')}.`,
    ]);
  }
};

const wanted = ({ only, skip }: Request): readonly AnyStep[] => {
  checkIds([...(only ?? []), ...(skip ?? [])]);
  return only ? allSteps.filter((step) => only.includes(step.id)) : allSteps;
};

const readGiven = async ({ answers }: Request): Promise<AnswersFile | 'defaults' | undefined> => {
  if (answers === undefined || answers === 'defaults') return answers;
  const file = await readAnswersFile(answers);
  checkAnswerNames(file, allSteps);
  return file;
};

const runVerify = async (
  { session }: Opened,
  steps: readonly AnyStep[],
  { format = 'table' }: Request,
  io: Io,
) => {
  const report = await verify(session, steps);
  io.stdout.write(formatReport(format, report, io.stdout));
  return getReportExitCode(report);
};

const runPlan = async (
  { session }: Opened,
  steps: readonly AnyStep[],
  given: AnswersFile | 'defaults' | undefined,
  { format = 'table' }: Request,
  io: Io,
) => {
  const ofStep = (id: string) => (typeof given === 'object' ? (given[id] ?? {}) : {});
  const report = await plan(session, steps, ofStep);
  io.stdout.write(formatPlan(format, report, io.stdout));
  return getPlanExitCode(report);
};

/** Answers that no question asked for: a name is right, but the account or another answer led elsewhere. */
const warnOfUnused = (names: readonly string[], { stderr }: Io): void => {
  if (names.length === 0) return;
  stderr.write(
    `Answers in the file that no question asked for, so that they were not used: ${sanitize(names.join(', '))}\n`,
  );
};

const runSetup = async (
  opened: Opened,
  steps: readonly AnyStep[],
  given: AnswersFile | 'defaults' | undefined,
  request: Request,
  io: Io,
): Promise<ExitCode> => {
  const { session, notices, rehearsal, release, signInAgain } = opened;
  try {
    const dialogue = await openFrontEnd(request, io, given, rehearsal);
    io.onLeave((by) => dialogue.leave(by));
    try {
      const code = await setUp({
        session,
        steps,
        dialogue,
        given,
        named: request.only !== undefined,
        notices,
        signInAgain,
        wayBack: wayBack(request),
      });
      warnOfUnused(dialogue.unused?.() ?? [], io);
      return code;
    } finally {
      await dialogue.close();
    }
  } finally {
    await release();
  }
};

/** Opens the session; a setup without credentials offers the rehearsal instead, where somebody is there to answer. */
const open = async (request: Request, io: Io): Promise<{ opened: Opened; request: Request }> => {
  const home = ensureStateFolder(request.home, io.env);
  try {
    return { opened: await openSession(request, home, io.env), request };
  } catch (error) {
    const problem = explainError(error);
    if (!problem || !endsSession(error) || request.command !== 'setup' || request.answers !== undefined)
      throw error;
    if (!(await offerRehearsal(problem, request, io))) throw problem;
    const rehearsing = { ...request, practice: true };
    return { opened: await openSession(rehearsing, home, io.env), request: rehearsing };
  }
};

/** Runs what was asked for on the command line. Problems, and the owner's wish to leave, are thrown. */
export const run = async (asked: Request, io: Io): Promise<ExitCode> => {
  const steps = wanted(asked);
  const given = await readGiven(asked);
  const { opened, request } = await open(asked, io);
  const notices = [...(request.practice ? [] : listConnectionNotices(io.env)), ...opened.notices];
  if (request.command === 'setup') return runSetup({ ...opened, notices }, steps, given, request, io);
  for (const notice of notices) io.stderr.write(`${sanitize(notice)}\n`);
  return request.command === 'verify'
    ? runVerify(opened, steps, request, io)
    : runPlan(opened, steps, given, request, io);
};
