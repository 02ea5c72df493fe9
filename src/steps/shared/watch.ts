import type { Action, ActionContext } from '../../core/action.ts';
import { explainError } from '../../aws/errors/explain.ts';
import { BackError, type ManualTaskId } from '../../core/dialogue.ts';
import type { ChoiceQuestion, ChoiceOption } from '../../core/question.ts';

/** Something that only the owner can do, elsewhere, and how we notice that it is done. */
export type Watch = {
  why: string;
  /** What the owner is sent to do; nothing where only time helps. */
  errand?: ManualTaskId;
  url?: string;
  instructions: readonly string[];
  /** The question's words while we wait. */
  message: string;
  /** The question's name in the answers file. */
  name: string;
  /** Whether AWS shows it by now. */
  done(hands: ActionContext): Promise<boolean>;
  /** A better way than just to wait: chosen by just pressing Enter. */
  best?: Deed;
  /** More that can be chosen while waiting, each with what it does. */
  more?: readonly Deed[];
};

/** Something that can be chosen while waiting, and what it does. */
type Deed = ChoiceOption & { act(hands: ActionContext): Promise<void> };

/** How often AWS is asked while the owner is elsewhere. */
const pollEvery = 4000;

/** So many failures in a row are no hiccup: waiting on would only hide them. */
const mostFailures = 3;

/** Asks AWS again and again until it is done. */
const poll = async (watch: Watch, hands: ActionContext, signal: AbortSignal): Promise<'done'> => {
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (await watch.done(hands)) return 'done';
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === mostFailures) throw error;
    }
    await hands.clock.sleep(pollEvery, signal);
  }
  return new Promise(() => {});
};

const optionOf = ({ value, label, hint }: Deed): ChoiceOption => ({ value, label, ...(hint && { hint }) });

const questionOf = (watch: Watch): ChoiceQuestion => ({
  kind: 'choice',
  message: watch.message,
  help: 'It goes on by itself as soon as AWS shows it.',
  options: [
    ...(watch.best ? [optionOf(watch.best)] : []),
    { value: 'check', label: 'Check now' },
    ...(watch.more ?? []).map(optionOf),
    { value: 'later', label: 'Leave it for later' },
  ],
  // Where only time helps there is no reason to stay.
  default: watch.best?.value ?? (watch.errand ? 'check' : 'later'),
});

const checkNow = async (watch: Watch, hands: ActionContext): Promise<boolean> => {
  const done = await hands.dialogue
    .runWithProgress('Asking AWS', () => watch.done(hands), 'transient')
    .catch((error: unknown) => {
      const problem = explainError(error);
      if (!problem) throw error;
      hands.dialogue.show({ kind: 'text', tone: 'warning', text: problem.message });
      return false;
    });
  if (!done) hands.dialogue.show({ kind: 'text', text: 'AWS does not show it yet. This can take a minute.' });
  return done;
};

/** Back from one of the deeds leads to the waiting, and not out of the whole step. */
const unlessBack = (deed: Promise<void>): Promise<void> =>
  deed.catch((error: unknown) => {
    if (!(error instanceof BackError)) throw error;
  });

/** The action that guides the owner through an errand and goes on by itself when AWS shows that it is done. */
export const watching = (watch: Watch): Action => ({
  why: watch.why,
  calls: [],
  usesDialogue: true,
  perform: async (hands) => {
    const { dialogue } = hands;
    if (await dialogue.runWithProgress('Asking AWS', () => watch.done(hands).catch(() => false), 'transient'))
      return;
    const { url, errand, instructions } = watch;
    if (errand) dialogue.show({ kind: 'manual-task', id: errand, instructions, ...(url && { url }) });
    else for (const text of instructions) dialogue.show({ kind: 'text', text });
    for (;;) {
      const first = await dialogue.askUntil(questionOf(watch), watch.name, (signal) =>
        poll(watch, hands, signal),
      );
      if ('event' in first || first.answer === 'later') return;
      if (first.answer === 'check' && (await checkNow(watch, hands))) return;
      const deed = [watch.best, ...(watch.more ?? [])].find((one) => one?.value === first.answer);
      if (deed) await unlessBack(deed.act(hands));
      if (deed && deed === watch.best && (await watch.done(hands))) return;
    }
  },
});
