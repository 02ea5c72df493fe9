import type { Action, ActionContext } from '../../core/action.ts';
import { explainError } from '../../aws/errors/explain.ts';
import { BackError, type ManualTaskId } from '../../core/dialogue.ts';
import { showWarning } from '../../core/messages.ts';
import type { ChoiceQuestion, ChoiceOption } from '../../core/question.ts';

/** Something that only the owner can do, elsewhere, and how we notice that it is done. */
export type WatchedTask = {
  why: string;
  /** What the owner is sent to do; nothing where only time helps. */
  manualTask?: ManualTaskId;
  url?: string;
  instructions: readonly string[];
  /** The question while we wait. */
  message: string;
  /** The question's name in the answers file. */
  questionName: string;
  /** Whether AWS shows it by now. */
  isDone(context: ActionContext): Promise<boolean>;
  /** A better way than just to wait: chosen by just pressing Enter. */
  preferredOption?: WatchOption;
  /** More that can be chosen while waiting, each with what it does. */
  otherOptions?: readonly WatchOption[];
};

/** Something that can be chosen while waiting, and what it does. */
type WatchOption = ChoiceOption & { perform(context: ActionContext): Promise<void> };

/** How often AWS is asked while the owner is elsewhere. */
const pollIntervalMs = 4000;

/** So many failures in a row are no hiccup: waiting on would only hide them. */
const maxPollFailures = 3;

const pollUntilDone = async (
  watch: WatchedTask,
  context: ActionContext,
  signal: AbortSignal,
): Promise<'done'> => {
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (await watch.isDone(context)) return 'done';
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === maxPollFailures) throw error;
    }
    await context.clock.sleep(pollIntervalMs, signal);
  }
  return new Promise(() => {});
};

const toWatchOption = ({ value, label, hint }: WatchOption): ChoiceOption => ({
  value,
  label,
  ...(hint && { hint }),
});

const createWatchQuestion = (watch: WatchedTask): ChoiceQuestion => ({
  kind: 'choice',
  message: watch.message,
  help: 'It goes on by itself as soon as AWS shows it.',
  options: [
    ...(watch.preferredOption ? [toWatchOption(watch.preferredOption)] : []),
    { value: 'check', label: 'Check now' },
    ...(watch.otherOptions ?? []).map(toWatchOption),
    { value: 'later', label: 'Leave it for later' },
  ],
  // Where only time helps there is no reason to stay.
  default: watch.preferredOption?.value ?? (watch.manualTask ? 'check' : 'later'),
});

const checkTaskNow = async (watch: WatchedTask, context: ActionContext): Promise<boolean> => {
  const done = await context.dialogue
    .runWithProgress('Asking AWS', () => watch.isDone(context), 'transient')
    .catch((error: unknown) => {
      const problem = explainError(error);
      if (!problem) throw error;
      showWarning(context.dialogue, problem.message);
      return false;
    });
  if (!done)
    context.dialogue.show({ kind: 'text', text: 'AWS does not show it yet. This can take a minute.' });
  return done;
};

/** Back from an option leads to the waiting, and not out of the whole step. */
const ignoreBack = (performing: Promise<void>): Promise<void> =>
  performing.catch((error: unknown) => {
    if (!(error instanceof BackError)) throw error;
  });

/** The action that guides the owner through a manual task, and goes on by itself when AWS shows that it is done. */
export const watchTask = (watch: WatchedTask): Action => ({
  why: watch.why,
  calls: [],
  usesDialogue: true,
  perform: async (context) => {
    const { dialogue } = context;
    if (
      await dialogue.runWithProgress(
        'Asking AWS',
        () => watch.isDone(context).catch(() => false),
        'transient',
      )
    )
      return;
    const { url, manualTask, questionName, instructions } = watch;
    if (manualTask)
      dialogue.show({
        kind: 'manual-task',
        id: manualTask,
        doneQuestion: questionName,
        instructions,
        ...(url && { url }),
      });
    else for (const text of instructions) dialogue.show({ kind: 'text', text });
    for (;;) {
      const first = await dialogue.askUntil(createWatchQuestion(watch), watch.questionName, (signal) =>
        pollUntilDone(watch, context, signal),
      );
      if ('event' in first || first.answer === 'later') return;
      if (first.answer === 'check' && (await checkTaskNow(watch, context))) return;
      const option = [watch.preferredOption, ...(watch.otherOptions ?? [])].find(
        (one) => one?.value === first.answer,
      );
      if (option) await ignoreBack(option.perform(context));
      if (option && option === watch.preferredOption && (await watch.isDone(context))) return;
    }
  },
});
