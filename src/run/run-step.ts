import { endsTheSession, explain } from '../aws/errors/explain.ts';
import { consent } from './consent.ts';
import { Unanswered } from '../core/dialogue.ts';
import { isDone, type Look } from './check.ts';
import type { Choice } from '../core/question.ts';
import { ownQuestion } from '../core/question-names.ts';
import {
  carryOut,
  isOver,
  lookAgain,
  missing,
  rounds,
  tellProblem,
  untouched,
  type Taken,
  type Work,
} from './attempt.ts';
import type { AnyStep } from '../core/step.ts';

const tellFinding = ({ finding }: Look, { dialogue }: Work, remedy?: string): void =>
  dialogue.tell({ kind: 'finding', status: finding.status, summary: finding.summary, remedy });

/** A step can look done after a run that was killed in the middle of it: then what is missing is offered. */
const complete = async (step: AnyStep, look: Look, work: Work): Promise<Taken> => {
  const { dialogue, progress } = work;
  const actions = progress.isBegun(step.id) ? missing(step, look, progress) : [];
  if (actions.length === 0) {
    await progress.finish(step.id);
    return untouched(look);
  }
  const text = 'An earlier run was interrupted in this step. This is what it had left to do.';
  dialogue.tell({ kind: 'text', text });
  return carryOut(look, { actions, decision: await consent(step, actions, dialogue) }, work);
};

const stillHolds: Choice = {
  kind: 'choice',
  message: 'This rests on your word. Does it still hold?',
  options: [
    { value: 'holds', label: 'Yes' },
    { value: 'take-back', label: 'No, take my word back', hint: 'the step is open again' },
  ],
  default: 'holds',
};

/** What the owner has said can be taken back; then the step is taken as if it had never been said. */
const reconsider = async (look: Look, work: Work): Promise<Taken> => {
  const { step, finding } = look;
  const { dialogue } = work;
  const actions = step.takeBack?.(finding.facts) ?? [];
  if (actions.length === 0 || (await dialogue.ask(stillHolds, ownQuestion('word'))) === 'holds')
    return untouched(look);
  const decided = { actions, decision: await consent(step, actions, dialogue) };
  const taken = await carryOut(look, decided, work, (status) => status !== 'attested');
  if (!taken.acted || isDone(taken.look.finding.status)) return taken;
  tellFinding(taken.look, work);
  return rounds(taken.look, work);
};

const takeFrom = (look: Look, work: Work, again: boolean): Promise<Taken> => {
  const { status } = look.finding;
  if (!isDone(status)) return rounds(look, work);
  return again && status === 'attested' ? reconsider(look, work) : complete(look.step, look, work);
};

/**
 * Takes one step: why, what AWS says now, the questions, the plan, consent, the actions, and another look. What goes
 * wrong with this step only is told here; {@link Back} and {@link Leave} of the owner, and credentials that have
 * ended, are thrown. `again` says that the owner chose a step that may be done already.
 */
export const take = async (step: AnyStep, work: Work, again = false): Promise<Taken> => {
  work.dialogue.tell({ kind: 'heading', title: step.title, paragraphs: step.why });
  // An earlier step may have changed what this one saw when all were looked at.
  const look = await lookAgain(step, work);
  // What helps is what this very step is about to do, unless it cannot even look.
  tellFinding(look, work, look.failed ? look.finding.remedy : undefined);
  if (look.failed) return untouched(look);
  try {
    const taken = await takeFrom(look, work, again);
    if (!taken.skipped) tellFinding(taken.look, work, taken.look.finding.remedy);
    return taken;
  } catch (error) {
    return { look: await afterwards(error, look, work), acted: true, skipped: false, last: [] };
  }
};

/** What is known of a step that was broken off: AWS is asked, since some of it may have been done. */
const afterwards = async (error: unknown, look: Look, work: Work): Promise<Look> => {
  if (error instanceof Unanswered) {
    const text = `Not done: ${look.step.id} needs an answer to "${error.question}".`;
    work.dialogue.tell({ kind: 'text', tone: 'warning', text });
  } else {
    const problem = explain(error);
    if (!problem || endsTheSession(error)) throw problem ?? error;
    tellProblem(problem, work.dialogue);
  }
  const found = await lookAgain(look.step, work);
  // What AWS refused may be done all the same: by somebody else, or by a call whose answer was lost.
  await isOver(look.step, found, work.progress);
  return found;
};
