import type { Action, ActionContext } from '../../core/action.ts';
import { explainError } from '../../aws/errors/explain.ts';
import { BackError, type ManualTaskId } from '../../core/dialogue.ts';
import { showWarning } from '../../core/messages.ts';
import type { ChoiceQuestion, ChoiceOption } from '../../core/question.ts';

/** A task that only the owner can do, elsewhere, and how the program notices that it is done. */
export type WatchedTask = {
  why: string;
  /** The task the owner is sent to do. Missing if only time helps. */
  manualTask?: ManualTaskId;
  url?: string;
  instructions: readonly string[];
  /** The question asked while waiting. */
  message: string;
  /** The question's name in the answers file. */
  questionName: string;
  /** Whether AWS already shows that the task is done. */
  isDone(context: ActionContext): Promise<boolean>;
  /** An option better than waiting. It is the default, chosen with Enter, and takes the place of a check. */
  preferredOption?: WatchOption;
  /** What to try if what the owner waits for does not come: an option that leads to a second choice. */
  ifMissing?: MissingChoice;
  laterHint?: string;
};

/** A second choice, so that the page of the waiting offers no more than three things. */
type MissingChoice = {
  label: string;
  questionName: string;
  help: string;
  options: readonly WatchOption[];
};

/** An option to offer while waiting, and what it does. */
type WatchOption = ChoiceOption & { perform(context: ActionContext): Promise<void> };

/** How often the program asks AWS while the owner is elsewhere. */
const pollIntervalMs = 4000;

/** This many failures in a row are not a brief disturbance. Waiting on would only hide them. */
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

/** The answer that leads to the second choice. */
export const missingAnswer = 'missing';

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
    watch.preferredOption ? toWatchOption(watch.preferredOption) : { value: 'check', label: 'Check now' },
    ...(watch.ifMissing ? [{ value: missingAnswer, label: watch.ifMissing.label }] : []),
    { value: 'later', label: 'Leave it for later', ...(watch.laterHint && { hint: watch.laterHint }) },
  ],
  // If only time helps, the owner has no reason to stay.
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

/** Going back from an option returns to the waiting and does not leave the step. */
const ignoreBack = (performing: Promise<void>): Promise<void> =>
  performing.catch((error: unknown) => {
    if (!(error instanceof BackError)) throw error;
  });

/** The choice that lists what can be tried. The first is the default, and Back leads to where it came from. */
export const createMissingQuestion = (
  help: string | undefined,
  options: readonly ChoiceOption[],
): ChoiceQuestion => ({
  kind: 'choice',
  message: 'What do you want to try?',
  ...(help !== undefined && { help }),
  options: [...options, { value: 'back', label: 'Back to waiting' }],
  default: options[0]?.value ?? 'back',
});

const askWhatToTry = async (
  { help, options, questionName }: MissingChoice,
  context: ActionContext,
): Promise<void> => {
  const question = createMissingQuestion(help, options.map(toWatchOption));
  const answer = await context.dialogue.ask(question, questionName);
  await options.find(({ value }) => value === answer)?.perform(context);
};

/** An action that guides the owner through a manual task and continues by itself once AWS shows that it is done. */
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
      if (watch.ifMissing && first.answer === missingAnswer)
        await ignoreBack(askWhatToTry(watch.ifMissing, context));
      if (watch.preferredOption?.value !== first.answer) continue;
      await ignoreBack(watch.preferredOption.perform(context));
      if (await watch.isDone(context)) return;
    }
  },
});
