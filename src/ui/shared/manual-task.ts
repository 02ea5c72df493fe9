import type { ManualTask, ManualTaskId, Message } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';
import { isOwnQuestion, type OwnQuestion } from '../../core/question-names.ts';

/** Remembers which manual task the owner was last given in the current step. */
export type ManualTaskTracker = {
  observe(message: Message): void;
  readonly task: ManualTask | undefined;
  clear(): void;
};

/** See {@link ManualTaskTracker}. */
export const createManualTaskTracker = (): ManualTaskTracker => {
  let task: ManualTask | undefined;
  let step: string | undefined;
  return {
    observe: (message) => {
      if (message.kind === 'manual-task') task = message;
      if (message.kind !== 'header' || message.current === step) return;
      task = undefined;
      step = message.current;
    },
    get task() {
      return task;
    },
    clear: () => {
      task = undefined;
    },
  };
};

/** Whether a question asks if `task` is done. */
export const isDoneQuestion = (task: ManualTask, question: Question, name: string): boolean =>
  (question.kind === 'choice' || question.kind === 'confirm') &&
  (task.doneQuestion === undefined ? guessDoneQuestion(task, name) : name === task.doneQuestion);

// For tasks that do not say yet which question asks if they are done. Delete from here on, and the condition above,
// once `doneQuestion` is required.
const mailTaskQuestions: Partial<Record<ManualTaskId, string>> = {
  'confirm-email': 'wait-for-mail',
  'fire-drill': 'drill',
};
const afterSignIn: OwnQuestion = 'wizard/carry-on';
const guessDoneQuestion = ({ id }: ManualTask, name: string): boolean =>
  (!isOwnQuestion(name) || name === afterSignIn) && name === (mailTaskQuestions[id] ?? name);
