import { describe, expect, it } from 'vitest';
import { findObjection, normalizeAnswer, type Question } from '../../../src/core/question.ts';
import { checkIn, findStep, startPracticeRun } from '../../_support/practice-run.ts';

const askedIn = async (id: string, name: string): Promise<Question> => {
  const step = findStep(id);
  const { finding } = await checkIn(step, await startPracticeRun());
  const question = step.questions(finding.facts)[name];
  if (!question) throw new Error(`${id} does not ask ${name}`);
  return question;
};

const takeIn = async (step: string, name: string, typed: string) => {
  const question = await askedIn(step, name);
  const value = normalizeAnswer(question, typed);
  return findObjection(question, value) ?? { value };
};

const takeAmounts = (typed: string) => takeIn('billing-alarm', 'amounts', typed);
const takeAmount = (typed: string) => takeIn('budget', 'amount', typed);

describe('the amounts of the billing alarm', () => {
  it.each([
    ['5, 20', '5, 20'],
    ['$5', '5'],
    ['5 USD', '5'],
    ['5USD', '5'],
    ['US$ 5.50', '5.50'],
    ['$5 and 20 usd', '5, 20'],
    ['5 50', '5, 50'],
    ['5; 20', '5, 20'],
    ['5,20,100', '5, 20, 100'],
    [' 5 , 20 ', '5, 20'],
  ])('are taken as they are typed: "%s"', async (typed, value) => {
    expect(await takeAmounts(typed)).toEqual({ value });
  });

  it.each([
    ['5,50', 'Write 5.50 for one amount, or 5 50 for two.'],
    ['$5,50', 'Write 5.50 for one amount, or 5 50 for two.'],
    ['20; 5,50', 'Write 5.50 for one amount, or 5 50 for two.'],
    ['5,50, 20', 'Write 5.50 for one amount, or 5 50 for two.'],
    ['1,000', 'Write 1000 for one amount, or leave a space between two.'],
  ])('are never silently two where one may be meant: "%s"', async (typed, objection) => {
    expect(await takeAmounts(typed)).toBe(objection);
  });

  it.each(['', '0', '1001', 'five', '5 EUR', '1 2 3 4 5 6'])(
    'are refused with an example: "%s"',
    async (typed) => {
      expect(await takeAmounts(typed)).toMatch(/such as 5, 20/);
    },
  );
});

describe('the amount of the budget', () => {
  it.each([
    ['10', '10'],
    ['$10', '10'],
    ['12.50 USD', '12.50'],
    ['12,50', '12.50'],
    ['12,5', '12.5'],
  ])('is taken as it is typed: "%s"', async (typed, value) => {
    expect(await takeAmount(typed)).toEqual({ value });
  });

  it.each(['5 50', '1,000', '10 EUR', '0'])('is refused where it is doubtful: "%s"', async (typed) => {
    expect(await takeAmount(typed)).toMatch(/^Give one amount up to/);
  });
});
