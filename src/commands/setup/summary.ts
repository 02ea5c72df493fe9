import { formatAccountId, getSignInUrl } from '../../aws/identity.ts';
import { hasAdministrator, type SetupRun } from './walk.ts';
import type { SummaryLine, Message } from '../../core/dialogue.ts';
import { isDone } from '../../core/status.ts';
import { exitCodes, type ExitCode } from '../../lib/user-error.ts';
import { createHeader } from '../../run/session.ts';

/** The commands that come back to the same account: to go on with the setup, and to check it again. */
export type ResumeCommands = { resumeSetup: string; verify: string };

const createSummaryLines = (run: SetupRun): readonly SummaryLine[] =>
  createHeader(run.session, run.steps, run.results).entries.map((entry) => {
    const skip = run.session.findSkip(entry.id);
    const summary = run.results.get(entry.id)?.finding.summary ?? '';
    return { ...entry, summary: skip ? `Skipped: ${skip.reason}` : summary };
  });

/** Whether a change of a step failed and is still to be made, although what AWS shows may be enough to look done. */
const isStepInterrupted = ({ session }: SetupRun, id: string): boolean =>
  session.progress.isBegun(id) && !session.findSkip(id);

const isSummaryLineFinished = (run: SetupRun, { id, status }: SummaryLine): boolean =>
  status === 'skipped' || (status !== 'unseen' && isDone(status) && !isStepInterrupted(run, id));

/** What AWS shows does not tell of these that something was refused. */
const listInterruptedSteps = (run: SetupRun): readonly string[] =>
  run.steps
    .filter(({ id }) => {
      const status = run.results.get(id)?.finding.status;
      return (
        isStepInterrupted(run, id) && (status === 'met' || status === 'attested' || status === 'waiting')
      );
    })
    .map(({ title }) => `${title}: not all of it was done. The next run offers what is left.`);

/** What helps where the setup cannot go on by itself: it waits for somebody, cannot check, or needs root. */
const listRemedies = (run: SetupRun): readonly string[] =>
  run.steps.flatMap((step) => {
    const finding = run.results.get(step.id)?.finding;
    if (!finding?.remedy || run.session.findSkip(step.id) || isDone(finding.status)) return [];
    const needsRoot = step.performedBy === 'root' && run.session.identity.kind !== 'root';
    return finding.status === 'unmet' && !needsRoot ? [] : [`${step.title}: ${finding.remedy}`];
  });

/** Where the owner goes from here; in a practice run there is nowhere to sign in. */
const createSignInParagraphs = (run: SetupRun): readonly string[] => {
  const { identity, account, practice } = run.session;
  if (practice) return ['This was the rehearsal. For real: npx aws-first-steps'];
  if (!hasAdministrator(run)) return [];
  const url = getSignInUrl({ accountId: identity.accountId, alias: account.alias });
  const hasMfa = run.steps.some(
    ({ id, guardsRoot }) => guardsRoot && run.results.get(id)?.finding.status === 'met',
  );
  const keep = hasMfa ? 'its password and second factor' : 'its password';
  return [
    `From now on, sign in as the administrator: ${url}`,
    ...(identity.kind === 'root' ? [`Sign out of root, and keep ${keep} where you keep your passport.`] : []),
  ];
};

const createNextParagraphs = (
  run: SetupRun,
  unfinished: boolean,
  { resumeSetup, verify }: ResumeCommands,
): readonly string[] => [
  ...createSignInParagraphs(run),
  ...(unfinished ? [`To go on where you stopped: ${resumeSetup}`] : []),
  `Look again at any time: ${verify}`,
];

/** The last page: what is done, what is waiting for whom, how to come back. */
export const createSummary = (run: SetupRun, back: ResumeCommands): Message => {
  const entries = createSummaryLines(run);
  const open = entries.filter((entry) => !isSummaryLineFinished(run, entry));
  return {
    kind: 'summary',
    title: `${open.length === 0 ? 'Done' : 'So far'} · ${formatAccountId(run.session.identity.accountId)}`,
    entries,
    paragraphs: [
      ...listInterruptedSteps(run),
      ...listRemedies(run),
      ...createNextParagraphs(run, open.length > 0, back),
    ],
  };
};

/** The exit code that says the same as the summary. */
export const getSetupExitCode = (run: SetupRun): ExitCode => {
  const entries = createSummaryLines(run);
  if (entries.some(({ status }) => status === 'unknown')) return exitCodes.problem;
  return entries.every((entry) => isSummaryLineFinished(run, entry)) ? exitCodes.done : exitCodes.unfinished;
};
