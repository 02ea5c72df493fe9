import { findFileAnswer, type AnswersFile } from '../../core/answers-file.ts';
import { UnansweredError, type ManualTaskId, type SecretMessage } from '../../core/dialogue.ts';
import { usageError } from '../../lib/user-error.ts';
import {
  getDefault,
  findObjection,
  type ChoiceQuestion,
  type Question,
  type SecretQuestion,
} from '../../core/question.ts';
import { isOwnQuestion, type OwnQuestion } from '../../core/question-names.ts';
import { sanitize } from '../../lib/sanitize.ts';
import { isMailErrand, type ScriptedDesk } from '../practice/desk.ts';

const offers = (question: ChoiceQuestion, value: string) =>
  question.options.some((option) => option.value === value);

/** The first of `values` that a choice offers. */
const firstOffered = (question: ChoiceQuestion, ...values: readonly string[]) =>
  values.find((value) => offers(question, value));

/**
 * What an unattended run answers to the program's own questions, whatever the answers file says. Starting such a run means
 * yes to the account (`--account` guards it), to the plan and to going on. The other questions need a person.
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
    ? (firstOffered(question, value) ?? question.default)
    : undefined;
};

/** What somebody answers who has just been at the desk. */
export const afterErrand = (question: Question): unknown => {
  if (question.kind === 'confirm') return true;
  return question.kind === 'choice'
    ? (firstOffered(question, 'done', 'yes', 'signed-in') ?? question.default)
    : undefined;
};

/** Where a scripted conversation stands when a question is put. */
export type Situation = {
  step: string | undefined;
  /** What the owner was sent to do and has not done yet. */
  errand: ManualTaskId | undefined;
  shown: SecretMessage['kind'] | undefined;
  until: boolean;
};

/** How a scripted question ends: with an answer, or by waiting for what the desk has just set going. */
export type Outcome = { value: unknown } | 'wait';

/** What the answers come from. */
export type Source = { answers: AnswersFile | 'defaults'; desk: ScriptedDesk | undefined };

const fromFile = ({ answers }: Source, { step }: Situation, name: string, question: Question): unknown => {
  if (answers === 'defaults' || step === undefined || isOwnQuestion(name)) return undefined;
  const value = findFileAnswer(answers, step, name);
  const why = value === undefined ? undefined : findObjection(question, value);
  if (why !== undefined)
    throw usageError(`The answer to "${name}" of "${step}" cannot be used. ${sanitize(why)}`);
  return value;
};

/**
 * What somebody at the desk would say: that a password was noted, the address of the mailbox and, where every default
 * is taken and a text has none, what the question gives as an example.
 */
const fromDesk = ({ answers, desk }: Source, { shown }: Situation, question: Question): unknown => {
  if (!desk) return undefined;
  const errand = mailErrandOf(question);
  if (errand) return desk.mail(errand)?.wanted;
  if (question.kind === 'confirm' && shown === 'password') return true;
  if (question.kind !== 'text' || question.default !== undefined) return undefined;
  if (question.format === 'email') return desk.email;
  return answers === 'defaults' ? question.example : undefined;
};

/** The errand whose mail answers a question. */
export const mailErrandOf = (question: Question): ManualTaskId | undefined => {
  if (question.kind === 'secret' && question.format === 'confirmation-link') return 'confirm-email';
  return question.kind === 'text' && question.format === 'drill-words' ? 'fire-drill' : undefined;
};

/** Nobody has been where the owner was sent, so "later" is the truth, whatever the default. */
const fromDefault = ({ answers }: Source, { until, errand }: Situation, question: Question): unknown => {
  const later = question.kind === 'choice' && (until || errand) ? firstOffered(question, 'later') : undefined;
  if (later !== undefined) return later;
  if (until && question.kind === 'choice') return question.default;
  return answers === 'defaults' ? getDefault(question) : undefined;
};

/** Somebody who finds the mail does what is best to do with it; without it there is nothing to do. */
const fromMail = (desk: ScriptedDesk, errand: ManualTaskId, question: ChoiceQuestion): unknown =>
  desk.mail(errand)?.wanted === undefined ? firstOffered(question, 'later') : getDefault(question);

/** The program's own question after it has sent the owner to sign in as the administrator. */
const afterSignIn: OwnQuestion = 'wizard/carry-on';

/** Whether a question can be about the errand that the owner was sent on: of the program's own, only one is. */
export const mayEndErrand = ({ kind }: Question, name: string): boolean =>
  (kind === 'choice' || kind === 'confirm') && (!isOwnQuestion(name) || name === afterSignIn);

/** Answers questions from a file, the defaults and the desk. Rejects with {@link UnansweredError} where nothing helps. */
export const scriptedAnswers = (source: Source) => {
  const { desk } = source;
  let codes: string[] = [];
  const nextCode = () => {
    if (codes.length === 0) codes = desk ? [...desk.phone.codes()] : [];
    return codes.shift();
  };
  const typed = (question: SecretQuestion) => (question.format === undefined ? nextCode() : undefined);
  return {
    /** A new code was scanned: what the phone showed for the one before is of no use. */
    forgetCodes: (): void => {
      codes = [];
    },
    answer: async (question: Question, name: string, situation: Situation): Promise<Outcome> => {
      const given =
        question.kind === 'secret' ? typed(question) : fromFile(source, situation, name, question);
      if (given !== undefined) return { value: given };
      if (desk && situation.errand && mayEndErrand(question, name)) {
        if (question.kind === 'choice' && isMailErrand(situation.errand))
          return { value: fromMail(desk, situation.errand, question) };
        await desk.run(situation.errand);
        if (situation.until) return 'wait';
        return { value: afterErrand(question) };
      }
      const value =
        ownAnswer(name, question) ??
        fromDesk(source, situation, question) ??
        fromDefault(source, situation, question);
      if (value === undefined) throw new UnansweredError(name);
      return { value };
    },
  };
};
