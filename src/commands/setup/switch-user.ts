import { explainError } from '../../aws/errors/explain.ts';
import { getSignInUrl } from '../../aws/identity.ts';
import { hasAdministrator, showHeader, type SetupRun } from './walk.ts';
import type { Dialogue } from '../../core/dialogue.ts';
import { showWarning } from '../../core/messages.ts';
import { isDone } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import type { Session } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';

/** Signs in with the credentials that are there now. */
export type SignInAgain = () => Promise<Session>;

const switchUserQuestion: ChoiceQuestion<'signed-in' | 'leave' | 'root'> = {
  kind: 'choice',
  message: 'How do you want to go on?',
  cannotGoBack: true,
  options: [
    { value: 'signed-in', label: 'I have signed in as the administrator' },
    { value: 'leave', label: 'Stop here, and go on in the other window' },
    { value: 'root', label: 'Go on as root' },
  ],
  default: 'leave',
};

/** The new session, unless it is still that of root: then the owner is told, as of any other failure. */
const signInAsAdministrator = async (
  dialogue: Dialogue,
  signInAgain: SignInAgain,
): Promise<Session | undefined> => {
  try {
    const next = await dialogue.runWithProgress('Asking AWS who is signed in now', signInAgain, 'transient');
    if (next.identity.kind !== 'root') return next;
    showWarning(dialogue, 'AWS says that this is still the root user.');
  } catch (error) {
    const problem = explainError(error);
    if (!problem) throw error;
    showWarning(dialogue, [problem.message, ...problem.nextSteps].join(' '));
  }
  return undefined;
};

const describeRemainingRootSteps = (run: SetupRun): string => {
  const deferredIds = run.deferred.map(({ stepId }) => stepId);
  const isDoneOf = ({ id }: AnyStep) => isDone(run.results.get(id)?.finding.status ?? 'unknown');
  const left = run.steps.filter(
    (step) => step.performedBy === 'root' && !isDoneOf(step) && !deferredIds.includes(step.id),
  );
  if (left.length === 0) return '';
  const titles = left.map(({ title }) => title).join(', ');
  return `Not done yet, and only root can: ${titles}. Come back as root for that. `;
};

/** Whether an administrator should run this step instead of root; offered once in a walk. */
const shouldOfferSwitchUser = (run: SetupRun, step: AnyStep): boolean =>
  !run.unattended &&
  !run.switchUserOffered &&
  run.session.identity.kind === 'root' &&
  hasAdministrator(run) &&
  !step.makesAdministrator &&
  step.performedBy !== 'root';

/** Offers to go on as the administrator where it is time for that. Returns whether the owner goes on at all. */
export const offerSwitchUser = async (
  run: SetupRun,
  step: AnyStep,
  signInAgain: SignInAgain,
): Promise<boolean> => {
  if (!shouldOfferSwitchUser(run, step)) return true;
  showHeader(run);
  const session = await guideSwitchUser(run, signInAgain);
  if (!session) return false;
  run.switchUserOffered = true;
  run.session = session;
  return true;
};

/** Returns the session to go on with, or nothing if the owner stops here. */
const guideSwitchUser = async (run: SetupRun, signInAgain: SignInAgain): Promise<Session | undefined> => {
  const { session, dialogue } = run;
  const url = getSignInUrl({ accountId: session.identity.accountId, alias: session.account.alias });
  dialogue.show({
    kind: 'heading',
    title: 'Go on as the administrator',
    paragraphs: [
      `${describeRemainingRootSteps(run)}Do the rest as the administrator: a mistake of root has no limits.`,
    ],
  });
  dialogue.show({
    kind: 'manual-task',
    id: 'sign-in',
    doneQuestion: ownQuestion('carry-on'),
    url,
    instructions: [
      'In the browser, sign out of root. Sign in below with the new password and a code from your phone.',
      `Then run this in CloudShell: ${run.resumeCommand}. Or, on your own computer, run "aws login" in another window and come back here.`,
    ],
  });
  for (;;) {
    const answer = await dialogue.ask(switchUserQuestion, ownQuestion('carry-on'));
    if (answer === 'root') return session;
    if (answer === 'leave') return undefined;
    if (answer !== 'signed-in') continue;
    const next = await signInAsAdministrator(dialogue, signInAgain);
    if (next) return next;
  }
};
