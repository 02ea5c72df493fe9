import type { Dialogue, ManualTaskId } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { isMailErrand, type DeskMail, type PracticeDesk } from './desk.ts';
import { mailErrandOf } from '../scripted/answers.ts';

/** The choice that opens the practice mailbox. */
export const LOOK = 'mailbox';

const questions: Partial<Record<ManualTaskId, string>> = {
  'confirm-email': 'wait-for-mail',
  'fire-drill': 'drill',
};

/** Whether a question is the one of an errand; those that end in the mailbox are followed by others. */
export const isQuestionOf = (errand: ManualTaskId, name: string): boolean =>
  !isMailErrand(errand) || questions[errand] === name;

/** A question of an errand that ends in the mailbox, with the mailbox as the first thing to choose. */
export const withMailbox = (
  question: ChoiceQuestion,
  errand: ManualTaskId,
  clickable: string,
): ChoiceQuestion => ({
  ...question,
  options: [
    { value: LOOK, label: 'Practice: look into the mailbox' },
    ...(errand === 'confirm-email'
      ? [{ value: clickable, label: 'Practice: click the link in the mail' }]
      : []),
    ...question.options,
  ],
  default: LOOK,
});

/** A mail down to what is wanted in it: no more than that fits a small window. */
const shown = ({ subject, text, to, wanted = '' }: DeskMail): readonly string[] => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const end = lines.findIndex((line) => line.includes(wanted)) + 1;
  const body = lines.slice(0, end).map((line) => (line === wanted ? '(here is the link)' : line));
  return [`Mail to ${to}: ${subject}`, ...body, '(and so on)'];
};

/** Opens the practice mailbox at the newest mail of an errand. */
export const openMailbox = (dialogue: Dialogue, desk: PracticeDesk, errand: ManualTaskId): void => {
  const mail = desk.mail(errand);
  const lines = mail ? shown(mail) : ['No such mail has come.'];
  for (const text of lines) dialogue.show({ kind: 'text', text });
};

const orFromMailbox = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  message: `${question.message} (leave empty: taken from the practice mailbox)`,
  pattern: /^/,
});

/** A question as it is put in a rehearsal, and what an empty answer to it means. */
export const fromMailbox = (
  question: Question,
  desk: PracticeDesk,
): { question: SecretQuestion; empty: string } | undefined => {
  const errand = mailErrandOf(question);
  const wanted = errand && isMailErrand(errand) ? desk.mail(errand)?.wanted : undefined;
  return question.kind === 'secret' && wanted !== undefined
    ? { question: orFromMailbox(question), empty: wanted }
    : undefined;
};
