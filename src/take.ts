import { endsTheSession, explain } from './aws/explain.ts';
import { consent } from './consent.ts';
import { Unanswered } from './dialogue.ts';
import { isDone, type Look } from './examine.ts';
import { Problem } from './problem.ts';
import { carryOut, isOver, lookAgain, missing, rounds, untouched, type Taken, type Work } from './rounds.ts';
import type { AnyStep } from './step.ts';

const tellFinding = ({ finding }: Look, { dialogue }: Work, remedy?: string): void =>
  dialogue.tell({ kind: 'finding', status: finding.status, summary: finding.summary, remedy });

const tellProblem = (problem: Problem, { dialogue }: Work): void => {
  dialogue.tell({ kind: 'text', tone: 'warning', text: problem.message });
  for (const next of problem.next) dialogue.tell({ kind: 'text', text: next });
};

/** A step can look done after a run that was killed in the middle of it: then what is missing is offered. */
const complete = async (step: AnyStep, look: Look, work: Work): Promise<Taken> => {
  const { dialogue, progress } = work;
  const actions = progress.isBegun(step.id) ? missing(step, look, progress) : [];
  if (actions.length > 0) {
    dialogue.tell({
      kind: 'text',
      text: 'An earlier run was interrupted in this step. This is what it had left to do.',
    });
    if ((await consent(step, actions, dialogue)) === 'yes') return carryOut(step, actions, work);
  }
  await progress.finish(step.id);
  return untouched(look);
};

/**
 * Takes one step: why, what AWS says now, the questions, the plan, consent, the actions, and another look. What goes
 * wrong with this step only is told here; {@link Back} and {@link Leave} of the owner, and credentials that have
 * ended, are thrown.
 */
export const take = async (step: AnyStep, work: Work): Promise<Taken> => {
  work.dialogue.tell({ kind: 'heading', title: step.title, paragraphs: step.why });
  // An earlier step may have changed what this one saw when all were looked at.
  const look = await lookAgain(step, work, false);
  // What helps is what this very step is about to do, unless it cannot even look.
  tellFinding(look, work, look.failed ? look.finding.remedy : undefined);
  if (look.failed) return untouched(look);
  try {
    const taken = isDone(look.finding.status)
      ? await complete(step, look, work)
      : await rounds(step, look, work);
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
    tellProblem(problem, work);
  }
  const found = await lookAgain(look.step, work, false);
  // What AWS refused may be done all the same: by somebody else, or by a call whose answer was lost.
  await isOver(look.step, found, work.progress);
  return found;
};
