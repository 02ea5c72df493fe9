import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { countWords, walkByDefault, type Effort } from './_support/default-walk.ts';
import { startPractice } from './_support/program.ts';
import { exceptions, titles } from './_support/step-answers.ts';

/** WALK_PAGES=FOLDER writes every page of the walks there, to be looked at. */
const keepPages = async (name: string, { pages, presses, typed }: Effort): Promise<void> => {
  const folder = process.env['WALK_PAGES'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const figures = `${presses} key presses, ${typed} characters, ${pages.length} pages, ${countWords(pages)} words`;
  const text = pages.map((lines, index) => `=== ${index + 1}\n${lines.join('\n').trimEnd()}\n`).join('\n');
  await writeFile(path.join(folder, `${name}.txt`), `${figures}\n\n${text}`);
};

const walk = async (cols: number, rows: number): Promise<Effort> => {
  const terminal = startPractice(await temporaryFolder(), [], { cols, rows });
  const effort = await walkByDefault(terminal, exceptions);
  await keepPages(`${cols}x${rows}`, effort);
  expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
  return effort;
};

const titleOf = (page: readonly string[]) => page.slice(0, 3).join('\n');

describe('a whole rehearsal, every default taken', () => {
  it('takes at most 35 key presses and 1,800 words at 80x24, with the title of the step always in sight', async () => {
    const { pages, presses } = await walk(80, 24);
    expect(presses).toBeLessThanOrEqual(35);
    expect(countWords(pages)).toBeLessThanOrEqual(1800);
    const ofSteps = pages.filter((page) => /\b\d of \d+ · /u.test(titleOf(page)));
    expect(ofSteps.length).toBeGreaterThan(15);
    for (const title of titles) expect(ofSteps.some((page) => titleOf(page).includes(title))).toBe(true);
  });

  it.each([
    [60, 20],
    [120, 40],
    [200, 50],
  ])('comes to its end at %ix%i', async (cols, rows) => {
    const { presses } = await walk(cols, rows);
    expect(presses).toBeLessThanOrEqual(45);
  });
});
