import type { Account } from '../aws/clients.ts';
import type { Action, Hands } from '../core/action.ts';
import { codeOf, patience } from '../aws/consistency.ts';
import type { Clock } from '../lib/clock.ts';
import { changes, consent, skipReason, type Decision } from './consent.ts';
import type { Dialogue } from '../core/dialogue.ts';
import { examine, isDone, type Look } from './check.ts';
import { interview, withUnasked, type Given } from './interview.ts';
import { Problem } from '../lib/user-error.ts';
import type { Progress } from '../state/progress.ts';
import { ownQuestion } from '../core/question-names.ts';
import { stepDialogue } from './step-dialogue.ts';
import type { AnyStep, Status } from '../core/step.ts';

/** What a step is carried out with. */
export type Work = { aws: Account; dialogue: Dialogue; clock: Clock; progress: Progress };

/** How it went with a step: the last look, whether there is a result to be read, and what is left for the very end. */
export type Taken = { look: Look; acted: boolean; skipped: boolean; last: readonly Action[] };

/** A step that was only looked at. */
export const untouched = (look: Look): Taken => ({ look, acted: false, skipped: false, last: [] });

/** Tells what is in the way, and what can be done about it. */
export const tellProblem = (problem: Problem, dialogue: Dialogue): void => {
  dialogue.tell({ kind: 'text', tone: 'warning', text: problem.message });
  for (const next of problem.next) dialogue.tell({ kind: 'text', text: next });
};

/** Looks until what was just done is `seen`, since AWS shows some changes only after a while. */
export const lookAgain = async (
  step: AnyStep,
  { aws, progress, clock, dialogue }: Work,
  seen: (status: Status) => boolean = () => true,
): Promise<Look> => {
  const look = () => examine(step, aws, progress.words, clock);
  const untilSeen = async () => {
    let found = await look();
    for (const pause of patience) {
      if (seen(found.finding.status)) break;
      await clock.sleep(pause);
      found = await look();
    }
    return found;
  };
  return dialogue.during('Asking AWS what is true now', untilSeen, 'passing');
};

const decide = (step: AnyStep, facts: unknown, { dialogue, progress }: Work) => {
  const questions = step.asks(facts);
  const remembered = progress.answersFor(step.id);
  return interview(questions, remembered, stepDialogue(dialogue), async (given: Given) => {
    const answers = progress.isBegun(step.id) ? withUnasked(questions, remembered, given) : given;
    await progress.remember(step.id, answers);
    const actions = step.plan(facts, answers);
    return { actions, decision: await consent(step, actions, dialogue) };
  });
};

/** Performs what is due now, and returns what must wait for the very end. */
const performDue = async (actions: readonly Action[], hands: Hands): Promise<readonly Action[]> => {
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

/** What was begun in a step and not brought to its end, by its answers; nothing where they no longer fit. */
export const missing = (step: AnyStep, look: Look, progress: Progress): readonly Action[] => {
  try {
    const actions = step.plan(look.finding.facts, progress.answersFor(step.id));
    return actions.filter((action) => action.calls.length > 0);
  } catch {
    return [];
  }
};

/** Whether a step is over although it was not carried out to its end: one of two groups can be enough to look done. */
export const isOver = async (step: AnyStep, look: Look, progress: Progress): Promise<boolean> => {
  if (!isDone(look.finding.status) || missing(step, look, progress).length > 0) return false;
  await progress.finish(step.id);
  return true;
};

/** How often a plan is made anew because the account changed under it, before that is called a problem. */
const mostRounds = 3;

const needsSomebody = (actions: readonly Action[], dialogue: Dialogue): boolean =>
  !dialogue.attended && actions.some((action) => action.needsPerson);

const settled = (status: Status): boolean => status !== 'unmet' && status !== 'unknown';

/** Performs a plan that was agreed to, and looks until it is `seen`. */
const perform = async (
  step: AnyStep,
  actions: readonly Action[],
  work: Work,
  seen: (status: Status) => boolean,
): Promise<Taken> => {
  const { aws, dialogue, clock, progress } = work;
  await progress.begin(step.id);
  const last = await performDue(actions, {
    aws,
    dialogue: stepDialogue(dialogue),
    clock,
    words: progress.words,
  });
  const toBeSeen = changes(actions) && last.length === 0;
  const look = await lookAgain(step, work, toBeSeen ? seen : undefined);
  await progress.finish(step.id);
  return { look, acted: true, skipped: false, last };
};

/** What follows from the owner's decision on a plan, of which `seen` tells whether AWS shows it by now. */
export const carryOut = async (
  look: Look,
  { actions, decision }: { actions: readonly Action[]; decision: Decision },
  work: Work,
  seen: (status: Status) => boolean = settled,
): Promise<Taken> => {
  const { step } = look;
  const { dialogue, clock, progress } = work;
  if (decision === 'skip') {
    await progress.skip(step.id, await dialogue.ask(skipReason, ownQuestion('skip-reason')), clock.now());
    return { look, acted: false, skipped: true, last: [] };
  }
  if (decision === 'not-now') return untouched(look);
  if (needsSomebody(actions, dialogue)) {
    const text = 'This needs somebody who can scan a code and note a password: run the setup in a terminal.';
    dialogue.tell({ kind: 'text', tone: 'warning', text });
    return untouched(look);
  }
  return perform(step, actions, work, seen);
};

/** One round: questions, plan, consent, actions. Nothing if the account had changed and the round is to be repeated. */
const round = async (look: Look, work: Work): Promise<Taken | undefined> => {
  const { step, finding } = look;
  if (step.errand) work.dialogue.tell(step.errand(finding.facts));
  const decided = await decide(step, finding.facts, work);
  try {
    return await carryOut(look, decided, work);
  } catch (error) {
    if (!drifted(error)) throw error;
    return undefined;
  }
};

/** Rounds until one comes to its end; the account may change under a plan, and then a new one is made. */
export const rounds = async (first: Look, work: Work): Promise<Taken> => {
  let look = first;
  for (let number = 1; number <= mostRounds; number += 1) {
    const taken = await round(look, work);
    if (taken) return taken;
    const text =
      'The account has changed since the look, or AWS did not show its newest state. Looking again.';
    work.dialogue.tell({ kind: 'text', tone: 'warning', text });
    await work.clock.sleep(patience[number] ?? 0);
    look = await lookAgain(first.step, work);
    if (await isOver(first.step, look, work.progress)) return untouched(look);
  }
  throw new Problem('The account keeps changing while this step is carried out.', [
    'Is somebody else, or another run of this program, at work in it? Run the setup again when they are done.',
  ]);
};
