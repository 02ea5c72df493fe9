import type { Dialogue, ManualTaskId } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { isMailTask, type DeskMail, type PracticeDesk } from './desk.ts';
import { findMailTask } from '../scripted/answers.ts';

/** The choice that opens the practice mailbox. */
export const openMailboxOption = 'mailbox';

/** A question of an errand that ends in the mailbox, with the mailbox as the first thing to choose. */
export const addMailboxOption = (
  question: ChoiceQuestion,
  errand: ManualTaskId,
  clickable: string,
): ChoiceQuestion => ({
  ...question,
  options: [
    { value: openMailboxOption, label: 'Practice: look into the mailbox' },
    ...(errand === 'confirm-email'
      ? [{ value: clickable, label: 'Practice: click the link in the mail' }]
      : []),
    ...question.options,
  ],
  default: openMailboxOption,
});

/** A mail down to what is wanted in it: no more than that fits a small window. */
const formatMailExcerpt = ({ subject, text, to, wantedText = '' }: DeskMail): readonly string[] => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const end = lines.findIndex((line) => line.includes(wantedText)) + 1;
  const body = lines.slice(0, end).map((line) => (line === wantedText ? '(here is the link)' : line));
  return [`Mail to ${to}: ${subject}`, ...body, '(and so on)'];
};

/** Opens the practice mailbox at the newest mail of an errand. */
export const showNewestMail = (dialogue: Dialogue, desk: PracticeDesk, errand: ManualTaskId): void => {
  const mail = desk.findMail(errand);
  const lines = mail ? formatMailExcerpt(mail) : ['No such mail has come.'];
  for (const text of lines) dialogue.show({ kind: 'text', text });
};

const allowMailboxAnswer = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  message: `${question.message} (leave empty: taken from the practice mailbox)`,
  pattern: /^/,
});

/** A question as it is put in a rehearsal, and what an empty answer to it means. */
export const createMailboxQuestion = (
  question: Question,
  desk: PracticeDesk,
): { question: SecretQuestion; empty: string } | undefined => {
  const errand = findMailTask(question);
  const wanted = errand && isMailTask(errand) ? desk.findMail(errand)?.wantedText : undefined;
  return question.kind === 'secret' && wanted !== undefined
    ? { question: allowMailboxAnswer(question), empty: wanted }
    : undefined;
};
