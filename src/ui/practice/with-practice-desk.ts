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

const addDeskOption = (question: ChoiceQuestion, task: ManualTaskId): ChoiceQuestion =>
  isMailTask(task)
    ? addMailboxOption(question, task, doAtDeskOption)
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

const performTaskWithProgress = async (context: DeskContext, task: ManualTaskId): Promise<void> => {
  context.tracker.clear();
  await context.dialogue.runWithProgress('At the practice desk', async () => context.desk.performTask(task));
};

const askSecretWithPhone = async (
  context: DeskContext,
  question: SecretQuestion,
  name: string,
): Promise<string> => {
  const { desk, dialogue, phone } = context;
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

const askWithDesk = async (context: DeskContext, question: Question, name: string): Promise<unknown> => {
  const { dialogue, desk } = context;
  if (question.kind === 'secret') return askSecretWithPhone(context, question, name);
  if (question.kind === 'text' && question.format === 'email' && question.default === undefined) {
    return dialogue.ask({ ...question, default: desk.email }, name);
  }
  const task = findTaskToOffer(context, question, name);
  if (task === undefined || question.kind !== 'choice') return dialogue.ask(question, name);
  const answer = await dialogue.ask(addDeskOption(question, task), name);
  if (answer === openMailboxOption) showNewestMail(dialogue, desk, task);
  if (answer !== doAtDeskOption && answer !== openMailboxOption) return answer;
  if (answer === doAtDeskOption) await performTaskWithProgress(context, task);
  const usualAnswer = answerAfterTask(question);
  return dialogue.ask(
    typeof usualAnswer === 'string' ? { ...question, default: usualAnswer } : question,
    name,
  );
};

type AwaitedEvent<E> = (signal: AbortSignal) => Promise<E>;

const askUntilWithDesk = async <E>(
  context: DeskContext,
  question: Question,
  name: string,
  event: AwaitedEvent<E>,
) => {
  const { desk, dialogue } = context;
  const task = findTaskToOffer(context, question, name);
  if (task === undefined || question.kind !== 'choice') return dialogue.askUntil(question, name, event);
  const outcome = await dialogue.askUntil(addDeskOption(question, task), name, event);
  if ('event' in outcome || (outcome.answer !== doAtDeskOption && outcome.answer !== openMailboxOption))
    return outcome;
  if (outcome.answer === openMailboxOption) showNewestMail(dialogue, desk, task);
  else await performTaskWithProgress(context, task);
  return dialogue.askUntil(question, name, event);
};

/**
 * Lets the owner practice, in any front end, what they would do elsewhere: in the console, in the mailbox, on the
 * phone. Their real phone works too.
 */
export const withPracticeDesk = (
  dialogue: FrontEnd,
  desk: PracticeDesk,
  clock: Clock = systemClock,
): FrontEnd => {
  const phone = createPracticePhone(desk.phone, clock);
  const context: DeskContext = { dialogue, desk, phone, tracker: createManualTaskTracker() };
  const showSecretWhile = async <T>(message: SecretMessage, work: () => Promise<T>): Promise<T> => {
    if (message.kind !== 'qr') return dialogue.showSecretWhile(message, work);
    await phone.scan(message.uri);
    return dialogue.showSecretWhile({ ...message, getLiveLine: () => phone.display() }, work);
  };
  return {
    interactive: dialogue.interactive,
    show: (message) => {
      context.tracker.observe(message);
      dialogue.show(message);
    },
    ask: (async (question: Question, name: string) =>
      askWithDesk(context, question, name)) as Dialogue['ask'],
    askUntil: ((question, name, event) =>
      askUntilWithDesk(context, question, name, event)) as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile,
    requestExit: (by) => dialogue.requestExit(by),
    close: () => dialogue.close(),
  };
};
