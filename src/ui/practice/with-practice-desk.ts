import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, ManualTaskId, SecretMessage } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { isMailTask, type PracticeDesk } from './desk.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { createMailboxQuestion, formatMailExcerpt } from './mailbox.ts';
import { createPracticePhone, type PracticePhone } from './phone.ts';
import { rehearsals } from './rehearsals.ts';
import { createManualTaskTracker, isDoneQuestion, type ManualTaskTracker } from '../shared/manual-task.ts';
import { answerAfterTask } from '../scripted/answers.ts';

/** The answer that a task leads to, and the question that offers to rehearse it in place of that answer. */
const createRehearsalQuestion = (
  question: ChoiceQuestion,
  label: string,
): { question: ChoiceQuestion; answer: string } | undefined => {
  const answer = answerAfterTask(question);
  if (typeof answer !== 'string') return undefined;
  const others = question.options.filter(({ value }) => value !== answer);
  return {
    question: { ...question, options: [{ value: answer, label }, ...others], default: answer },
    answer,
  };
};

const allowPhoneAnswer = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  help: 'Enter: the phone types it.',
  pattern: new RegExp(`^$|${question.pattern.source}`, question.pattern.flags),
});

const nextCodeQuestion: ChoiceQuestion = {
  kind: 'choice',
  message: 'Waiting for the next code',
  options: [{ value: 'wait', label: 'It types itself' }],
  default: 'wait',
};

type DeskContext = {
  dialogue: FrontEnd;
  desk: PracticeDesk;
  phone: PracticePhone;
  tracker: ManualTaskTracker;
  /** The mail of the current task that was shown last; empty if it was said that there is none. */
  shownMail: string | undefined;
};

/** The task that the owner can do at the desk when this question comes, if there is one. */
const findTaskToOffer = (
  { tracker: { task } }: DeskContext,
  question: Question,
  name: string,
): ManualTaskId | undefined =>
  task && question.kind === 'choice' && isDoneQuestion(task, question, name) ? task.id : undefined;

const rehearse = async ({ dialogue, desk, tracker }: DeskContext, task: ManualTaskId, done: string) => {
  tracker.clear();
  await dialogue.runWithProgress(
    'Rehearsing',
    async () => desk.performTask(task, 'without hurry'),
    'transient',
  );
  dialogue.show({ kind: 'text', text: done, tone: 'success' });
};

/** Shows the newest mail of a task, once. */
const showMail = (context: DeskContext, task: ManualTaskId): void => {
  const mail = context.desk.findMail(task);
  const key = mail?.text ?? '';
  if (context.shownMail === key) return;
  context.shownMail = key;
  const lines = mail ? formatMailExcerpt(mail) : ['No mail has come yet.'];
  for (const text of lines) context.dialogue.show({ kind: 'text', text });
};

const askSecretWithPhone = async (
  context: DeskContext,
  question: SecretQuestion,
  name: string,
): Promise<string> => {
  const { dialogue, phone } = context;
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

/** A question that the rehearsal changes, and what is to be done when it gets its usual answer. */
type OfferedTask = { question: ChoiceQuestion; answer: string | undefined; perform(): Promise<void> };

/** What the rehearsal offers at this question, if it asks whether a manual task is done. */
const offerTask = (context: DeskContext, question: Question, name: string): OfferedTask | undefined => {
  const task = findTaskToOffer(context, question, name);
  if (task === undefined || question.kind !== 'choice') return undefined;
  if (isMailTask(task)) {
    showMail(context, task);
    return { question, answer: undefined, perform: async () => undefined };
  }
  const rehearsal = rehearsals[task];
  const offered = rehearsal && createRehearsalQuestion(question, rehearsal.label);
  return offered && { ...offered, perform: () => rehearse(context, task, rehearsal.done) };
};

const askWithDesk = async (context: DeskContext, question: Question, name: string): Promise<unknown> => {
  const { dialogue, desk } = context;
  const copied = createMailboxQuestion(question, desk);
  if (copied) return (await dialogue.ask(copied.question, name)) || copied.empty;
  if (question.kind === 'secret') return askSecretWithPhone(context, question, name);
  if (question.kind === 'text' && question.format === 'email' && question.default === undefined) {
    return dialogue.ask({ ...question, default: desk.email }, name);
  }
  const offered = offerTask(context, question, name);
  if (!offered) return dialogue.ask(question, name);
  const answer = await dialogue.ask(offered.question, name);
  if (answer === offered.answer) await offered.perform();
  return answer;
};

type AwaitedEvent<E> = (signal: AbortSignal) => Promise<E>;

const askUntilWithDesk = async <E>(
  context: DeskContext,
  question: Question,
  name: string,
  event: AwaitedEvent<E>,
) => {
  const { dialogue } = context;
  const offered = offerTask(context, question, name);
  if (!offered) return dialogue.askUntil(question, name, event);
  const outcome = await dialogue.askUntil(offered.question, name, event);
  if ('answer' in outcome && outcome.answer === offered.answer) await offered.perform();
  return outcome;
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
  const context: DeskContext = {
    dialogue,
    desk,
    phone,
    tracker: createManualTaskTracker(),
    shownMail: undefined,
  };
  const showSecretWhile = async <T>(message: SecretMessage, work: () => Promise<T>): Promise<T> => {
    if (message.kind !== 'qr') return dialogue.showSecretWhile(message, work);
    await phone.scan(message.uri);
    return dialogue.showSecretWhile({ ...message, getLiveLine: () => phone.display() }, work);
  };
  return {
    interactive: dialogue.interactive,
    rehearses: true,
    show: (message) => {
      context.tracker.observe(message);
      if (message.kind === 'manual-task') context.shownMail = undefined;
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
