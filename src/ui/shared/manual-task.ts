import type { ManualTask, Message } from '../../core/dialogue.ts';
import type { Question } from '../../core/question.ts';

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
  (question.kind === 'choice' || question.kind === 'confirm') && name === task.doneQuestion;
