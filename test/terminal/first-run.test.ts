import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { rehearse } from './_support/program.ts';
import { atTheScreen, atTheScroll, converse } from './_support/seat.ts';
import { everything, onlyWalked, walkedTitles } from './_support/walk.ts';

describe('the first run', () => {
  // A window of 80 x 24 is that of the run that was stopped, in going-back.test.ts.
  it.each([
    [60, 20],
    [120, 40],
  ])('goes from the first question to the closing page in a window of %i x %i', async (cols, rows) => {
    const terminal = rehearse(await temporaryFolder(), onlyWalked, { cols, rows });
    await converse(atTheScreen(terminal), everything());
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    const closing = terminal.scrollback().join('\n');
    for (const title of walkedTitles) expect(closing).toMatch(new RegExp(`[✔☑] ${title}`));
  });
});

describe('a run that writes one thing below the other', () => {
  it.each(['prompts', 'lines'] as const)('goes to the end with --ui %s', async (ui) => {
    const terminal = rehearse(await temporaryFolder(), ['--ui', ui, ...onlyWalked], { cols: 100, rows: 30 });
    await converse(atTheScroll(terminal, ui), everything(ui));
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    const closing = terminal.scrollback().slice(-20).join('\n');
    for (const title of walkedTitles) expect(closing).toContain(title);
  });
});
