import { describe, expect, it } from 'vitest';
import type { ChoiceQuestion, CountQuestion, TextQuestion } from '../../src/core/question.ts';
import { askIf, createQuestions, restoreAnswers } from '../../src/core/step-questions.ts';
import { madeUpHelp } from '../_support/made-up-step.ts';
import { defineStep, type Finding } from '../../src/core/step.ts';

type Facts = { users: readonly string[]; teamsExist: boolean };

const scope: ChoiceQuestion<'teams' | 'only-me'> = {
  kind: 'choice',
  message: 'Who else?',
  options: [
    { value: 'teams', label: 'Teams' },
    { value: 'only-me', label: 'Only me' },
  ],
};
const name: TextQuestion = {
  kind: 'text',
  message: 'Name?',
  example: 'maria',
  pattern: /^[a-z]+$/,
  rule: 'Letters',
  max: 9,
  refused: [{ value: 'maria', because: 'She exists.' }],
};
const count: CountQuestion = { kind: 'count', message: 'How many?', min: 1, max: 9 };

const questions = {
  scope: askIf(
    ({ teamsExist }: Facts) => !teamsExist,
    () => scope,
  ),
  name: () => ({ ...name, when: () => false }),
  members: ({ users }: Facts) =>
    users.length > 0
      ? {
          kind: 'choices' as const,
          message: 'Who?',
          options: users.map((value) => ({ value, label: value })),
        }
      : undefined,
};

const few: Facts = { users: ['anna', 'bob'], teamsExist: false };

describe('the questions of a step', () => {
  it('are those that the facts call for, in the order of the declaration', () => {
    expect(Object.keys(createQuestions(questions, few))).toEqual(['scope', 'name', 'members']);
    expect(Object.keys(createQuestions(questions, { users: [], teamsExist: true }))).toEqual(['name']);
  });

  it('give the plan the type of each answer', () => {
    const declared = defineStep({
      id: 'made-up',
      title: 'Made up',
      why: [],
      category: 'further',
      performedBy: 'administrator',
      cost: 'free',
      minutes: 1,
      help: madeUpHelp,
      controls: { cis5: [], cis7: [], ssb: [], securityHub: [], prowler: [] },
      readPermissions: [],
      check: async (): Promise<Finding<Facts>> => ({
        status: 'unmet',
        summary: 'To do',
        facts: few,
      }),
      questions: { ...questions, count: () => count },
      actionQuestions: ['verified'],
      plan: (_, answers) => {
        const given: 'teams' | 'only-me' | undefined = answers.scope;
        const typed: string | undefined = answers.name;
        const chosen: readonly string[] | undefined = answers.members;
        const counted: number = answers.count;
        // @ts-expect-error: it may not have been asked.
        const always: 'teams' | 'only-me' = answers.scope;
        // @ts-expect-error: there is no such answer.
        if (answers.scope === 'nobody') return [];
        // @ts-expect-error: there is no such question.
        const unknown: unknown = answers.other;
        return [given, typed, chosen, counted, always, unknown].length > 6 ? [] : [];
      },
    });
    expect(declared.questionNames).toEqual(['scope', 'name', 'members', 'count', 'verified']);
  });
});

describe('an answer from an earlier run', () => {
  const restored = (remembered: object, facts = few) =>
    restoreAnswers(questions, facts, { ...remembered }).answers;

  it('counts while it is still an option', () => {
    expect(restored({ scope: 'teams' })).toEqual({ scope: 'teams' });
    expect(restored({ scope: 'teams' }, { users: [], teamsExist: true })).toEqual({ scope: 'teams' });
  });

  it.each([
    [{ scope: 'an option of long ago' }],
    [{ scope: 7 }],
    [{ name: true }],
    [{ members: 'anna' }],
    [{ unheard: 'of' }],
    [Object.create({ scope: 'teams' }) as object],
  ])('does not count when it has another type or is not an option: %j', (remembered) => {
    expect(restored(remembered)).toEqual({});
  });

  it('keeps those of several options that still exist', () => {
    expect(restored({ members: ['anna', 'zoe'] })).toEqual({ members: ['anna'] });
  });

  it('counts although it is refused by now, since the interrupted run has created what has the name', () => {
    expect(restored({ name: 'maria' })).toEqual({ name: 'maria' });
  });

  it('does not count when the facts no longer call for its question', () => {
    expect(restored({ members: ['anna'] }, { users: [], teamsExist: false })).toEqual({});
  });

  it('leaves the answers incomplete when it is missing and the plan relies on it', () => {
    const relied = { ...questions, count: () => count };
    expect(restoreAnswers(relied, few, { members: [] }).complete).toBe(false);
    expect(restoreAnswers(relied, few, { members: [], count: 'three' }).complete).toBe(false);
    expect(restoreAnswers(relied, few, { members: [], count: 3 })).toEqual({
      answers: { members: [], count: 3 },
      complete: true,
    });
  });
});
