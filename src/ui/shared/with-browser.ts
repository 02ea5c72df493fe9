import { openInBrowser } from './browser.ts';
import type { Dialogue, Message } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question } from '../../core/question.ts';
import type { FrontEnd } from './front-end.ts';
import { canEndManualTask } from '../scripted/answers.ts';

const openPageOption = 'open';

const addOpenPageOption = (question: ChoiceQuestion): ChoiceQuestion => ({
  ...question,
  options: [
    ...question.options.slice(0, 1),
    { value: openPageOption, label: 'Open the page in a browser' },
    ...question.options.slice(1),
  ],
});

/** The page that the owner was last sent to in this step. */
type LastSentPage = { url: string | undefined; step: string | undefined };

const trackSentPage = (sent: LastSentPage, note: Message): void => {
  if (note.kind === 'manual-task') sent.url = note.url;
  if (note.kind !== 'header' || note.current === sent.step) return;
  sent.url = undefined;
  sent.step = note.current;
};

/**
 * Offers, in any front end, to open the page of an errand, wherever its question is put. Not for rehearsals: the page
 * is one of the real console.
 */
export const withBrowser = (
  dialogue: FrontEnd,
  open: (url: string, dialogue: Dialogue) => Promise<void> = openInBrowser,
): FrontEnd => {
  const sent: LastSentPage = { url: undefined, step: undefined };
  const pageAt = (question: Question, name: string): { url: string; question: ChoiceQuestion } | undefined =>
    sent.url !== undefined && question.kind === 'choice' && canEndManualTask(question, name)
      ? { url: sent.url, question: addOpenPageOption(question) }
      : undefined;
  const ask = async (question: Question, name: string): Promise<unknown> => {
    const page = pageAt(question, name);
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
    const page = pageAt(question, name);
    if (!page) return dialogue.askUntil(question, name, event);
    const outcome = await dialogue.askUntil(page.question, name, event);
    if ('event' in outcome || outcome.answer !== openPageOption) return outcome;
    await open(page.url, dialogue);
    return askUntil(question, name, event);
  };
  return {
    interactive: dialogue.interactive,
    show: (note) => {
      trackSentPage(sent, note);
      dialogue.show(note);
    },
    ask: ask as Dialogue['ask'],
    askUntil: askUntil as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile: (note, work) => dialogue.showSecretWhile(note, work),
    requestExit: (by) => dialogue.requestExit(by),
    close: () => dialogue.close(),
  };
};
