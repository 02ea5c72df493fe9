import { openInBrowser } from './browser.ts';
import type { Dialogue } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { FrontEnd } from './front-end.ts';
import { createManualTaskTracker, isDoneQuestion } from './manual-task.ts';

const openPageOption = 'open';

const addOpenPageOption = (question: ChoiceQuestion): ChoiceQuestion => ({
  ...question,
  options: [
    ...question.options.slice(0, 1),
    { value: openPageOption, label: 'Open the page in a browser' },
    ...question.options.slice(1),
  ],
});

/**
 * Offers, in any front end, to open the page of a manual task at the question whether it is done. Not in practice: the
 * page is one of the real console.
 */
export const withBrowser = (
  dialogue: FrontEnd,
  open: (url: string, dialogue: Dialogue) => Promise<void> = openInBrowser,
): FrontEnd => {
  const tracker = createManualTaskTracker();
  const findPage = (
    question: Question,
    name: string,
  ): { url: string; question: ChoiceQuestion } | undefined => {
    const { task } = tracker;
    return task?.url !== undefined && question.kind === 'choice' && isDoneQuestion(task, question, name)
      ? { url: task.url, question: addOpenPageOption(question) }
      : undefined;
  };
  const ask = async (question: Question, name: string): Promise<unknown> => {
    const page = findPage(question, name);
    if (!page) return dialogue.ask(question, name);
    const answer = await dialogue.ask(page.question, name);
    if (answer !== openPageOption) return answer;
    await open(page.url, dialogue);
    return ask(question, name);
  };
  const askUntil = async <E>(
    question: Question,
    name: string,
    event: (signal: AbortSignal) => Promise<E>,
  ): Promise<unknown> => {
    const page = findPage(question, name);
    if (!page) return dialogue.askUntil(question, name, event);
    const outcome = await dialogue.askUntil(page.question, name, event);
    if ('event' in outcome || outcome.answer !== openPageOption) return outcome;
    await open(page.url, dialogue);
    return askUntil(question, name, event);
  };
  return {
    interactive: dialogue.interactive,
    show: (message) => {
      tracker.observe(message);
      dialogue.show(message);
    },
    ask: ask as Dialogue['ask'],
    askUntil: askUntil as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile: (message, work) => dialogue.showSecretWhile(message, work),
    requestExit: (by) => dialogue.requestExit(by),
    close: () => dialogue.close(),
  };
};
