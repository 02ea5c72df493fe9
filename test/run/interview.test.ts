import { describe, expect, it } from 'vitest';
import { BackError, ExitError } from '../../src/core/dialogue.ts';
import { collectProposals, interview, selectReusableAnswers } from '../../src/run/interview.ts';
import type { GivenAnswers } from '../../src/core/question.ts';
import { getDefault, type Question, type Questions } from '../../src/core/question.ts';
import { owner } from '../_support/scripted-owner.ts';

const text = (message: string, more: object = {}) => ({
  kind: 'text' as const,
  message,
  example: 'x',
  pattern: /^[a-z]+$/,
  rule: 'Use letters',
  max: 10,
  ...more,
});

const twoQuestions = { first: text('First?'), second: text('Second?') } satisfies Questions;

const given = async (answers: GivenAnswers): Promise<GivenAnswers> => answers;
const standing = (question: Question | undefined) => question && getDefault(question);

describe('the answers of an earlier run', () => {
  it('are proposed again, but for one that would begin something anew', () => {
    const choice = { kind: 'choice' as const, message: 'Who?', options: [{ value: 'new', label: 'New' }] };
    const questions = { who: { ...choice, doNotSuggest: 'new' }, what: choice, name: text('Name?') };
    expect(selectReusableAnswers(questions, { who: 'new', what: 'new', name: 'jo' })).toEqual({
      what: 'new',
      name: 'jo',
    });
    expect(selectReusableAnswers(questions, { who: 'maria', gone: 'x' })).toEqual({
      who: 'maria',
      gone: 'x',
    });
  });
});

describe('an answer of another step', () => {
  const questions = {
    email: text('Address?', { sameAs: { step: 'alarm', question: 'to' } }),
    name: text('Name?'),
  };
  const of = (answers: GivenAnswers) => (id: string) => (id === 'alarm' ? answers : {});

  it('is proposed to a question that asks for the same', () => {
    expect(collectProposals(questions, {}, of({ to: 'maria', name: 'x' }))).toEqual({ email: 'maria' });
  });

  it('is not proposed where this step has an answer of its own, or the other has none', () => {
    expect(collectProposals(questions, { email: 'jo' }, of({ to: 'maria' }))).toEqual({});
    expect(collectProposals(questions, {}, of({}))).toEqual({});
  });
});

describe('an interview', () => {
  it('asks the questions in the order of declaration and returns the answers', async () => {
    const who = owner({ first: ['a'], second: ['b'] });
    expect(await interview(twoQuestions, {}, who, given)).toEqual({ first: 'a', second: 'b' });
    expect(who.names()).toEqual(['first', 'second']);
  });

  it('goes back to the previous question, with its answer as the default', async () => {
    const who = owner({ first: ['a'], second: [new BackError(), 'b'] });
    expect(await interview(twoQuestions, {}, who, given)).toEqual({ first: 'a', second: 'b' });
    expect(who.names()).toEqual(['first', 'second', 'first', 'second']);
    expect(standing(who.asked[2]?.question)).toBe('a');
  });

  it('keeps an answer when the owner goes back beyond it', async () => {
    const who = owner({ first: ['a', 'c'], second: ['b'], third: [new BackError(), 'd'] });
    const questions = { ...twoQuestions, third: text('Third?') };
    const backTwice = owner({
      first: ['a', 'c'],
      second: ['b', new BackError(), 'b'],
      third: [new BackError(), 'd'],
    });
    expect(await interview(questions, {}, backTwice, given)).toEqual({ first: 'c', second: 'b', third: 'd' });
    expect(backTwice.names()).toEqual(['first', 'second', 'third', 'second', 'first', 'second', 'third']);
    expect(standing(backTwice.asked[5]?.question)).toBe('b');
    expect(await interview(questions, {}, who, given)).toEqual({ first: 'a', second: 'b', third: 'd' });
  });

  it('returns to its last question when the owner goes back from what follows it', async () => {
    const who = owner({ first: ['a'], second: ['b', 'c'] });
    let times = 0;
    const answers = await interview(twoQuestions, {}, who, async (all) => {
      times += 1;
      if (times === 1) throw new BackError();
      return all;
    });
    expect(answers).toEqual({ first: 'a', second: 'c' });
    expect(who.names()).toEqual(['first', 'second', 'second']);
  });

  it('passes BackError on when there is no previous question', async () => {
    const back = new BackError();
    await expect(interview(twoQuestions, {}, owner({ first: [back] }), given)).rejects.toBe(back);
    await expect(
      interview({}, {}, owner(), async () => {
        throw back;
      }),
    ).rejects.toBe(back);
  });

  it('passes ExitError on at once', async () => {
    const who = owner({ first: ['a'], second: [new ExitError()] });
    await expect(interview(twoQuestions, {}, who, given)).rejects.toBeInstanceOf(ExitError);
    expect(who.names()).toEqual(['first', 'second']);
  });

  it('omits a question whose condition does not hold, and skips it on the way back', async () => {
    const questions = {
      first: text('First?'),
      sometimes: text('Sometimes?', { when: (soFar: GivenAnswers) => soFar['first'] === 'yes' }),
      second: text('Second?'),
    };
    const who = owner({ first: ['no', 'yes'], sometimes: ['s'], second: [new BackError(), 'b'] });
    expect(await interview(questions, {}, who, given)).toEqual({ first: 'yes', sometimes: 's', second: 'b' });
    expect(who.names()).toEqual(['first', 'second', 'first', 'sometimes', 'second']);
  });

  it('forgets the answer to a question that no longer applies after an earlier answer has changed', async () => {
    const questions = {
      first: text('First?'),
      sometimes: text('Sometimes?', { when: (soFar: GivenAnswers) => soFar['first'] === 'yes' }),
      second: text('Second?'),
    };
    const who = owner({
      first: ['yes', 'no'],
      sometimes: ['s', new BackError()],
      second: [new BackError(), 'b'],
    });
    expect(await interview(questions, {}, who, given)).toEqual({ first: 'no', second: 'b' });
  });

  it('offers an earlier answer as the default', async () => {
    const who = owner();
    expect(await interview({ first: twoQuestions.first }, { first: 'maria' }, who, given)).toEqual({
      first: 'maria',
    });
  });

  it.each([
    ['of another kind', 3],
    ['against the rule', 'A B'],
    ['too long', 'abcdefghijk'],
    ['refused by now', 'Taken'],
  ])('drops an earlier answer that is %s', async (_what, remembered) => {
    const question = text('First?', {
      default: 'fresh',
      pattern: /^[A-Za-z]+$/,
      refused: [{ value: 'taken', because: 'It is taken.' }],
    });
    expect(await interview({ first: question }, { first: remembered }, owner(), given)).toEqual({
      first: 'fresh',
    });
  });

  it('drops an earlier choice that is no longer offered', async () => {
    const choice = {
      kind: 'choice' as const,
      message: 'Who?',
      options: [{ value: 'anna', label: 'Anna' }],
      default: 'anna',
    };
    expect(await interview({ who: choice }, { who: 'maria' }, owner(), given)).toEqual({ who: 'anna' });
  });

  it('never turns a secret into a default', async () => {
    const secret = { kind: 'secret' as const, message: 'Code?', pattern: /^\d{6}$/, rule: 'Six', max: 6 };
    const who = owner({ code: ['123456'] });
    await interview({ code: secret }, { code: '654321' }, who, given);
    expect(who.asked[0]?.question).toEqual(secret);
  });
});
