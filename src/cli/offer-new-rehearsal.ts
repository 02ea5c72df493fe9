import type { CliOptions } from './command-line.ts';
import { openFrontEnd } from './front-ends.ts';
import type { ProcessIo } from './io.ts';
import { ownQuestion } from '../core/question-names.ts';
import type { ChoiceQuestion } from '../core/question.ts';
import { isDone, type StepStatus } from '../core/status.ts';
import { checkSteps } from '../run/check.ts';
import { createHeader, type Session } from '../run/session.ts';
import { stepForAccount, type AnyStep } from '../core/step.ts';

/** What to do with a rehearsal that is finished. */
export type RehearsalChoice = 'new' | 'look' | 'leave';

const newRehearsalQuestion: ChoiceQuestion<RehearsalChoice> = {
  kind: 'choice',
  message: 'You have rehearsed to the end. What now?',
  cannotGoBack: true,
  help: 'A new rehearsal begins with a new practice account and deletes this one.',
  options: [
    { value: 'new', label: 'Begin a new rehearsal' },
    { value: 'look', label: 'Look at this one' },
    { value: 'leave', label: 'Leave' },
  ],
  default: 'new',
};

const isStepDone = (session: Session, { id }: AnyStep, status: StepStatus | undefined): boolean =>
  session.findSkip(id) !== undefined ||
  (status !== undefined && isDone(status) && !session.progress.isBegun(id));

/**
 * Asks what to do with a rehearsal that is finished. Undefined where it is not, where nobody is there to ask, and where
 * the owner has named steps, which are taken up again.
 */
export const offerNewRehearsal = async (
  session: Session,
  allSteps: readonly AnyStep[],
  options: CliOptions,
  io: ProcessIo,
): Promise<RehearsalChoice | undefined> => {
  const mayAsk = session.practice && io.stdin.isTTY && options.answers === undefined && !options.only;
  const steps = allSteps.map((step) => stepForAccount(session.account.kind, step));
  // What was found last saves a second look at an account that is not finished.
  if (!mayAsk || !steps.every((step) => isStepDone(session, step, session.progress.getLastStatus(step.id))))
    return undefined;
  const results = await checkSteps(steps, session);
  if (!results.every(({ step, finding }) => isStepDone(session, step, finding.status))) return undefined;
  const dialogue = await openFrontEnd(options, io, undefined, undefined);
  io.onExit((by) => dialogue.requestExit(by));
  try {
    dialogue.show(
      createHeader(session, steps, new Map(results.map((result) => [result.step.id, result] as const))),
    );
    return await dialogue.ask(newRehearsalQuestion, ownQuestion('new-rehearsal'));
  } finally {
    await dialogue.close();
  }
};
