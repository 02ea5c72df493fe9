import { formatAccountId, getSignInUrl } from '../../aws/identity.ts';
import { hasAdministrator, type Course } from './walk.ts';
import type { SummaryLine, Message } from '../../core/dialogue.ts';
import { isDone } from '../../run/check.ts';
import { exitCodes, type ExitCode } from '../../lib/user-error.ts';
import { createHeader } from '../../run/session.ts';
import type { WayBack } from '../../cli/resume-command.ts';

const linesOf = (course: Course): readonly SummaryLine[] =>
  createHeader(course.session, course.steps, course.looks).entries.map((entry) => {
    const skip = course.session.findSkip(entry.id);
    const summary = course.looks.get(entry.id)?.finding.summary ?? '';
    return { ...entry, summary: skip ? `Skipped: ${skip.reason}` : summary };
  });

/** Whether a change of a step failed and is still to be made, although what AWS shows may be enough to look done. */
const isBrokenOff = ({ session }: Course, id: string): boolean =>
  session.progress.isBegun(id) && !session.findSkip(id);

const isOver = (course: Course, { id, status }: SummaryLine): boolean =>
  status === 'skipped' || (status !== 'unseen' && isDone(status) && !isBrokenOff(course, id));

/** What AWS shows does not tell of these that something was refused. */
const brokenOff = (course: Course): readonly string[] =>
  course.steps
    .filter(({ id }) => {
      const status = course.looks.get(id)?.finding.status;
      return isBrokenOff(course, id) && (status === 'met' || status === 'attested' || status === 'waiting');
    })
    .map(({ title }) => `${title}: not all of it was done. The next run offers what is left.`);

/** What helps where the setup cannot go on by itself: it waits for somebody, cannot look, or needs root. */
const remedies = (course: Course): readonly string[] =>
  course.steps.flatMap((step) => {
    const finding = course.looks.get(step.id)?.finding;
    if (!finding?.remedy || course.session.findSkip(step.id) || isDone(finding.status)) return [];
    const needsRoot = step.performedBy === 'root' && course.session.identity.kind !== 'root';
    return finding.status === 'unmet' && !needsRoot ? [] : [`${step.title}: ${finding.remedy}`];
  });

/** Where the owner goes from here; in a rehearsal there is nowhere to sign in. */
const signIn = (course: Course): readonly string[] => {
  const { identity, account, practice } = course.session;
  if (practice) return ['This was the rehearsal. For real: npx aws-first-steps'];
  if (!hasAdministrator(course)) return [];
  const url = getSignInUrl({ accountId: identity.accountId, alias: account.alias });
  const hasMfa = course.looks.get('root-mfa')?.finding.status === 'met';
  const keep = hasMfa ? 'its password and second factor' : 'its password';
  return [
    `From now on, sign in as the administrator: ${url}`,
    ...(identity.kind === 'root' ? [`Sign out of root, and keep ${keep} where you keep your passport.`] : []),
  ];
};

const goodbye = (course: Course, unfinished: boolean, { goOn, look }: WayBack): readonly string[] => [
  ...signIn(course),
  ...(unfinished ? [`To go on where you stopped: ${goOn}`] : []),
  `Look again at any time: ${look}`,
];

/** The closing page: what is done, what waits for whom, how to come back. */
export const closingPage = (course: Course, back: WayBack): Message => {
  const entries = linesOf(course);
  const open = entries.filter((entry) => !isOver(course, entry));
  return {
    kind: 'summary',
    title: `${open.length === 0 ? 'Done' : 'So far'} · ${formatAccountId(course.session.identity.accountId)}`,
    entries,
    paragraphs: [...brokenOff(course), ...remedies(course), ...goodbye(course, open.length > 0, back)],
  };
};

/** The exit code that says the same as the closing page. */
export const exitCodeOf = (course: Course): ExitCode => {
  const entries = linesOf(course);
  if (entries.some(({ status }) => status === 'unknown')) return exitCodes.problem;
  return entries.every((entry) => isOver(course, entry)) ? exitCodes.done : exitCodes.unfinished;
};
