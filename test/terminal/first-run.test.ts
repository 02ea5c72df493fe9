import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { everythingDone, startPractice, statusesIn } from './_support/program.ts';
import { personAtScreen, personAtLines, answerAll } from './_support/person.ts';
import { everything, onlyWalked } from './_support/step-answers.ts';

/** What the last page says, and that it is so. */
const expectAllDone = async (closing: string, home: string): Promise<void> => {
  expect(closing).toMatch(/^(?:. )?Your practice account is set up\./m);
  for (const fact of ['Sign in from now on', 'You are warned', 'It costs', 'You said so', 'Look again'])
    expect(closing).toContain(fact);
  expect(await statusesIn(home)).toEqual(everythingDone);
};

describe('the first run', () => {
  // A window of 80 x 24 is that of the run that was stopped, in going-back.test.ts.
  it.each([
    [60, 20],
    [120, 40],
  ])('goes from the first question to the closing page in a window of %i x %i', async (cols, rows) => {
    const home = await temporaryFolder();
    const terminal = startPractice(home, onlyWalked, { cols, rows });
    await answerAll(personAtScreen(terminal), everything());
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    await expectAllDone(terminal.scrollback().join('\n'), home);
  });
});

describe('a run that writes one thing below the other', () => {
  it.each(['prompts', 'lines'] as const)('goes to the end with --ui %s', async (ui) => {
    const home = await temporaryFolder();
    const terminal = startPractice(home, ['--ui', ui, ...onlyWalked], {
      cols: 100,
      rows: 30,
    });
    await answerAll(personAtLines(terminal, ui), everything(ui));
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    await expectAllDone(terminal.scrollback().slice(-25).join('\n'), home);
  });
});
