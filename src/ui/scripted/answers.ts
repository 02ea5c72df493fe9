import { findFileAnswer, type AnswersFile } from '../../core/answers-file.ts';
import {
  UnansweredError,
  type ManualTask,
  type ManualTaskId,
  type SecretMessage,
} from '../../core/dialogue.ts';
import { usageError } from '../../lib/user-error.ts';
import {
  getDefault,
  getLeftOutAnswer,
  findObjection,
  normalizeFileAnswer,
  type ChoiceQuestion,
  type Question,
  type SecretQuestion,
} from '../../core/question.ts';
import { isOwnQuestion, type OwnQuestion } from '../../core/question-names.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { isMailTask, type ScriptedDesk } from '../practice/desk.ts';
import { isDoneQuestion } from '../shared/manual-task.ts';

const hasOptionValue = (question: ChoiceQuestion, value: string) =>
  question.options.some((option) => option.value === value);

/** The first of `values` that a choice offers. */
const findOfferedValue = (question: ChoiceQuestion, ...values: readonly string[]) =>
  values.find((value) => hasOptionValue(question, value));

/**
 * The answers of an unattended run to the program's own questions, whatever the answers file says. Starting such a run
 * means yes to the account (`--account` guards it), to the plan and to going on. The other questions need a person.
 */
const ownAnswers: ReadonlyMap<string, string> = new Map<OwnQuestion, string>([
  ['wizard/account', 'yes'],
  ['wizard/carry-on', 'leave'],
  ['wizard/go-ahead', 'yes'],
  ['wizard/list', 'over'],
  ['wizard/next', 'on'],
]);

const ownAnswer = (name: string, question: Question): unknown => {
  const value = ownAnswers.get(name);
  return value !== undefined && question.kind === 'choice'
    ? (findOfferedValue(question, value) ?? question.default)
    : undefined;
};

/** The answer after the task was done at the desk. */
export const answerAfterTask = (question: Question): unknown => {
  if (question.kind === 'confirm') return true;
  return question.kind === 'choice'
    ? (findOfferedValue(question, 'done', 'yes', 'activated', 'signed-in') ?? question.default)
    : undefined;
};

/** What a scripted answer depends on besides the question. */
export type QuestionContext = {
  step: string | undefined;
  /** What the owner was sent to do and has not done yet. */
  manualTask: ManualTask | undefined;
  shownSecret: SecretMessage['kind'] | undefined;
  racesWithEvent: boolean;
};

/** How a scripted question ends: with an answer, or by waiting for the event that the desk has just caused. */
export type ScriptedResult = { value: unknown } | 'wait';

export type AnswerSource = { answers: AnswersFile | 'defaults'; desk: ScriptedDesk | undefined };

const answerFromFile = (
  { answers }: AnswerSource,
  { step }: QuestionContext,
  name: string,
  question: Question,
): unknown => {
  if (answers === 'defaults' || step === undefined || isOwnQuestion(name)) return undefined;
  const value = normalizeFileAnswer(question, findFileAnswer(answers, step, name));
  const why = value === undefined ? undefined : findObjection(question, value);
  if (why !== undefined)
    throw usageError(`The answer to "${name}" of "${step}" cannot be used. ${sanitize(why)}`, [
      'Correct it in the answers file and run this again: what is done is kept.',
    ]);
  return value;
};

/**
 * What a person at the desk would answer: that the password is stored, the address of the mailbox and, with
 * `defaults`, the example of a text that has no default.
 */
const answerFromDesk = (
  { answers, desk }: AnswerSource,
  { shownSecret }: QuestionContext,
  question: Question,
): unknown => {
  if (!desk) return undefined;
  const task = findMailTask(question);
  if (task) return desk.findMail(task)?.wantedText;
  if (question.kind === 'confirm' && shownSecret === 'password') return true;
  if (question.kind !== 'text') return undefined;
  if (question.format === 'email') return question.default ?? desk.email;
  if (question.default !== undefined) return undefined;
  return answers === 'defaults' ? question.example : undefined;
};

/** The task whose mail contains the answer to a question. */
export const findMailTask = (question: Question): ManualTaskId | undefined => {
  if (question.kind === 'secret' && question.format === 'confirmation-link') return 'confirm-email';
  return question.kind === 'text' && question.format === 'drill-words' ? 'fire-drill' : undefined;
};

/** Nobody did the manual task, so "later" is true, whatever the default. */
const answerFromDefault = (
  { answers }: AnswerSource,
  { racesWithEvent, manualTask }: QuestionContext,
  question: Question,
): unknown => {
  const later =
    question.kind === 'choice' && (racesWithEvent || manualTask)
      ? findOfferedValue(question, 'later')
      : undefined;
  if (later !== undefined) return later;
  if (racesWithEvent && question.kind === 'choice') return question.default;
  return answers === 'defaults' ? getDefault(question) : getLeftOutAnswer(question);
};

/** With the mail, the default; without it, later. */
const answerFromMail = (desk: ScriptedDesk, task: ManualTaskId, question: ChoiceQuestion): unknown =>
  desk.findMail(task)?.wantedText === undefined ? findOfferedValue(question, 'later') : getDefault(question);

/** Answers questions from a file, the defaults and the desk. Rejects with {@link UnansweredError} if none of them has one. */
export const createScriptedAnswers = (source: AnswerSource) => {
  const { desk } = source;
  let codes: string[] = [];
  const nextCode = () => {
    if (codes.length === 0) codes = desk ? [...desk.phone.codes()] : [];
    return codes.shift();
  };
  const typed = (question: SecretQuestion) => (question.format === undefined ? nextCode() : undefined);
  return {
    /** After a new QR code was scanned, the codes of the old one are useless. */
    forgetCodes: (): void => {
      codes = [];
    },
    answer: async (question: Question, name: string, context: QuestionContext): Promise<ScriptedResult> => {
      const given =
        question.kind === 'secret' ? typed(question) : answerFromFile(source, context, name, question);
      if (given !== undefined) return { value: given };
      const { manualTask } = context;
      if (desk && manualTask && isDoneQuestion(manualTask, question, name)) {
        if (question.kind === 'choice' && isMailTask(manualTask.id))
          return { value: answerFromMail(desk, manualTask.id, question) };
        await desk.performTask(manualTask.id);
        if (context.racesWithEvent) return 'wait';
        return { value: answerAfterTask(question) };
      }
      const value =
        ownAnswer(name, question) ??
        answerFromDesk(source, context, question) ??
        answerFromDefault(source, context, question);
      if (value === undefined) throw new UnansweredError(name);
      return { value };
    },
  };
};
