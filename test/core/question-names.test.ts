import { describe, expect, it } from 'vitest';
import type { Questions, TextQuestion } from '../../src/core/question.ts';
import { isOwnQuestion, kebabCase, ownQuestion } from '../../src/core/question-names.ts';
import { madeUpHelp } from '../_support/made-up-step.ts';
import { defineStep, type AnyStep } from '../../src/core/step.ts';
import { stepDialogue } from '../../src/run/step-dialogue.ts';
import { createScriptedFrontEnd } from '../../src/ui/scripted/scripted.ts';
import { owner } from '../_support/scripted-owner.ts';
import { runScripted, startPracticeRun } from '../_support/practice-run.ts';

/** Names that the program's own questions have, too, and some that every object in JavaScript knows. */
const contested = [
  'account carry-on go-ahead go-ahead-twice how-to-scan list next next-code',
  'rehearse skip-reason take-up wait word constructor',
].flatMap((line) => line.split(' '));

const choice = {
  kind: 'choice',
  message: 'Which one?',
  options: [
    { value: 'yes', label: 'Yes' },
    { value: 'on', label: 'On' },
    { value: 'over', label: 'Over' },
    { value: 'own', label: "The step's own" },
  ],
  default: 'yes',
} as const;
const sure = { kind: 'confirm', message: 'Sure?', default: true } as const;
const text: TextQuestion = {
  kind: 'text',
  message: 'What?',
  default: 'by default',
  example: 'own',
  pattern: /./,
  rule: 'A text',
  max: 20,
};

type Planned = Readonly<Record<string, unknown>>;

type Change = Partial<Pick<AnyStep, 'id' | 'manualTask' | 'plan'>>;

const stepAsking = (questions: Questions, change: Change = {}) => {
  const planned: Planned[] = [];
  const madeUp = defineStep({
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
    check: () => Promise.resolve({ status: 'unmet', summary: 'To do', facts: {} }),
    questions: Object.fromEntries(Object.entries(questions).map(([name, one]) => [name, () => one])),
    plan: (_, answers) => {
      planned.push(answers);
      return [];
    },
    ...change,
  });
  return { madeUp, planned };
};

describe("a step's question that is named like one of the program's own", () => {
  it.each([true, false])('gets the answer of the answers file, desk: %s', async (desk) => {
    const kinds: Questions = {
      ...Object.fromEntries(contested.map((name) => [name, choice])),
      'next-one': sure,
      'list-of-texts': text,
    };
    const given = {
      ...Object.fromEntries(contested.map((name) => [name, 'own'])),
      'next-one': false,
      'list-of-texts': 'own',
    };
    const { madeUp, planned } = stepAsking(kinds);
    await runScripted(await startPracticeRun(), { steps: [madeUp], answers: { 'made-up': given }, desk });
    expect(planned).toEqual([given]);
  });

  it.each(contested)('stays unanswered when the file does not mention it: %s', async (name) => {
    for (const question of [choice, sure, text]) {
      const { madeUp, planned } = stepAsking({ [name]: question });
      const { code, said } = await runScripted(await startPracticeRun(), { steps: [madeUp], answers: {} });
      expect(said).toContain(`made-up needs an answer to "${name}"`);
      expect(planned).toEqual([]);
      expect(code).toBe(1);
    }
  });

  it('gets its own default when every question is answered by its default', async () => {
    const questions = Object.fromEntries(contested.map((name) => [name, { ...choice, default: 'own' }]));
    const { madeUp, planned } = stepAsking(questions);
    await runScripted(await startPracticeRun(), { steps: [madeUp] });
    expect(planned).toEqual([Object.fromEntries(contested.map((name) => [name, 'own']))]);
  });

  it('is deferred while nobody has done its manual task', async () => {
    const errand = () =>
      ({ kind: 'manual-task', id: 'billing-access', doneQuestion: 'list', instructions: [] }) as const;
    const { madeUp, planned } = stepAsking(
      { list: { ...choice, options: [...choice.options, { value: 'later', label: 'Later' }] } },
      { manualTask: errand },
    );
    await runScripted(await startPracticeRun(), { steps: [madeUp], desk: false });
    expect(planned).toEqual([{ list: 'later' }]);
  });
});

describe("a question of a step's action", () => {
  const asking = (name: string) => {
    const answers: unknown[] = [];
    const { madeUp } = stepAsking(
      {},
      {
        plan: () => [
          {
            why: 'it asks',
            calls: [],
            usesDialogue: true,
            perform: async ({ dialogue }) => void answers.push(await dialogue.ask(choice, name)),
          },
        ],
      },
    );
    return { madeUp, answers };
  };

  it.each(contested)('is not answered for the owner: %s', async (name) => {
    const { madeUp, answers } = asking(name);
    const { said } = await runScripted(await startPracticeRun(), { steps: [madeUp], answers: {} });
    expect(said).toContain(`made-up needs an answer to "${name}"`);
    expect(answers).toEqual([]);
  });

  it("cannot use the program's own name", async () => {
    const { madeUp, answers } = asking('wizard/go-ahead');
    await expect(runScripted(await startPracticeRun(), { steps: [madeUp] })).rejects.toThrow(
      'not kebab-case',
    );
    expect(answers).toEqual([]);
  });
});

describe("the program's own questions", () => {
  it('have names that no step and no answers file can use', () => {
    const name = ownQuestion('next');
    expect(isOwnQuestion(name)).toBe(true);
    expect(kebabCase.test(name)).toBe(false);
    expect(() => stepAsking({ [name]: choice })).toThrow(
      '"wizard/next" in the step made-up is not kebab-case',
    );
  });

  it('are not answered from an answers file', async () => {
    const front = createScriptedFrontEnd({
      answers: { step: { 'wizard/go-ahead': 'own', 'wizard/word': 'own' } },
    });
    front.show({ kind: 'header', practice: true, entries: [], current: 'step' });
    expect(await front.ask(choice, ownQuestion('go-ahead'))).toBe('yes');
    await expect(front.ask(choice, ownQuestion('word'))).rejects.toMatchObject({ name: 'UnansweredError' });
  });

  it('have names that the compiler checks', () => {
    // @ts-expect-error: there is no such question.
    expect(ownQuestion('nxet')).toBe('wizard/nxet');
  });
});

describe('a name in a step', () => {
  it.each(['Next', 'next_one', 'next one', 'next-', '-next', 'next--one', '1st', '', 'größe'])(
    'must be kebab-case: "%s" is not',
    (name) => {
      expect(() => stepAsking({ [name]: choice })).toThrow('not kebab-case');
      expect(() => stepAsking({}, { id: name })).toThrow('not kebab-case');
    },
  );

  it('may have digits', () => {
    expect(() => stepAsking({ 'key-1': choice })).not.toThrow();
  });

  it('is checked when a question is asked, too', async () => {
    const dialogue = stepDialogue(owner());
    await expect(dialogue.ask(choice, 'wizard/next')).rejects.toThrow('not kebab-case');
    const event = () => new Promise<never>(() => {});
    await expect(dialogue.askUntil(choice, 'Wait', event)).rejects.toThrow('not kebab-case');
    expect(await dialogue.ask(choice, 'wait')).toBe('yes');
  });
});
