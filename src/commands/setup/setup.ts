import { checkAnswers, type AnswersFile } from '../../core/answers-file.ts';
import { createSummary, getSetupExitCode, type ResumeCommands } from './summary.ts';
import { isStepOpen, orderOpenSteps, checkAllSteps, showHeader, runOneStep, type SetupRun } from './walk.ts';
import type { Dialogue } from '../../core/dialogue.ts';
import { offerSwitchUser, type SignInAgain } from './switch-user.ts';
import { openMenu } from './menu.ts';
import { performDeferred } from './deferred.ts';
import { exitCodes, UserError, type ExitCode } from '../../lib/user-error.ts';
import type { ChoiceQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import type { Session } from '../../run/session.ts';
import { stepForAccount, type AnyStep } from '../../core/step.ts';
import { createWelcome } from './welcome.ts';

export type SetupOptions = {
  session: Session;
  steps: readonly AnyStep[];
  dialogue: Dialogue;
  /** Answers given in advance: then nobody is asked. */
  givenAnswers: AnswersFile | 'defaults' | undefined;
  /** The owner named these steps one by one, so that their attestations are asked about again. */
  stepsAreNamed?: boolean;
  /** What the owner should know about how the program was started. */
  notices: readonly string[];
  /** Signs in with the credentials that are there now: how the owner goes on as the administrator. */
  signInAgain: SignInAgain;
  /** The commands that come back to this account. */
  resumeCommands: ResumeCommands;
};

const rightAccountQuestion: ChoiceQuestion<'yes' | 'list' | 'no'> = {
  kind: 'choice',
  message: 'Is this the account that you want to set up?',
  cannotGoBack: true,
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'list', label: 'Yes, show the list of steps' },
    { value: 'no', label: 'No, another account' },
  ],
  default: 'yes',
};

/** Who names a step that rests on their word, or that they have skipped, wants to think about it again. */
const shouldReask = (
  { results, session, unattended }: SetupRun,
  { stepsAreNamed = false }: SetupOptions,
  { id }: AnyStep,
): boolean =>
  stepsAreNamed &&
  !unattended &&
  (results.get(id)?.finding.status === 'attested' || session.progress.findSkip(id) !== undefined);

/** The open steps in their order. Tells whether the owner left the list for those that are open by then. */
const walkOnce = async (
  run: SetupRun,
  { signInAgain }: SetupOptions,
  isReasked: (step: AnyStep) => boolean,
): Promise<'over' | 'again'> => {
  const steps = run.leftStep === undefined && run.visited.size === 0 ? run.steps : orderOpenSteps(run);
  for (const step of steps) {
    if (!isStepOpen(run, step) && !isReasked(step)) continue;
    if (!(await offerSwitchUser(run, step, signInAgain))) return 'over';
    if (isReasked(step)) await run.session.progress.unskip(step.id);
    if ((await runOneStep(run, step, isReasked(step))) === 'list')
      return (await openMenu(run, signInAgain)) === 'on' ? 'again' : 'over';
  }
  return 'over';
};

/**
 * All open steps in their order. Turns to the list where the owner goes back; from there it goes on with the first step
 * that is open, one that was left before included.
 */
const runOpenSteps = async (run: SetupRun, setup: SetupOptions): Promise<void> => {
  let ended = await walkOnce(run, setup, (step) => shouldReask(run, setup, step));
  while (ended === 'again') ended = await walkOnce(run, setup, () => false);
};

const createWrongAccountError = ({ practice }: Session): UserError =>
  new UserError(
    'Nothing was changed.',
    practice
      ? ['This was the rehearsal. For real: npx aws-first-steps']
      : [
          'Sign in to the account that you mean: in AWS CloudShell, open it there; elsewhere, run "aws login".',
          'If you have its credentials in a profile: npx aws-first-steps --profile NAME',
        ],
    { exitCode: exitCodes.unfinished },
  );

/** Values can be checked only against the questions that the account as it is leads to; nothing has been changed yet. */
const checkGivenAnswers = (given: AnswersFile, run: SetupRun): void => {
  const open = run.steps.flatMap((step) => {
    const result = run.results.get(step.id);
    return result && !result.failed && isStepOpen(run, step)
      ? [{ id: step.id, questions: step.questions(result.finding.facts) }]
      : [];
  });
  checkAnswers(given, open);
};

/** Walks the owner through everything that is not done yet, and ends with a summary. */
export const runSetup = async (setup: SetupOptions): Promise<ExitCode> => {
  const { session, dialogue, givenAnswers, notices } = setup;
  const steps = setup.steps.map((step) => stepForAccount(session.account.kind, step));
  const unattended = givenAnswers !== undefined;
  const run: SetupRun = {
    session,
    steps,
    resumeCommand: setup.resumeCommands.resumeSetup,
    isWhole: setup.stepsAreNamed !== true,
    dialogue,
    unattended,
    results: new Map(),
    leftStep: undefined,
    visited: new Set(),
    switchUserOffered: false,
    deferred: [],
  };
  showHeader(run);
  await checkAllSteps(run);
  dialogue.show(createWelcome(run));
  for (const text of notices) dialogue.show({ kind: 'text', tone: 'warning', text });
  if (typeof givenAnswers === 'object') checkGivenAnswers(givenAnswers, run);
  if (steps.some((step) => isStepOpen(run, step) || shouldReask(run, setup, step))) {
    showHeader(run);
    const answer = await dialogue.ask(rightAccountQuestion, ownQuestion('account'));
    if (answer === 'no') throw createWrongAccountError(session);
    const goesOn = answer === 'yes' || (await openMenu(run, setup.signInAgain)) === 'on';
    if (goesOn) await runOpenSteps(run, setup);
  }
  await performDeferred(run);
  showHeader(run);
  dialogue.show(createSummary(run, setup.resumeCommands));
  return getSetupExitCode(run);
};
