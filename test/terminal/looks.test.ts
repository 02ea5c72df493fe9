import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { homeWith, startPractice, runProgram } from './_support/program.ts';
import { personAtScreen, answerAll } from './_support/person.ts';
import { adminUserToPage, begin, teams, titles } from './_support/step-answers.ts';

const introducer = '\u001B[';

/** The numbers of all SGR sequences that set a colour. */
const coloursIn = (raw: string): string[] =>
  raw
    .split(introducer)
    .map((sequence) => /^([\d;]*)m/.exec(sequence)?.[1] ?? '')
    .filter((numbers) => /(?:^|;)(?:3[0-8]|4[0-8]|9\d|10\d)(?:;|$)/.test(numbers));

describe('NO_COLOR', () => {
  it('takes the colours away, and no meaning with them', async () => {
    const only = ['--only', 'groups'];
    const [plain, coloured] = [
      startPractice(await temporaryFolder(), only, { env: { NO_COLOR: '1' } }),
      startPractice(await temporaryFolder(), only),
    ];
    for (const terminal of [plain, coloured]) {
      await answerAll(personAtScreen(terminal), [begin, ...teams]);
      expect((await terminal.exit).code).toBe(0);
    }
    expect(coloursIn(plain.raw)).toEqual([]);
    expect(coloursIn(coloured.raw)).not.toEqual([]);
    expect(plain.scrollback().join('\n')).toContain('✔ Groups');
  });

  it('leaves the QR code dark on light', async () => {
    const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
    const terminal = startPractice(home, [], { env: { NO_COLOR: '1' } });
    const seat = personAtScreen(terminal);
    await answerAll(seat, [begin, ...adminUserToPage]);
    await seat.see('First code');
    expect(terminal.readQr()).toMatch(/^otpauth:/);
  });
});

describe('a window', () => {
  it('may change its size in the middle of a question', async () => {
    const terminal = startPractice(await temporaryFolder(), ['--only', 'groups']);
    const seat = personAtScreen(terminal);
    await answerAll(seat, [begin]);
    await seat.see('Who else will work');
    for (const [cols, rows] of [
      [60, 20],
      [120, 40],
      [40, 12],
      [80, 24],
    ] as const) {
      terminal.resize(cols, rows);
      await terminal.waitFor(
        // The last row shows the keys once the program has drawn for the new size.
        (lines) =>
          lines.at(-1)?.includes('ctrl-c stop') === true && lines.some((line) => line.includes('❯ Only me')),
      );
      expect(terminal.text().match(/Who else/g)).toHaveLength(1);
    }
    await answerAll(seat, teams);
    expect((await terminal.exit).code).toBe(0);
  });
});

describe('where there is no room for a whole screen', () => {
  it('a small window gets questions one below the other', async () => {
    const terminal = startPractice(await temporaryFolder(), [], { cols: 50, rows: 15 });
    await terminal.waitFor('Is this the account');
    expect(terminal.alternate).toBe(false);
  });

  // Which other variables lead to lines: test/interfaces.test.ts.
  it('a terminal that is dumb gets lines without escape codes', async () => {
    const terminal = startPractice(await temporaryFolder(), [], { env: { TERM: 'dumb' } });
    await terminal.waitFor('Is this the account');
    terminal.press('ctrl-c');
    expect((await terminal.exit).code).toBe(130);
    expect(terminal.raw).not.toContain('\u001B');
    expect(terminal.scrollback().join('\n')).toMatch(/Type a number from 1 to \d/);
  });

  it('a pipe gets lines without escape codes', async () => {
    // With the list of steps.
    const { stdout, stderr } = await runProgram(['--practice', '--home', await temporaryFolder()], {
      input: '2\n',
    });
    expect(stdout + stderr).not.toContain('\u001B');
    for (const title of titles) expect(stdout).toContain(title);
  });
});
