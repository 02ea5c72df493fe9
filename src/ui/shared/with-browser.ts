import { openInBrowser } from './browser.ts';
import type { Dialogue } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { FrontEnd } from './front-end.ts';
import { createManualTaskTracker, isDoneQuestion } from './manual-task.ts';

const openPageOption = 'open';

/**
 * A stray Enter says of nothing that it is done, so the page comes first. Once it was opened, that it is done comes first.
 * Where no browser can be opened there is no such choice: Enter then checks, or where AWS cannot be asked, takes "later".
 */
const addOpenPageOption = (question: ChoiceQuestion, wasOpened: boolean | undefined): ChoiceQuestion => {
  const [done, ...others] = question.options;
  if (wasOpened === undefined || done === undefined)
    return {
      ...question,
      options: [{ value: openPageOption, label: 'Open the page in a browser' }, ...question.options],
      default: openPageOption,
    };
  if (!wasOpened) {
    const later = others.find(({ value }) => value === 'later') ?? done;
    return { ...question, default: done.value === 'check' ? done.value : later.value };
  }
  return {
    ...question,
    options: [done, { value: openPageOption, label: 'Open the page again' }, ...others],
    default: done.value,
  };
};

/**
 * Offers, in any front end, to open the page of a manual task at the question whether it is done. Not in practice: the
 * page is one of the real console.
 */
export const withBrowser = (
  dialogue: FrontEnd,
  open: (url: string, dialogue: Dialogue) => Promise<boolean> = openInBrowser,
): FrontEnd => {
  const tracker = createManualTaskTracker();
  const findPage = (
    question: Question,
    name: string,
    wasOpened: boolean | undefined,
  ): { url: string; question: ChoiceQuestion } | undefined => {
    const { task } = tracker;
    return task?.url !== undefined && question.kind === 'choice' && isDoneQuestion(task, question, name)
      ? { url: task.url, question: addOpenPageOption(question, wasOpened) }
      : undefined;
  };
  const ask = async (question: Question, name: string, wasOpened?: boolean): Promise<unknown> => {
    const page = findPage(question, name, wasOpened);
    if (!page) return dialogue.ask(question, name);
    const answer = await dialogue.ask(page.question, name);
    if (answer !== openPageOption) return answer;
    return ask(question, name, await open(page.url, dialogue));
  };
  const askUntil = async <E>(
    question: Question,
    name: string,
    event: (signal: AbortSignal) => Promise<E>,
    wasOpened?: boolean,
  ): Promise<unknown> => {
    const page = findPage(question, name, wasOpened);
    if (!page) return dialogue.askUntil(question, name, event);
    const outcome = await dialogue.askUntil(page.question, name, event);
    if ('event' in outcome || outcome.answer !== openPageOption) return outcome;
    return askUntil(question, name, event, await open(page.url, dialogue));
  };
  return {
    interactive: dialogue.interactive,
    show: (message) => {
      tracker.observe(message);
      dialogue.show(message);
    },
    ask: ((question, name) => ask(question, name)) as Dialogue['ask'],
    askUntil: ((question, name, event) => askUntil(question, name, event)) as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile: (message, work) => dialogue.showSecretWhile(message, work),
    requestExit: (by) => dialogue.requestExit(by),
    close: () => dialogue.close(),
  };
};
