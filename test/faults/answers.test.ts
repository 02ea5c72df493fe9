import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { checkNames, readAnswers } from '../../src/answers.ts';
import { Problem } from '../../src/problem.ts';
import { steps } from '../../src/steps/index.ts';
import { rehearse, play } from '../rehearse.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { anything, cutOff, flipped, obstacles, withOddValues } from './damage.ts';
import { survey } from './survey.ts';

const answers = {
  'admin-user': { name: 'maria' },
  'billing-alarm': { amount: 5, email: 'maria@example.com' },
};
const whole = Buffer.from(JSON.stringify(answers, null, 2));

/** Takes the file or refuses it with a {@link Problem}; anything else is thrown. */
const use = async (path: string): Promise<void> => {
  try {
    const given = await readAnswers(path);
    checkNames(given, steps);
    const rehearsal = await rehearse();
    await play(rehearsal, { answers: given });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
};

describe('an answers file', () => {
  it('is used or refused in plain words, whatever is in it', { timeout: 300_000 }, async () => {
    const path = join(await temporaryFolder(), 'answers.json');
    const contents = [
      ...cutOff(whole),
      ...flipped(whole),
      ...fc.sample(withOddValues(answers), 300),
      ...fc.sample(anything, 500),
    ];
    await survey('answers file, damaged', contents, async (content) => {
      await writeFile(path, content);
      await use(path);
    });
  });

  it('is used or refused in plain words, whatever has its name', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder();
    const [path, elsewhere] = [join(folder, 'answers.json'), join(folder, 'elsewhere')];
    await writeFile(elsewhere, whole);
    await survey('answers file, not a file', obstacles, async ([, make]) => {
      await rm(path, { recursive: true, force: true });
      await make(path, elsewhere);
      await use(path);
    });
  });
});
