import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, ManualTaskId, SecretMessage } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { isMailTask, type PracticeDesk } from './desk.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createMailboxQuestion, openMailboxOption, showNewestMail, addMailboxOption } from './mailbox.ts';
import { createPracticePhone, type PracticePhone } from './phone.ts';
import { createManualTaskTracker, isDoneQuestion, type ManualTaskTracker } from '../shared/manual-task.ts';
import { answerAfterTask } from '../scripted/answers.ts';

const doAtDeskOption = 'desk';

const addDeskOption = (question: ChoiceQuestion, errand: ManualTaskId): ChoiceQuestion =>
  isMailTask(errand)
    ? addMailboxOption(question, errand, doAtDeskOption)
    : {
        ...question,
        options: [{ value: doAtDeskOption, label: 'Practice: do it at the desk' }, ...question.options],
        default: doAtDeskOption,
      };

const allowPhoneAnswer = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  message: `${question.message} (leave empty: the practice phone types it)`,
  pattern: new RegExp(`^$|${question.pattern.source}`, question.pattern.flags),
});

const nextCodeQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Waiting for the next code on the practice phone',
  options: [{ value: 'wait', label: 'It is typed as soon as it is there' }],
  default: 'wait',
};

type DeskContext = {
  dialogue: FrontEnd;
  desk: PracticeDesk;
  phone: PracticePhone;
  tracker: ManualTaskTracker;
};

/** The task that the owner can do at the desk when this question comes, if there is one. */
const findTaskToOffer = (
  { tracker: { task } }: DeskContext,
  question: Question,
  name: string,
): ManualTaskId | undefined =>
  task && question.kind === 'choice' && isDoneQuestion(task, question, name) ? task.id : undefined;

const performTaskWithProgress = async (rehearsal: DeskContext, errand: ManualTaskId): Promise<void> => {
  rehearsal.tracker.clear();
  await rehearsal.dialogue.runWithProgress('At the practice desk', async () =>
    rehearsal.desk.performTask(errand),
  );
};

const askSecretWithPhone = async (
  rehearsal: DeskContext,
  question: SecretQuestion,
  name: string,
): Promise<string> => {
  const { desk, dialogue, phone } = rehearsal;
  const copied = createMailboxQuestion(question, desk);
  if (copied) return (await dialogue.ask(copied.question, name)) || copied.empty;
  if (question.format !== undefined) return dialogue.ask(question, name);
  if (!phone.isReady()) return dialogue.ask(question, name);
  const typed = await dialogue.ask(allowPhoneAnswer(question), name);
  if (typed !== '') {
    phone.typed(typed);
    return typed;
  }
  // A question and not some work: it takes up to half a minute, and the owner can turn away from it at once.
  while (!phone.hasFreshCode())
    await dialogue.askUntil(nextCodeQuestion, ownQuestion('next-code'), () => phone.untilFresh());
  return phone.type();
};

const askWithDesk = async (rehearsal: DeskContext, question: Question, name: string): Promise<unknown> => {
  const { dialogue, desk } = rehearsal;
  if (question.kind === 'secret') return askSecretWithPhone(rehearsal, question, name);
  if (question.kind === 'text' && question.format === 'email' && question.default === undefined) {
    return dialogue.ask({ ...question, default: desk.email }, name);
  }
  const errand = findTaskToOffer(rehearsal, question, name);
  if (errand === undefined || question.kind !== 'choice') return dialogue.ask(question, name);
  const answer = await dialogue.ask(addDeskOption(question, errand), name);
  if (answer === openMailboxOption) showNewestMail(dialogue, desk, errand);
  if (answer !== doAtDeskOption && answer !== openMailboxOption) return answer;
  if (answer === doAtDeskOption) await performTaskWithProgress(rehearsal, errand);
  const usual = answerAfterTask(question);
  return dialogue.ask(typeof usual === 'string' ? { ...question, default: usual } : question, name);
};

type AwaitedEvent<E> = (signal: AbortSignal) => Promise<E>;

const askUntilWithDesk = async <E>(
  rehearsal: DeskContext,
  question: Question,
  name: string,
  event: AwaitedEvent<E>,
) => {
  const { desk, dialogue } = rehearsal;
  const errand = findTaskToOffer(rehearsal, question, name);
  if (errand === undefined || question.kind !== 'choice') return dialogue.askUntil(question, name, event);
  const outcome = await dialogue.askUntil(addDeskOption(question, errand), name, event);
  if ('event' in outcome || (outcome.answer !== doAtDeskOption && outcome.answer !== openMailboxOption))
    return outcome;
  if (outcome.answer === openMailboxOption) showNewestMail(dialogue, desk, errand);
  else await performTaskWithProgress(rehearsal, errand);
  return dialogue.askUntil(question, name, event);
};

/**
 * Lets the owner rehearse, in any front end, what they would do elsewhere: at the console, in the mailbox, on the
 * phone. Their real phone works as well.
 */
export const withPracticeDesk = (
  dialogue: FrontEnd,
  desk: PracticeDesk,
  clock: Clock = systemClock,
): FrontEnd => {
  const phone = createPracticePhone(desk.phone, clock);
  const rehearsal: DeskContext = { dialogue, desk, phone, tracker: createManualTaskTracker() };
  const showing = async <T>(note: SecretMessage, work: () => Promise<T>): Promise<T> => {
    if (note.kind !== 'qr') return dialogue.showSecretWhile(note, work);
    await phone.scan(note.uri);
    return dialogue.showSecretWhile({ ...note, getLiveLine: () => phone.display() }, work);
  };
  return {
    interactive: dialogue.interactive,
    show: (note) => {
      rehearsal.tracker.observe(note);
      dialogue.show(note);
    },
    ask: (async (question: Question, name: string) =>
      askWithDesk(rehearsal, question, name)) as Dialogue['ask'],
    askUntil: ((question, name, event) =>
      askUntilWithDesk(rehearsal, question, name, event)) as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile: showing,
    requestExit: (by) => dialogue.requestExit(by),
    close: () => dialogue.close(),
  };
};
