import type { ManualTaskId } from '../../core/dialogue.ts';
import type { Question, SecretQuestion, TextQuestion } from '../../core/question.ts';
import { isMailTask, type DeskMail, type PracticeDesk } from './desk.ts';
import { findMailTask } from '../scripted/answers.ts';

/** A link without its parameters: they are long, and one of them is the token that confirms. */
const shortenLink = (link: string): string => {
  const { origin, pathname } = new URL(link);
  return `${origin}${pathname}?…`;
};

/** The sentence of a quotation that ends in the wanted text: more doesn't fit into a small window. */
const quoteUpTo = (line: string, wanted: string): string => {
  const end = line.indexOf(wanted) + wanted.length;
  const start = line.lastIndexOf('"', end - wanted.length);
  return `…${line.slice(Math.max(start, 0), end)}…`;
};

/** The subject of a mail, and what is wanted of it. */
export const formatMailExcerpt = ({ subject, text, to, wantedText }: DeskMail): readonly string[] => {
  const heading = `Mail to ${to}: ${subject}`;
  const line =
    wantedText === undefined ? undefined : text.split('\n').find((one) => one.includes(wantedText));
  if (wantedText === undefined || line === undefined) return [heading];
  return [heading, URL.canParse(wantedText) ? shortenLink(wantedText) : quoteUpTo(line, wantedText)];
};

/** What the newest mail of a task has that a question asks for. */
const findWantedText = (question: Question, desk: PracticeDesk): string | undefined => {
  const task: ManualTaskId | undefined = findMailTask(question);
  return task && isMailTask(task) ? desk.findMail(task)?.wantedText : undefined;
};

/** A question about a mail as it is asked in practice: Enter takes what the mail says. */
export type MailboxQuestion = { question: SecretQuestion | TextQuestion; empty: string };

/** See {@link MailboxQuestion}. Nothing where the question is about no mail, or where none has come. */
export const createMailboxQuestion = (
  question: Question,
  desk: PracticeDesk,
): MailboxQuestion | undefined => {
  const wanted = findWantedText(question, desk);
  if (wanted === undefined) return undefined;
  if (question.kind === 'secret')
    return {
      question: { ...question, help: 'Enter takes it from the mail above.', pattern: /^/ },
      empty: wanted,
    };
  return question.kind === 'text'
    ? {
        question: { ...question, help: 'Enter takes them from the mail above.', default: wanted },
        empty: wanted,
      }
    : undefined;
};
