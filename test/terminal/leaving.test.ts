import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { readAccount } from './_support/account.ts';
import { entry, goOnToTheEnd, homeWith, startInTerminal } from './_support/program.ts';
import { personAtScreen, answerAll } from './_support/person.ts';
import type { Terminal } from './_support/terminal.ts';
import { onRoot, stoppingPoints } from './_support/stopping-points.ts';
import { adminUserToPage, begin } from './_support/step-answers.ts';

/** Runs the program in a shell, which says afterwards how it found the terminal. */
const rehearseInShell = (home: string, only: readonly string[]): Terminal => {
  const script = '"$0" "$@"; echo "code: $?"; echo "modes:" $(stty -a)';
  const args = ['--practice', '--home', home, ...(only.length > 0 ? ['--only', only.join(',')] : [])];
  return startInTerminal('/bin/sh', ['-c', script, process.execPath, entry, ...args]);
};

const expectLeft = async (terminal: Terminal, home: string): Promise<void> => {
  await terminal.exit;
  expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
  const left = terminal.scrollback().join('');
  expect(left).toContain('code: 130');
  expect(left).toContain(`To go on: npx aws-first-steps --practice --home ${home}`);
  expect(left).toMatch(/modes:.* icanon.* echo /);
  // Bracketed paste and the like would spoil what is typed next.
  expect(terminal.raw.lastIndexOf('\u001B[?2004l')).toBeGreaterThan(
    terminal.raw.lastIndexOf('\u001B[?2004h'),
  );
};

describe('Ctrl-C', () => {
  it.each(stoppingPoints)(
    'at $at gives the terminal back and keeps what is done',
    async ({ done, only, replies, sight }) => {
      const home = await homeWith(await temporaryFolder(), done);
      const terminal = rehearseInShell(home, only);
      const seat = personAtScreen(terminal);
      await answerAll(seat, [...replies, [sight, 'ctrl-c']]);
      await expectLeft(terminal, home);
      const progress: unknown = JSON.parse(
        await readFile(path.join(home, 'practice', 'progress.json'), 'utf8'),
      );
      for (const step of done) expect(progress).toMatchObject({ steps: { [step]: { status: 'met' } } });
      const again = await goOnToTheEnd(home);
      expect(again).toMatchObject({ code: 0 });
      expect((await readAccount(home)).devices.every((device) => device.owner)).toBe(true);
    },
  );

  it('is heard at once while the practice phone is waited for: that is a question, and no call', async () => {
    const home = await homeWith(await temporaryFolder(), onRoot);
    const terminal = rehearseInShell(home, []);
    const seat = personAtScreen(terminal);
    await answerAll(seat, [begin, ...adminUserToPage, ['First code', 'enter'], ['Second code', 'enter']]);
    const [deviceBefore] = (await readAccount(home)).devices.filter((device) => !device.owner);
    expect(deviceBefore?.serial).toContain('aws-first-steps-admin');
    await answerAll(seat, [['Waiting for the next code', 'ctrl-c']]);
    await expectLeft(terminal, home);
    expect((await readAccount(home)).devices.filter((device) => !device.owner)).toEqual([]);
  });
});
