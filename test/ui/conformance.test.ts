import { describe, expect, it } from 'vitest';
import { BackError, ExitError } from '../../src/core/dialogue.ts';
import type { Question } from '../../src/core/question.ts';
import {
  codeQuestion,
  harmful,
  hostile,
  nextQuestion,
  notesOf,
  password,
  qr,
  questions,
} from '../_support/ui/material.ts';
import { answering, keyboards, letters, readOn, scriptedSeat, shown, strike } from '../_support/ui/seats.ts';

/** A promise, and what settles it. */
const promised = <T>() => {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => settlers.push(resolve));
  return { promise, resolve: (value: T) => settlers.forEach((settle) => settle(value)) };
};

describe.each(keyboards)('the front end "$name"', (keyboard) => {
  const { seat: sit, strokes, back, stop, clear } = keyboard;

  it('shows every kind of message', async () => {
    const seat = sit();
    for (const note of notesOf('some words')) seat.front.show(note);
    await seat.until(/some words/u);
    expect(seat.screen()).toContain('some words');
  });

  it('lets no harmful characters reach the terminal', async () => {
    const seat = sit();
    const words = { message: `Really? ${hostile}`, help: hostile };
    const question: Question = {
      kind: 'choice',
      ...words,
      options: [{ value: hostile, label: hostile, hint: hostile }],
      default: hostile,
    };
    for (const note of notesOf(hostile)) seat.front.show(note);
    const answer = seat.front.ask(question, 'question');
    await seat.until(/Really/u);
    await readOn(seat);
    seat.press('enter');
    await answer;
    const text: Question = {
      kind: 'text',
      ...words,
      message: `Sure? ${hostile}`,
      default: hostile,
      example: hostile,
      pattern: /./u,
      rule: hostile,
      max: 99,
    };
    const typed = seat.front.ask(text, 'question');
    await seat.until(/Sure/u);
    seat.press('enter');
    await typed;
    await seat.front.runWithProgress(hostile, async () => undefined);
    expect(harmful.filter((one) => seat.written().includes(one))).toEqual([]);
  });

  it.each(questions)(
    'uses the default of a $question.kind when Enter is pressed',
    async ({ question, byDefault }) => {
      expect(await answering(keyboard, sit(), question)).toEqual(byDefault);
    },
  );

  it.each(questions)('accepts another answer to a $question.kind', async ({ question, other }) => {
    expect(await answering(keyboard, sit(), question, other)).toEqual(other);
  });

  it('accepts a code', async () => {
    expect(await answering(keyboard, sit(), codeQuestion('Which code?'), '123456')).toBe('123456');
  });

  it.each([
    { name: 'text', question: questions[2]?.question, wrong: 'Maria7', why: /Letters only/u, right: 'jo' },
    { name: 'count', question: questions[1]?.question, wrong: '901', why: /from 1 to 900/u, right: 7 },
    {
      name: 'code',
      question: codeQuestion('Which code?'),
      wrong: '12345',
      why: /Six digits/u,
      right: '654321',
    },
  ])('says why a $name cannot be used, and asks again', async ({ question, wrong, why, right }) => {
    if (!question) throw new Error('no question');
    const seat = sit();
    const answer = seat.front.ask(question, 'question');
    await shown(seat, question);
    strike(seat, [{ text: wrong }, { key: 'enter' }]);
    await seat.until(why);
    clear(seat);
    strike(seat, strokes(question, right));
    expect(await answer).toBe(right);
  });

  const consent: Question = {
    kind: 'choice',
    message: 'Go ahead?',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'not-now', label: 'Not now' },
      { value: 'skip', label: 'Skip this step', hint: 'with a reason' },
    ],
    default: 'yes',
  };

  it.each([
    ['no', 'not-now'],
    ['n', 'not-now'],
    ['NOT', 'not-now'],
    ['sk', 'skip'],
    ['y', 'yes'],
    ['2', 'not-now'],
    ['3', 'skip'],
  ])('chooses by what is typed: %s', async (typed, value) => {
    const seat = sit();
    const answer = seat.front.ask(consent, 'question');
    await shown(seat, consent);
    strike(seat, letters(typed));
    seat.press('enter');
    expect(await answer).toBe(value);
  });

  it.each(['nein', 'x', 'yikes', '4', '0', 'stop!'])(
    'agrees to nothing when what is typed chooses nothing: %s',
    async (typed) => {
      const seat = sit();
      const answers: unknown[] = [];
      const answer = seat.front.ask(consent, 'question').then((value) => answers.push(value));
      await shown(seat, consent);
      strike(seat, letters(typed));
      seat.press('enter');
      // Prompts ask anew below their objection; the other front ends go on with the same question.
      await seat.until(
        keyboard.name === 'prompts'
          ? /begins with that[^]*Skip this step/u
          : /begins with that|Please type a number/u,
      );
      expect(answers).toEqual([]);
      strike(seat, letters('not'));
      seat.press('enter');
      await answer;
      expect(answers).toEqual(['not-now']);
    },
  );

  it.each(questions)(
    'goes back from a $question.kind, and can ask again after that',
    async ({ question }) => {
      const seat = sit();
      const answer = seat.front.ask(question, 'question');
      await shown(seat, question);
      back(seat);
      await expect(answer).rejects.toBeInstanceOf(BackError);
      expect(await answering(keyboard, seat, nextQuestion, 3)).toBe(3);
    },
  );

  it('stays at a question from which nobody can go back', async () => {
    const seat = sit();
    const question: Question = { ...consent, cannotGoBack: true };
    const answers: unknown[] = [];
    const answer = seat.front.ask(question, 'question').then((value) => answers.push(value));
    await shown(seat, question);
    const timesWritten = () => seat.written().split('Go ahead?').length;
    const before = timesWritten();
    back(seat);
    await seat.until(() => timesWritten() > before);
    expect(answers).toEqual([]);
    strike(seat, letters('not'));
    seat.press('enter');
    await answer;
    expect(answers).toEqual(['not-now']);
  });

  it.each(questions)('exits at a $question.kind, for good', async ({ question }) => {
    const seat = sit();
    const answer = seat.front.ask(question, 'question');
    await shown(seat, question);
    stop(seat);
    await expect(answer).rejects.toBeInstanceOf(ExitError);
    await expect(seat.front.ask(nextQuestion, 'next')).rejects.toBeInstanceOf(ExitError);
    await expect(seat.front.askUntil(nextQuestion, 'next', async () => 'event')).rejects.toBeInstanceOf(
      ExitError,
    );
  });

  it('reports what made it exit', async () => {
    const seat = sit();
    const answer = seat.front.ask(nextQuestion, 'question');
    seat.front.requestExit('SIGTERM');
    await expect(answer).rejects.toMatchObject({ exitCause: 'SIGTERM' });
  });

  it('finishes the running task before it exits', async () => {
    const seat = sit();
    const work = promised<string>();
    let finished = false;
    const during = seat.front.runWithProgress('Working', () => work.promise.finally(() => (finished = true)));
    const settled = during.catch((error: unknown) => ({ error, finished }));
    seat.front.requestExit('SIGINT');
    work.resolve('done');
    expect(await settled).toMatchObject({ error: { name: 'ExitError' }, finished: true });
  });

  it('passes on the result or the error of a task', async () => {
    const { front } = sit();
    expect(await front.runWithProgress('Working', async () => 42)).toBe(42);
    await expect(front.runWithProgress('Working', () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
  });

  it('withdraws a question when the event happens first, and asks the next one', async () => {
    const seat = sit();
    const event = promised<string>();
    let signal: AbortSignal | undefined;
    const question: Question = {
      kind: 'choice',
      message: 'Still waiting?',
      options: [{ value: 'later', label: 'Later' }],
    };
    const outcome = seat.front.askUntil(question, 'wait', (given) => {
      signal = given;
      return event.promise;
    });
    await shown(seat, question);
    event.resolve('confirmed');
    expect(await outcome).toEqual({ event: 'confirmed' });
    expect(signal?.aborted).toBe(true);
    expect(await answering(keyboard, seat, nextQuestion, 4)).toBe(4);
  });

  it('cancels the event when the answer comes first', async () => {
    const seat = sit();
    const question: Question = {
      kind: 'choice',
      message: 'Still waiting?',
      options: [{ value: 'later', label: 'Later' }],
    };
    let signal: AbortSignal | undefined;
    const outcome = seat.front.askUntil(question, 'wait', (given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(new Error('too late'))));
    });
    await shown(seat, question);
    expect(signal?.aborted).toBe(false);
    strike(seat, strokes(question, 'later'));
    expect(await outcome).toEqual({ answer: 'later' });
    expect(signal?.aborted).toBe(true);
  });

  it('withdraws a question when the event fails', async () => {
    const seat = sit();
    await expect(
      seat.front.askUntil(nextQuestion, 'wait', () => Promise.reject(new Error('no network'))),
    ).rejects.toThrow('no network');
    const question = codeQuestion('And now?');
    expect(await answering(keyboard, seat, question, '111222')).toBe('111222');
  });

  it('exits while it waits for an event', async () => {
    const seat = sit();
    let signal: AbortSignal | undefined;
    const outcome = seat.front.askUntil(nextQuestion, 'wait', (given) => {
      signal = given;
      return new Promise(() => {});
    });
    await shown(seat, nextQuestion);
    stop(seat);
    await expect(outcome).rejects.toBeInstanceOf(ExitError);
    expect(signal?.aborted).toBe(true);
  });

  it.each([
    { message: qr, secret: /ABCD EFGH/u },
    { message: password, secret: /correct-Horse-7-battery/u },
  ])('shows a $message.kind during its task, and removes it afterwards', async ({ message, secret }) => {
    const seat = sit({ env: { TERM: 'dumb' } });
    const work = promised<string>();
    const showing = seat.front.showSecretWhile(message, () => work.promise);
    await seat.until(secret);
    work.resolve('seen');
    expect(await showing).toBe('seen');
    await seat.until(keyboard.wipes ? (text) => !secret.test(text) : /clear your terminal's scrollback/u);
  });

  it('removes a secret when the owner exits or the task fails', async () => {
    const seat = sit();
    const showing = seat.front.showSecretWhile(password, () => seat.front.ask(nextQuestion, 'stored'));
    await seat.until(/correct-Horse/u);
    seat.front.requestExit('SIGHUP');
    await expect(showing).rejects.toBeInstanceOf(ExitError);
    await seat.until(keyboard.wipes ? (text) => !text.includes('correct-Horse') : /scrollback/u);
  });

  it('writes nothing once it is closed, and may be closed twice', async () => {
    const seat = sit();
    const answer = seat.front.ask(nextQuestion, 'question');
    answer.catch(() => undefined);
    await shown(seat, nextQuestion);
    await seat.front.close();
    const before = seat.written();
    for (const note of notesOf('too late')) seat.front.show(note);
    await seat.front.close();
    expect(seat.written()).toBe(before);
  });
});

describe('the front end "scripted"', () => {
  it('records every kind of message', () => {
    const { front, log } = scriptedSeat();
    for (const note of notesOf('some words')) front.show(note);
    expect(log.join('\n')).toContain('some words');
  });

  it('lets no harmful characters reach the log', async () => {
    const { front, log } = scriptedSeat({ question: hostile });
    for (const note of notesOf(hostile).filter((one) => one.kind !== 'header')) front.show(note);
    await front.ask(
      { kind: 'text', message: hostile, example: hostile, pattern: /./u, rule: hostile, max: 99 },
      'question',
    );
    await front.runWithProgress(hostile, async () => undefined);
    expect(harmful.filter((one) => log.join('\n').includes(one))).toEqual([]);
  });

  it.each(questions)('accepts the answer to a $question.kind', async ({ question, other }) => {
    const { front } = scriptedSeat({ question: other });
    expect(await front.ask(question, 'question')).toEqual(other);
  });

  it('finishes the running task before it exits, and asks nothing afterwards', async () => {
    const { front } = scriptedSeat({ question: 4 });
    const work = promised<void>();
    const during = front.runWithProgress('Working', () => work.promise);
    front.requestExit('SIGTERM');
    work.resolve();
    await expect(during).rejects.toBeInstanceOf(ExitError);
    await expect(front.ask(nextQuestion, 'question')).rejects.toBeInstanceOf(ExitError);
  });

  it('cancels the event when it answers', async () => {
    const { front } = scriptedSeat({ wait: 4 });
    let signal: AbortSignal | undefined;
    const outcome = await front.askUntil(nextQuestion, 'wait', (given) => {
      signal = given;
      return new Promise(() => {});
    });
    expect(outcome).toEqual({ answer: 4 });
    expect(signal?.aborted).toBe(true);
  });

  it('logs nothing once it is closed', async () => {
    const { front, log } = scriptedSeat();
    await front.close();
    const before = log.length;
    for (const note of notesOf('too late')) front.show(note);
    expect(log).toHaveLength(before);
  });
});
