import type { AwsClients } from '../../aws/clients.ts';
import type { Action } from '../../core/action.ts';
import { BackError, type Dialogue } from '../../core/dialogue.ts';
import { checkStep, checkSteps, type CheckResult } from '../../run/check.ts';
import { isDone } from '../../core/status.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { createHeader, type Session } from '../../run/session.ts';
import type { AnyStep } from '../../core/step.ts';
import { createHelpPage } from './help.ts';
import { runStep } from '../../run/run-step.ts';

/** One walk through the steps: who is signed in, what is known by now, and what is deferred to its end. */
export type SetupRun = {
  session: Session;
  steps: readonly AnyStep[];
  /** Whether these are all steps of the core, and not some that were named. */
  isWhole: boolean;
  dialogue: Dialogue;
  /** The command that comes back to this account. */
  resumeCommand: string;
  /** Answers come from a file, so nobody is there. */
  unattended: boolean;
  results: Map<string, CheckResult>;
  /** The step that the owner went back from: going on means that one. */
  leftStep: string | undefined;
  /** Steps that were gone through in this walk and are still open: they come last when the owner goes on. */
  visited: Set<string>;
  /** Whether it was offered once to carry on as the administrator. */
  switchUserOffered: boolean;
  /** With the credentials that they end, which may not be those of the session by then. */
  deferred: readonly { stepId: string; action: Action; aws: AwsClients }[];
};

/** How a step was left: the owner said to go on, or wants the list (by Back, too), or there was nothing to ask them. */
export type StepEnd = 'on' | 'list' | 'done';

/** What is agreed to for the end of the walk is not open, although AWS still shows it undone. */
export const isStepOpen = (
  { session, results, deferred }: Pick<SetupRun, 'session' | 'results' | 'deferred'>,
  { id }: AnyStep,
): boolean => {
  const status = results.get(id)?.finding.status;
  if (deferred.some(({ stepId }) => stepId === id)) return false;
  return !session.findSkip(id) && (session.progress.isBegun(id) || !(status && isDone(status)));
};

/** The open steps in the order in which the owner goes on: from the one that they left, and last those that they have seen. */
export const orderOpenSteps = (run: SetupRun): readonly AnyStep[] => {
  const open = run.steps.filter((step) => isStepOpen(run, step));
  const from = open.findIndex(({ id }) => id === run.leftStep);
  const turned = from > 0 ? [...open.slice(from), ...open.slice(0, from)] : open;
  const isSeen = ({ id }: AnyStep) => run.visited.has(id) && id !== run.leftStep;
  return [...turned.filter((step) => !isSeen(step)), ...turned.filter(isSeen)];
};

/** Whether there is an administrator whom root can hand over to: with MFA, and with a password for the console. */
export const hasAdministrator = ({ steps, results }: SetupRun): boolean =>
  steps.some((step) => {
    const finding = results.get(step.id)?.finding;
    // Others may still have to be protected; a check that failed has no facts.
    return finding !== undefined && finding.status !== 'unknown' && step.makesAdministrator?.(finding.facts);
  });

export const showHeader = ({ dialogue, session, steps, results }: SetupRun, current?: string): void =>
  dialogue.show({
    ...createHeader(session, steps, results, current),
    help: createHelpPage(steps.find(({ id }) => id === current)),
  });

export const checkAllSteps = async ({ session, steps, dialogue, results }: SetupRun): Promise<void> => {
  const { progress, clock } = session;
  const found = await dialogue.runWithProgress(
    'Looking at the account',
    () => checkSteps(steps, session),
    'transient',
  );
  for (const result of found) {
    results.set(result.step.id, result);
    await progress.recordStatus(result.step.id, result.finding.status, clock.now());
  }
};

const deferredNotice = 'This would end the session that this program runs in, so it is done last of all.';

/** Asked when there is something to be read that the next page would take away. */
const nextStepQuestion: ChoiceQuestion<'on' | 'list'> = {
  kind: 'choice',
  message: 'Go on?',
  options: [
    { value: 'on', label: 'Go on' },
    { value: 'list', label: 'Show me the list of steps' },
  ],
  default: 'on',
};

/** What was agreed to for the end of the walk does not count once its step is run again or skipped. */
export const discardDeferred = (run: SetupRun, { id }: Pick<AnyStep, 'id'>): void => {
  run.deferred = run.deferred.filter(({ stepId }) => stepId !== id);
};

/** After Back, a step may be half done: AWS is asked, so that the list and the summary are right. */
const recheckAfterBack = async ({ session, results }: SetupRun, step: AnyStep): Promise<void> => {
  const { progress, clock } = session;
  if (!progress.isBegun(step.id)) return;
  const result = await checkStep(step, session);
  results.set(step.id, result);
  await progress.recordStatus(step.id, result.finding.status, clock.now());
};

/** The same of a step that was chosen from the list, when nothing else is open. */
const backToMenuQuestion: typeof nextStepQuestion = {
  kind: 'choice',
  message: 'Back to the list?',
  options: [{ value: 'list', label: 'Back to the list of steps' }],
  default: 'list',
};

/** Asked when no step comes after this one. */
const finishQuestion: typeof nextStepQuestion = {
  ...nextStepQuestion,
  message: 'Finish?',
  options: [
    { value: 'on', label: 'Finish' },
    { value: 'list', label: 'Show me the list of steps' },
  ],
};

const createNextQuestion = (run: SetupRun, current: AnyStep, isChosen: boolean): typeof nextStepQuestion => {
  const open = run.steps.filter((step) => isStepOpen(run, step));
  if (isChosen) return open.length > 0 ? nextStepQuestion : backToMenuQuestion;
  const place = run.steps.indexOf(current);
  return open.some((step) => run.steps.indexOf(step) > place) ? nextStepQuestion : finishQuestion;
};

/** The dialogue, and whether it has warned of something since the owner last answered: what came before was read. */
const watchForWarnings = (dialogue: Dialogue): { dialogue: Dialogue; hasWarned: () => boolean } => {
  let hasWarned = false;
  const watched: Dialogue = {
    ...dialogue,
    show: (message) => {
      if (message.kind === 'text' && message.tone === 'warning') hasWarned = true;
      dialogue.show(message);
    },
    ask: async (question, name) => {
      const answer = await dialogue.ask(question, name);
      hasWarned = false;
      return answer;
    },
  };
  return { dialogue: watched, hasWarned: () => hasWarned };
};

/**
 * Runs one step. Returns `list` if the owner left it by Back or wants the list. Where it is done and there is no more to be
 * said about it, the next page says so in one line, and nobody is asked. `isChosen`: from the list, done or not.
 */
export const runOneStep = async (run: SetupRun, step: AnyStep, isChosen = false): Promise<StepEnd> => {
  const { session, results } = run;
  const { aws, clock, progress } = session;
  const { dialogue, hasWarned } = watchForWarnings(run.dialogue);
  showHeader(run, step.id);
  discardDeferred(run, step);
  try {
    const result = await runStep(step, { ...session, dialogue }, isChosen);
    results.set(step.id, result.checkResult);
    run.deferred = [...run.deferred, ...result.deferred.map((action) => ({ stepId: step.id, action, aws }))];
    if (result.deferred.length > 0) dialogue.show({ kind: 'text', text: deferredNotice });
    await progress.recordStatus(step.id, result.checkResult.finding.status, clock.now());
    const { failed, finding } = result.checkResult;
    const isDoneNow = isDone(finding.status);
    run.leftStep = undefined;
    if (!isDoneNow) run.visited.add(step.id);
    const toBeRead = isDoneNow
      ? (isChosen && !result.acted && !result.skipped) || hasWarned() || result.deferred.length > 0
      : result.acted || failed;
    if (!toBeRead || run.unattended) return 'done';
    showHeader(run, step.id);
    return await dialogue.ask(createNextQuestion(run, step, isChosen), ownQuestion('next'));
  } catch (error) {
    if (!(error instanceof BackError)) throw error;
    run.leftStep = step.id;
    await recheckAfterBack(run, step);
    return 'list';
  }
};
