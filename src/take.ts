import type { Account } from './aws/account.ts';
import type { Action, Hands } from './aws/action.ts';
import { codeOf, patience } from './aws/consistency.ts';
import { endsTheSession, explain } from './aws/explain.ts';
import type { Clock } from './clock.ts';
import { Unanswered, type Dialogue } from './dialogue.ts';
import { changes, consent, skipReason } from './consent.ts';
import { examine, isDone, type Look } from './examine.ts';
import { interview, withUnasked, type Given } from './interview.ts';
import { Problem } from './problem.ts';
import type { Progress } from './progress.ts';
import type { AnyStep } from './step.ts';

/** What a step is carried out with. */
export type Work = { aws: Account; dialogue: Dialogue; clock: Clock; progress: Progress };

/** How it went with a step: the last look, whether there is a result to be read, and what is left for the very end. */
export type Taken = { look: Look; acted: boolean; skipped: boolean; last: readonly Action[] };

const untouched = (look: Look): Taken => ({ look, acted: false, skipped: false, last: [] });

const decide = (step: AnyStep, facts: unknown, { dialogue, progress }: Work) => {
  const questions = step.asks(facts);
  const remembered = progress.answersFor(step.id);
  return interview(questions, remembered, dialogue, async (given: Given) => {
    const answers = progress.isBegun(step.id) ? withUnasked(questions, remembered, given) : given;
    await progress.remember(step.id, answers);
    const actions = step.plan(facts, answers);
    return { actions, decision: await consent(step, actions, dialogue) };
  });
};

/** Performs what is due now, and returns what must wait for the very end. */
const perform = async (actions: readonly Action[], hands: Hands): Promise<readonly Action[]> => {
  for (const action of actions.filter((one) => !one.last)) {
    await (action.talks
      ? action.perform(hands)
      : hands.dialogue.during(action.why, () => action.perform(hands)));
  }
  return actions.filter((one) => one.last);
};

/** Answers that mean that the account is no longer what the plan was made for. */
const drifted = (error: unknown): boolean =>
  ['EntityAlreadyExists', 'DuplicateRecord', 'NoSuchEntity', 'DeleteConflict'].includes(codeOf(error) ?? '');

/** How often a plan is made anew because the account changed under it, before that is called a problem. */
const mostRounds = 3;

/** Looks until what was just done is seen, since AWS shows some changes only after a while. */
const lookAgain = async (
  step: AnyStep,
  { aws, progress, clock, dialogue }: Work,
  patient: boolean,
): Promise<Look> => {
  const look = () => examine(step, aws, progress.words, clock);
  const untilSeen = async () => {
    let found = await look();
    for (const pause of patient ? patience : []) {
      if (found.finding.status !== 'unmet' && found.finding.status !== 'unknown') break;
      await clock.sleep(pause);
      found = await look();
    }
    return found;
  };
  return dialogue.during('Asking AWS what is true now', untilSeen, 'passing');
};

const tellFinding = ({ finding }: Look, { dialogue }: Work, remedy?: string): void =>
  dialogue.tell({ kind: 'finding', status: finding.status, summary: finding.summary, remedy });

const tellProblem = (problem: Problem, { dialogue }: Work): void => {
  dialogue.tell({ kind: 'text', tone: 'warning', text: problem.message });
  for (const next of problem.next) dialogue.tell({ kind: 'text', text: next });
};

const needsSomebody = (actions: readonly Action[], dialogue: Dialogue): boolean =>
  !dialogue.attended && actions.some((action) => action.needsPerson);

/** Performs a plan that was agreed to, and looks again. */
const carryOut = async (step: AnyStep, actions: readonly Action[], work: Work): Promise<Taken> => {
  const { aws, dialogue, clock, progress } = work;
  await progress.begin(step.id);
  const last = await perform(actions, { aws, dialogue, clock, words: progress.words });
  const look = await lookAgain(step, work, changes(actions) && last.length === 0);
  await progress.finish(step.id);
  return { look, acted: true, skipped: false, last };
};

/** One round: questions, plan, consent, actions. Nothing if the account had changed and the round is to be repeated. */
const round = async (step: AnyStep, look: Look, work: Work): Promise<Taken | undefined> => {
  const { dialogue, clock, progress } = work;
  const { facts } = look.finding;
  if (step.errand) dialogue.tell(step.errand(facts));
  const { actions, decision } = await decide(step, facts, work);
  if (decision === 'skip') {
    await progress.skip(step.id, await dialogue.ask(skipReason, 'skip-reason'), clock.now());
    return { look, acted: false, skipped: true, last: [] };
  }
  if (decision === 'not-now') return untouched(look);
  if (needsSomebody(actions, dialogue)) {
    const text = 'This needs somebody who can scan a code and note a password: run the setup in a terminal.';
    dialogue.tell({ kind: 'text', tone: 'warning', text });
    return untouched(look);
  }
  try {
    return await carryOut(step, actions, work);
  } catch (error) {
    if (!drifted(error)) throw error;
    return undefined;
  }
};

const rounds = async (step: AnyStep, first: Look, work: Work): Promise<Taken> => {
  let look = first;
  for (let number = 1; number <= mostRounds; number += 1) {
    const taken = await round(step, look, work);
    if (taken) return taken;
    const text =
      'The account has changed since the look, or AWS did not show its newest state. Looking again.';
    work.dialogue.tell({ kind: 'text', tone: 'warning', text });
    await work.clock.sleep(patience[number] ?? 0);
    look = await lookAgain(step, work, false);
    if (isDone(look.finding.status)) return untouched(look);
  }
  throw new Problem('The account keeps changing while this step is carried out.', [
    'Is somebody else, or another run of this program, at work in it? Run the setup again when they are done.',
  ]);
};

/** What an earlier run had begun and not brought to its end, by its answers; nothing where they no longer fit. */
const missing = (step: AnyStep, look: Look, progress: Progress): readonly Action[] => {
  try {
    const actions = step.plan(look.finding.facts, progress.answersFor(step.id));
    return actions.filter((action) => action.calls.length > 0);
  } catch {
    return [];
  }
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
  return lookAgain(look.step, work, false);
};
