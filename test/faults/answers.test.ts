import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAnswerNames, readAnswersFile } from '../../src/core/answers-file.ts';
import { explainError } from '../../src/aws/errors/explain.ts';
import { exitCodes, UserError } from '../../src/lib/user-error.ts';
import { allSteps } from '../../src/steps/index.ts';
import { startPracticeRun, runScripted } from '../_support/practice-run.ts';
import { anything, bits, cutOff, cuts, flipped, obstacles, oneOf, withOddValues } from './_support/damage.ts';
import { memoryFolder } from './_support/memory-folder.ts';
import { everything } from './_support/extent.ts';
import { surveyInputs } from './_support/survey-inputs.ts';
import { survey } from './_support/survey.ts';

const patience = { timeout: 1_800_000 };

const answers = {
  'admin-user': { name: 'maria' },
  'password-policy': { length: 16 },
  'billing-alarm': { email: 'maria@example.com', amounts: '5, 20' },
};
const whole = Buffer.from(JSON.stringify(answers, null, 2));

/** Takes the file and runs by it, or refuses it with a {@link UserError}; anything else is thrown. Whether it ran. */
const use = async (path: string, folder: string): Promise<boolean> => {
  try {
    const given = await readAnswersFile(path);
    checkAnswerNames(given, allSteps);
    const rehearsal = await startPracticeRun({}, folder);
    const { code } = await runScripted(rehearsal, { answers: given });
    expect([exitCodes.done, exitCodes.unfinished]).toContain(code);
    return true;
  } catch (error) {
    if (!(explainError(error) instanceof UserError)) throw error;
    return false;
  }
};

/** Runs by one content of the file after another, each time with a new account and an empty folder. */
const attempting = async () => {
  const parent = await memoryFolder();
  return async (content: string | Buffer): Promise<void> => {
    const path = join(parent, 'answers.json');
    await rm(join(parent, 'journal.jsonl'), { force: true });
    await rm(join(parent, 'progress.json'), { force: true });
    await writeFile(path, content);
    await use(path, parent);
  };
};

describe('an answers file', () => {
  it('is used where nothing is wrong with it', async () => {
    const folder = await memoryFolder();
    const path = join(folder, 'answers.json');
    await writeFile(path, whole);
    expect(await use(path, folder)).toBe(true);
  });

  it.each([
    ['cut off', cuts(whole), cutOff],
    ['one wrong bit', bits(whole), flipped],
  ] as const)('is used or refused in plain words: %s', patience, async (what, cases, damage) => {
    const attempt = await attempting();
    const each = (one: number) => attempt(damage(whole, one));
    if (everything) await survey(`answers file, ${what}`, cases, each, 'inputs');
    else await surveyInputs(`answers file, ${what}`, oneOf(cases), each, { sample: 60 });
  });

  it.each([
    ['odd values', withOddValues(answers)],
    ['anything', anything],
  ] as const)('is used or refused in plain words: %s', patience, async (what, contents) => {
    await surveyInputs(`answers file, ${what}`, contents, await attempting(), { sample: 80, all: 1000 });
  });

  it('is used or refused in plain words, whatever has its name', patience, async () => {
    const folder = await memoryFolder();
    const [path, elsewhere] = [join(folder, 'answers.json'), join(folder, 'elsewhere')];
    await writeFile(elsewhere, whole);
    const attempt = async ([, make]: (typeof obstacles)[number]) => {
      await rm(path, { recursive: true, force: true });
      await make(path, elsewhere);
      await use(path, folder);
    };
    await survey('answers file, not a file', obstacles, attempt, 'inputs');
  });
});
