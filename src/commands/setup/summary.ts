import { formatAccountId, getSignInUrl } from '../../aws/identity.ts';
import { hasAdministrator, type SetupRun } from './walk.ts';
import type { SummaryLine, Message, SummaryMessage } from '../../core/dialogue.ts';
import { omitSetupAdvice } from '../../core/remedy.ts';
import { getPrice, sumPrices } from '../../core/price.ts';
import type { OutcomeLine } from '../../core/step.ts';
import { isDone, type StepStatus } from '../../core/status.ts';
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

/** Whether something of a step was refused, which what AWS shows does not tell. */
const isPartlyDone = (run: SetupRun, id: string, status: StepStatus): boolean =>
  isStepInterrupted(run, id) && (status === 'met' || status === 'attested' || status === 'waiting');

/** What is left, and what helps where the setup cannot go on by itself: it waits for somebody, cannot check, or needs root. */
const listOpenSteps = (run: SetupRun): readonly string[] =>
  run.steps.flatMap((step) => {
    const finding = run.results.get(step.id)?.finding;
    if (!finding || run.session.findSkip(step.id)) return [];
    if (isPartlyDone(run, step.id, finding.status))
      return [`${step.title}: not all of it was done. The next run offers what is left.`];
    if (isDone(finding.status)) return [];
    const needsRoot = step.performedBy === 'root' && run.session.identity.kind !== 'root';
    const isUpToSetup = finding.status === 'unmet' && !needsRoot;
    const remedy = isUpToSetup ? '' : omitSetupAdvice(finding.remedy ?? '');
    // What is to do stands in the list of steps above; what waits is worth saying twice.
    const what = remedy || (finding.status === 'unmet' ? '' : finding.summary);
    return [what === '' ? step.title : `${step.title}: ${what}`];
  });

const listOutcomes = (run: SetupRun, about: OutcomeLine['about']): readonly string[] =>
  run.steps
    .flatMap((step) => {
      const finding = run.results.get(step.id)?.finding;
      return finding && isDone(finding.status) ? (step.outcome?.(finding.facts) ?? []) : [];
    })
    .filter((line) => line.about === about)
    .map(({ text }) => text);

const createFact = (label: string, texts: readonly string[]) => texts.map((text) => ({ label, text }));

/** Where and as whom the owner signs in from now on. */
const createSignInFacts = (run: SetupRun) => {
  if (!hasAdministrator(run)) return [];
  const { identity, account } = run.session;
  const url = run.session.practice
    ? 'at the address of your real account'
    : getSignInUrl({ accountId: identity.accountId, alias: account.alias });
  return createFact('Sign in from now on', [[url, ...listOutcomes(run, 'sign-in')].join(' ')]);
};

const rootHasMfa = (run: SetupRun): boolean =>
  run.steps.some(({ id, guardsRoot }) => guardsRoot && run.results.get(id)?.finding.status === 'met');

const createRootFacts = (run: SetupRun) => {
  if (run.session.identity.kind !== 'root' || !hasAdministrator(run)) return [];
  const keep = rootHasMfa(run) ? 'its password and second factor' : 'its password';
  return createFact('Root', [`sign out, and keep ${keep} where you keep your passport`]);
};

const describeCosts = (run: SetupRun): string => {
  const priced = run.steps.flatMap((step) => {
    const finding = run.results.get(step.id)?.finding;
    return finding && isDone(finding.status)
      ? [{ title: step.title, price: getPrice(step, finding.facts, []) }]
      : [];
  });
  const { monthlyUsd, conditions, unknown } = sumPrices(priced);
  const sum = monthlyUsd === 0 ? 'nothing' : `${monthlyUsd.toFixed(2)} USD a month`;
  const more = unknown.length === 0 ? '' : `, and what ${unknown.join(' and ')} may cost`;
  return `${[sum, ...conditions].join(' ')}${more}`;
};

/** IAM User Guide, "Recover an MFA protected identity in IAM". */
const lostPhoneText =
  'Root: choose "Troubleshoot MFA" when you sign in; AWS mails and calls you. Others: an administrator removes the device in IAM.';

const createFacts = (run: SetupRun): SummaryMessage['facts'] => [
  ...createSignInFacts(run),
  ...createRootFacts(run),
  ...createFact('You are warned', listOutcomes(run, 'warnings')),
  ...createFact('It costs', [describeCosts(run)]),
  ...(rootHasMfa(run) ? createFact('Lost your phone?', [lostPhoneText]) : []),
];

const createVerdict = (run: SetupRun, open: number): string => {
  if (open > 0) return open === 1 ? 'One thing is left' : `${open} things are left`;
  if (!run.isWhole) return 'What you chose is done.';
  return run.session.practice ? 'Your practice account is set up.' : 'Your account is set up.';
};

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Three months on: often enough to notice what drifted, and few enough to be done. */
const addThreeMonths = (day: Date): Date =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 3, Math.min(day.getUTCDate(), 28)));

/** The titles of the steps in this state, in one text; none where there are none. */
const listTitles = (entries: readonly SummaryLine[], status: SummaryLine['status']): readonly string[] => {
  const titles = entries.filter((entry) => entry.status === status).map(({ title }) => title);
  return titles.length > 0 ? [titles.join(', ')] : [];
};

/** Then the verdict says it all. */
const isAllDone = (run: SetupRun, entries: readonly SummaryLine[]): boolean =>
  run.isWhole && entries.every((entry) => entry.status !== 'skipped' && isSummaryLineFinished(run, entry));

/** The last page: the verdict, what the owner keeps, what is left, how to come back. */
export const createSummary = (run: SetupRun, { resumeSetup, verify }: ResumeCommands): Message => {
  const { session } = run;
  const now = session.clock.now();
  const entries = createSummaryLines(run);
  const open = entries.filter((entry) => !isSummaryLineFinished(run, entry)).length;
  return {
    kind: 'summary',
    title: createVerdict(run, open),
    subtitle: `${formatAccountId(session.identity.accountId)} · ${dayFormat.format(now)}`,
    entries: isAllDone(run, entries) ? [] : entries,
    facts: [
      ...createFacts(run),
      ...createFact('You said so', open > 0 ? [] : listTitles(entries, 'attested')),
      ...(open > 0
        ? [{ label: 'Go on', text: '', command: resumeSetup }]
        : [{ label: 'Look again', text: `${dayFormat.format(addThreeMonths(now))}:`, command: verify }]),
      ...(session.practice ? [{ label: 'For real', text: '', command: 'npx aws-first-steps' }] : []),
    ],
    left: listOpenSteps(run),
  };
};

/** The exit code that says the same as the summary. */
export const getSetupExitCode = (run: SetupRun): ExitCode => {
  const entries = createSummaryLines(run);
  if (entries.some(({ status }) => status === 'unknown')) return exitCodes.problem;
  return entries.every((entry) => isSummaryLineFinished(run, entry)) ? exitCodes.done : exitCodes.unfinished;
};
