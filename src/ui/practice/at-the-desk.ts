import { systemClock, type Clock } from '../../lib/clock.ts';
import type { Dialogue, ManualTaskId, Message, SecretMessage } from '../../core/dialogue.ts';
import type { ChoiceQuestion, Question, SecretQuestion } from '../../core/question.ts';
import { ownQuestion } from '../../core/question-names.ts';
import { isMailErrand, type PracticeDesk } from './desk.ts';
import type { FrontEnd } from '../shared/front-end.ts';
import { fromMailbox, isQuestionOf, LOOK, openMailbox, withMailbox } from './mailbox.ts';
import { practicePhone, type PracticePhone } from './phone.ts';
import { afterErrand, mayEndErrand } from '../scripted/answers.ts';

const DO_IT = 'desk';

const withDesk = (question: ChoiceQuestion, errand: ManualTaskId): ChoiceQuestion =>
  isMailErrand(errand)
    ? withMailbox(question, errand, DO_IT)
    : {
        ...question,
        options: [{ value: DO_IT, label: 'Practice: do it at the desk' }, ...question.options],
        default: DO_IT,
      };

const orByPhone = (question: SecretQuestion): SecretQuestion => ({
  ...question,
  message: `${question.message} (leave empty: the practice phone types it)`,
  pattern: new RegExp(`^$|${question.pattern.source}`, question.pattern.flags),
});

const nextCode: ChoiceQuestion = {
  kind: 'choice',
  message: 'Waiting for the next code on the practice phone',
  options: [{ value: 'wait', label: 'It is typed as soon as it is there' }],
  default: 'wait',
};

type Rehearsal = {
  dialogue: FrontEnd;
  desk: PracticeDesk;
  phone: PracticePhone;
  errand: ManualTaskId | undefined;
  step: string | undefined;
};

const noted = (rehearsal: Rehearsal, note: Message): void => {
  if (note.kind === 'manual-task') rehearsal.errand = note.id;
  if (note.kind !== 'header' || note.current === rehearsal.step) return;
  rehearsal.errand = undefined;
  rehearsal.step = note.current;
};

/** The errand that a question lets the owner do at the desk, if it is about one. */
const errandAt = ({ errand }: Rehearsal, question: Question, name: string): ManualTaskId | undefined =>
  errand && question.kind === 'choice' && mayEndErrand(question, name) && isQuestionOf(errand, name)
    ? errand
    : undefined;

const runErrand = async (rehearsal: Rehearsal, errand: ManualTaskId): Promise<void> => {
  rehearsal.errand = undefined;
  await rehearsal.dialogue.runWithProgress('At the practice desk', async () => rehearsal.desk.run(errand));
};

const askSecret = async (rehearsal: Rehearsal, question: SecretQuestion, name: string): Promise<string> => {
  const { desk, dialogue, phone } = rehearsal;
  const copied = fromMailbox(question, desk);
  if (copied) return (await dialogue.ask(copied.question, name)) || copied.empty;
  if (question.format !== undefined) return dialogue.ask(question, name);
  if (!phone.isReady()) return dialogue.ask(question, name);
  const typed = await dialogue.ask(orByPhone(question), name);
  if (typed !== '') {
    phone.typed(typed);
    return typed;
  }
  // A question and not some work: it takes up to half a minute, and the owner can turn away from it at once.
  while (!phone.hasFreshCode())
    await dialogue.askUntil(nextCode, ownQuestion('next-code'), () => phone.untilFresh());
  return phone.type();
};

const askAny = async (rehearsal: Rehearsal, question: Question, name: string): Promise<unknown> => {
  const { dialogue, desk } = rehearsal;
  if (question.kind === 'secret') return askSecret(rehearsal, question, name);
  if (question.kind === 'text' && question.format === 'email' && question.default === undefined) {
    return dialogue.ask({ ...question, default: desk.email }, name);
  }
  const errand = errandAt(rehearsal, question, name);
  if (errand === undefined || question.kind !== 'choice') return dialogue.ask(question, name);
  const answer = await dialogue.ask(withDesk(question, errand), name);
  if (answer === LOOK) openMailbox(dialogue, desk, errand);
  if (answer !== DO_IT && answer !== LOOK) return answer;
  if (answer === DO_IT) await runErrand(rehearsal, errand);
  const usual = afterErrand(question);
  return dialogue.ask(typeof usual === 'string' ? { ...question, default: usual } : question, name);
};

type Happening<E> = (signal: AbortSignal) => Promise<E>;

const askAnyUntil = async <E>(
  rehearsal: Rehearsal,
  question: Question,
  name: string,
  event: Happening<E>,
) => {
  const { desk, dialogue } = rehearsal;
  const errand = errandAt(rehearsal, question, name);
  if (errand === undefined || question.kind !== 'choice') return dialogue.askUntil(question, name, event);
  const outcome = await dialogue.askUntil(withDesk(question, errand), name, event);
  if ('event' in outcome || (outcome.answer !== DO_IT && outcome.answer !== LOOK)) return outcome;
  if (outcome.answer === LOOK) openMailbox(dialogue, desk, errand);
  else await runErrand(rehearsal, errand);
  return dialogue.askUntil(question, name, event);
};

/**
 * Lets the owner rehearse, in any front end, what they would do elsewhere: at the console, in the mailbox, on the
 * phone. Their real phone works as well.
 */
export const atTheDesk = (dialogue: FrontEnd, desk: PracticeDesk, clock: Clock = systemClock): FrontEnd => {
  const phone = practicePhone(desk.phone, clock);
  const rehearsal: Rehearsal = { dialogue, desk, phone, errand: undefined, step: undefined };
  const showing = async <T>(note: SecretMessage, work: () => Promise<T>): Promise<T> => {
    if (note.kind !== 'qr') return dialogue.showSecretWhile(note, work);
    await phone.scan(note.uri);
    return dialogue.showSecretWhile({ ...note, getLiveLine: () => phone.display() }, work);
  };
  return {
    interactive: dialogue.interactive,
    show: (note) => {
      noted(rehearsal, note);
      dialogue.show(note);
    },
    ask: (async (question: Question, name: string) => askAny(rehearsal, question, name)) as Dialogue['ask'],
    askUntil: ((question, name, event) =>
      askAnyUntil(rehearsal, question, name, event)) as Dialogue['askUntil'],
    runWithProgress: (label, work, trace) => dialogue.runWithProgress(label, work, trace),
    showSecretWhile: showing,
    leave: (by) => dialogue.leave(by),
    close: () => dialogue.close(),
  };
};
