import type { AwsClients } from '../../aws/clients.ts';
import type { Action } from '../../core/action.ts';
import { BackError, type Dialogue } from '../../core/dialogue.ts';
import { checkStep, checkSteps, type CheckResult } from '../../run/check.ts';
import { isDone } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { createHeader, type Session } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';
import { runStep } from '../../run/run-step.ts';

/** A walk through the steps: who takes it, what is known by now, and what is put off until its very end. */
export type SetupRun = {
  session: Session;
  steps: readonly AnyStep[];
  dialogue: Dialogue;
  /** Answers come from a file, so nobody is there to be led. */
  unattended: boolean;
  results: Map<string, CheckResult>;
  /** Whether it was offered once to carry on as the administrator. */
  switchUserOffered: boolean;
  /** With the credentials that they end, which may not be those of the session by then. */
  deferred: readonly { stepId: string; action: Action; aws: AwsClients }[];
};

/** Whether a step is still to be taken: neither done nor skipped. */
export const isStepOpen = ({ session, results }: SetupRun, { id }: AnyStep): boolean => {
  const status = results.get(id)?.finding.status;
  return !session.findSkip(id) && (session.progress.isBegun(id) || !(status && isDone(status)));
};

/** Whether there is an administrator whom root can hand over to: with MFA, and with a password for the console. */
export const hasAdministrator = ({ steps, results }: SetupRun): boolean =>
  steps.some((step) => {
    const finding = results.get(step.id)?.finding;
    return finding?.status === 'met' && step.makesAdministrator?.(finding.facts);
  });

/** Keeps the account, and how far it is, in the owner's sight. */
export const showHeader = ({ dialogue, session, steps, results }: SetupRun, current?: string): void =>
  dialogue.show(createHeader(session, steps, results, current));

/** Looks at all steps. */
export const checkAllSteps = async ({ session, steps, dialogue, results }: SetupRun): Promise<void> => {
  const { progress, clock } = session;
  const found = await dialogue.runWithProgress(
    'Looking at the account',
    () => checkSteps(steps, session),
    'transient',
  );
  for (const look of found) {
    results.set(look.step.id, look);
    await progress.recordStatus(look.step.id, look.finding.status, clock.now());
  }
};

const deferredNotice = 'What you agreed to would end the session of this program, so it is done last of all.';

/** Asked when there is a result to be read, before the next step takes its place. */
const nextStepQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Go on?',
  options: [
    { value: 'on', label: 'Go on' },
    { value: 'list', label: 'Show me the list of steps' },
  ],
  default: 'on',
};

/** What was agreed to for the end of the walk holds no longer, once its step is taken again or skipped. */
export const discardDeferred = (course: SetupRun, { id }: AnyStep): void => {
  course.deferred = course.deferred.filter(({ stepId }) => stepId !== id);
};

/** Turned away from in the middle, a step may be half done: AWS is asked, so that the list and the last page are right. */
const recheckAfterBack = async ({ session, results }: SetupRun, step: AnyStep): Promise<void> => {
  const { progress, clock } = session;
  if (!progress.isBegun(step.id)) return;
  const look = await checkStep(step, session);
  results.set(step.id, look);
  await progress.recordStatus(step.id, look.finding.status, clock.now());
};

/** The same of a step that was chosen from the list. */
const backToMenuQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'That is how it stands.',
  options: [{ value: 'list', label: 'Back to the list of steps' }],
  default: 'list',
};

/** Takes one step. `back` says that the owner turned away from it. `again`: chosen from the list, done or not. */
export const runOneStep = async (
  course: SetupRun,
  step: AnyStep,
  again = false,
): Promise<'over' | 'back'> => {
  const { session, dialogue, results } = course;
  const { aws, clock, progress } = session;
  showHeader(course, step.id);
  discardDeferred(course, step);
  try {
    const taken = await runStep(step, { ...session, dialogue }, again);
    results.set(step.id, taken.checkResult);
    course.deferred = [
      ...course.deferred,
      ...taken.deferred.map((action) => ({ stepId: step.id, action, aws })),
    ];
    if (taken.deferred.length > 0) dialogue.show({ kind: 'text', text: deferredNotice });
    await progress.recordStatus(step.id, taken.checkResult.finding.status, clock.now());
    const { failed, finding } = taken.checkResult;
    const toBeRead = taken.acted || failed || (again && !taken.skipped && isDone(finding.status));
    if (!toBeRead || course.unattended) return 'over';
    showHeader(course, step.id);
    return (await dialogue.ask(again ? backToMenuQuestion : nextStepQuestion, ownQuestion('next'))) === 'list'
      ? 'back'
      : 'over';
  } catch (error) {
    if (!(error instanceof BackError)) throw error;
    await recheckAfterBack(course, step);
    return 'back';
  }
};
