import { getAttempts } from '../../aws/errors/codes.ts';
import { explainError } from '../../aws/errors/explain.ts';
import { isCredentialsRejection } from '../../aws/identity.ts';
import { showUserError } from '../../core/messages.ts';
import { isDone } from '../../core/status.ts';
import { performAction } from '../../run/perform.ts';
import { recheckStep } from '../../run/recheck.ts';
import type { SetupRun } from './walk.ts';

/** A key that is gone does not sign another attempt: the first one got through, and only its answer was lost. */
const isKeyDeletedByEarlierAttempt = (error: unknown): boolean =>
  getAttempts(error) > 1 && isCredentialsRejection(error);

/** Says whether all of it was done. */
const performDeferredActions = async ({ deferred, session, dialogue }: SetupRun): Promise<boolean> => {
  const { clock, progress } = session;
  for (const { action, aws } of deferred) {
    try {
      await performAction(action, { aws, clock, dialogue, progress });
    } catch (error) {
      if (isKeyDeletedByEarlierAttempt(error)) continue;
      const problem = explainError(error);
      if (!problem) throw error;
      showUserError(problem, dialogue);
      return false;
    }
  }
  return true;
};

/** The key that was deleted last was the one to check with, so what AWS accepted is all that is known. */
const recordUnverifiedDeletion = ({ deferred, results, dialogue }: SetupRun): void => {
  const summary = 'The last key was deleted just now; AWS accepted it, and can no longer be asked with it';
  const remedy = 'Sign in as the administrator and run "verify".';
  for (const { stepId } of deferred) {
    const result = results.get(stepId);
    if (result)
      results.set(stepId, { ...result, finding: { ...result.finding, status: 'waiting', summary, remedy } });
  }
  const text =
    'This program can no longer look into the account: sign in as the administrator and run "verify".';
  dialogue.show({ kind: 'text', text });
};

/** What ends credentials of the program is done when all else is over; with other credentials, it is then checked. */
export const performDeferred = async (run: SetupRun): Promise<void> => {
  const { deferred, session, dialogue, steps, results } = run;
  if (deferred.length === 0 || !(await performDeferredActions(run))) return;
  if (deferred.some(({ aws }) => aws === session.aws)) return recordUnverifiedDeletion(run);
  for (const step of steps.filter(({ id }) => deferred.some(({ stepId }) => stepId === id))) {
    results.set(step.id, await recheckStep(step, { ...session, dialogue }, isDone));
  }
};
