import type { Dialogue, ManualTaskId } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { isMailTask, type DeskMail, type PracticeDesk } from './desk.ts';
import { findMailTask } from '../scripted/answers.ts';

/** The choice that opens the practice mailbox. */
export const openMailboxOption = 'mailbox';

/** A mail task's question with the mailbox as its first option. */
export const addMailboxOption = (
  question: ChoiceQuestion,
  task: ManualTaskId,
  clickable: string,
): ChoiceQuestion => ({
  ...question,
  options: [
    { value: openMailboxOption, label: 'Practice: look into the mailbox' },
    ...(task === 'confirm-email'
      ? [{ value: clickable, label: 'Practice: click the link in the mail' }]
      : []),
    ...question.options,
  ],
  default: openMailboxOption,
});

/** A mail up to the wanted text: more doesn't fit into a small window. */
const formatMailExcerpt = ({ subject, text, to, wantedText = '' }: DeskMail): readonly string[] => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const end = lines.findIndex((line) => line.includes(wantedText)) + 1;
  const body = lines.slice(0, end).map((line) => (line === wantedText ? '(here is the link)' : line));
  return [`Mail to ${to}: ${subject}`, ...body, '(and so on)'];
};

/** Opens the practice mailbox at the newest mail of a task. */
export const showNewestMail = (dialogue: Dialogue, desk: PracticeDesk, task: ManualTaskId): void => {
  const mail = desk.findMail(task);
  const lines = mail ? formatMailExcerpt(mail) : ['No such mail has come.'];
  for (const text of lines) dialogue.show({ kind: 'text', text });
};

const allowMailboxAnswer = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  message: `${question.message} (leave empty: taken from the practice mailbox)`,
  pattern: /^/,
});

/** The question as it is asked in practice, and what an empty answer to it means. */
export const createMailboxQuestion = (
  question: Question,
  desk: PracticeDesk,
): { question: SecretQuestion; empty: string } | undefined => {
  const task = findMailTask(question);
  const wanted = task && isMailTask(task) ? desk.findMail(task)?.wantedText : undefined;
  return question.kind === 'secret' && wanted !== undefined
    ? { question: allowMailboxAnswer(question), empty: wanted }
    : undefined;
};
