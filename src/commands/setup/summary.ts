import { formatAccountId, getSignInUrl } from '../../aws/identity.ts';
import { hasAdministrator, type SetupRun } from './walk.ts';
import type { SummaryLine, Message } from '../../core/dialogue.ts';
import { isDone } from '../../core/status.ts';
import { exitCodes, type ExitCode } from '../../lib/user-error.ts';
import { createHeader } from '../../run/session.ts';

/** The commands that come back to the same account: to go on with the setup, and to look again. */
export type ResumeCommands = { resumeSetup: string; verify: string };

const createSummaryLines = (course: SetupRun): readonly SummaryLine[] =>
  createHeader(course.session, course.steps, course.results).entries.map((entry) => {
    const skip = course.session.findSkip(entry.id);
    const summary = course.results.get(entry.id)?.finding.summary ?? '';
    return { ...entry, summary: skip ? `Skipped: ${skip.reason}` : summary };
  });

/** Whether a change of a step failed and is still to be made, although what AWS shows may be enough to look done. */
const isStepInterrupted = ({ session }: SetupRun, id: string): boolean =>
  session.progress.isBegun(id) && !session.findSkip(id);

const isSummaryLineFinished = (course: SetupRun, { id, status }: SummaryLine): boolean =>
  status === 'skipped' || (status !== 'unseen' && isDone(status) && !isStepInterrupted(course, id));

/** What AWS shows does not tell of these that something was refused. */
const listInterruptedSteps = (course: SetupRun): readonly string[] =>
  course.steps
    .filter(({ id }) => {
      const status = course.results.get(id)?.finding.status;
      return (
        isStepInterrupted(course, id) && (status === 'met' || status === 'attested' || status === 'waiting')
      );
    })
    .map(({ title }) => `${title}: not all of it was done. The next run offers what is left.`);

/** What helps where the setup cannot go on by itself: it waits for somebody, cannot look, or needs root. */
const listRemedies = (course: SetupRun): readonly string[] =>
  course.steps.flatMap((step) => {
    const finding = course.results.get(step.id)?.finding;
    if (!finding?.remedy || course.session.findSkip(step.id) || isDone(finding.status)) return [];
    const needsRoot = step.performedBy === 'root' && course.session.identity.kind !== 'root';
    return finding.status === 'unmet' && !needsRoot ? [] : [`${step.title}: ${finding.remedy}`];
  });

/** Where the owner goes from here; in a rehearsal there is nowhere to sign in. */
const createSignInParagraphs = (course: SetupRun): readonly string[] => {
  const { identity, account, practice } = course.session;
  if (practice) return ['This was the rehearsal. For real: npx aws-first-steps'];
  if (!hasAdministrator(course)) return [];
  const url = getSignInUrl({ accountId: identity.accountId, alias: account.alias });
  const hasMfa = course.steps.some(
    ({ id, guardsRoot }) => guardsRoot && course.results.get(id)?.finding.status === 'met',
  );
  const keep = hasMfa ? 'its password and second factor' : 'its password';
  return [
    `From now on, sign in as the administrator: ${url}`,
    ...(identity.kind === 'root' ? [`Sign out of root, and keep ${keep} where you keep your passport.`] : []),
  ];
};

const createNextParagraphs = (
  course: SetupRun,
  unfinished: boolean,
  { resumeSetup, verify }: ResumeCommands,
): readonly string[] => [
  ...createSignInParagraphs(course),
  ...(unfinished ? [`To go on where you stopped: ${resumeSetup}`] : []),
  `Look again at any time: ${verify}`,
];

/** The closing page: what is done, what waits for whom, how to come back. */
export const createSummary = (course: SetupRun, back: ResumeCommands): Message => {
  const entries = createSummaryLines(course);
  const open = entries.filter((entry) => !isSummaryLineFinished(course, entry));
  return {
    kind: 'summary',
    title: `${open.length === 0 ? 'Done' : 'So far'} · ${formatAccountId(course.session.identity.accountId)}`,
    entries,
    paragraphs: [
      ...listInterruptedSteps(course),
      ...listRemedies(course),
      ...createNextParagraphs(course, open.length > 0, back),
    ],
  };
};

/** The exit code that says the same as the closing page. */
export const getSetupExitCode = (course: SetupRun): ExitCode => {
  const entries = createSummaryLines(course);
  if (entries.some(({ status }) => status === 'unknown')) return exitCodes.problem;
  return entries.every((entry) => isSummaryLineFinished(course, entry))
    ? exitCodes.done
    : exitCodes.unfinished;
};
