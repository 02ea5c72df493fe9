import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { personAtScreen } from './_support/person.ts';
import { entry, startInTerminal, startPractice } from './_support/program.ts';
import type { Terminal } from './_support/terminal.ts';

/** An interactive shell in which a rehearsal was started, at its first question. */
const startFromShell = async (ui: 'ink' | 'prompts'): Promise<Terminal> => {
  const home = await temporaryFolder();
  await mkdir(home, { recursive: true });
  const terminal = startInTerminal('bash', ['--norc', '--noprofile', '-i'], { cols: 100, rows: 34 });
  await terminal.waitFor(/[$#] *$/m);
  terminal.type(
    `'${process.execPath}' '${entry}' --practice --home '${home}' --only admin-user --ui ${ui}\r`,
  );
  await terminal.waitFor(/Is this the account/);
  return terminal;
};

const continueAt = async (terminal: Terminal): Promise<void> => {
  await terminal.waitFor(/Stopped/);
  terminal.type('echo $((40 + 2)) lines; stty -a | grep -o "[-]*icanon"\r');
  await terminal.waitFor(/42 lines\s+icanon/);
  terminal.type('fg\r');
};

describe.skipIf(process.platform === 'win32')('a program that is stopped and continued', () => {
  it.each(['Ctrl-Z', 'Ctrl-Z in the kitty protocol'])(
    'shows the whole screen again after %s, and reads keys',
    async (how) => {
      const terminal = await startFromShell('ink');
      await terminal.waitFor(/ctrl-c stop/);
      const before = terminal.text();
      if (how === 'Ctrl-Z') terminal.type('\u001A');
      else terminal.type('\u001B[122;5u');
      await terminal.waitFor(/Stopped/);
      expect(terminal.alternate).toBe(false);
      await continueAt(terminal);
      await terminal.waitFor(() => terminal.text() === before);
      terminal.press('ctrl-c');
      await terminal.waitFor(/Stopped\. What is done is kept/);
    },
  );

  it('asks its question again in the front end of prompts', async () => {
    const terminal = await startFromShell('prompts');
    terminal.type('\u001A');
    await continueAt(terminal);
    await terminal.waitFor(/fg[^$#]*\? Is this the account/);
    terminal.press('ctrl-c');
    await terminal.waitFor(/Stopped\. What is done is kept/);
  });

  it('goes on where there is no shell that could continue it', async () => {
    const terminal = startPractice(await temporaryFolder(), ['--only', 'password-policy']);
    await personAtScreen(terminal).see('Is this the account');
    const before = terminal.text();
    terminal.type('\u001A');
    await terminal.waitFor(() => terminal.raw.split('\u001B[?1049h').length === 3);
    await terminal.waitFor(() => terminal.text() === before);
    terminal.press('ctrl-c');
    expect(await terminal.exit).toMatchObject({ code: 130 });
  });

  it('draws anew after a stop that came without a warning', async () => {
    const terminal = startPractice(await temporaryFolder(), ['--only', 'password-policy']);
    await personAtScreen(terminal).see('Is this the account');
    const before = terminal.text();
    terminal.kill('SIGSTOP');
    terminal.kill('SIGCONT');
    await terminal.waitFor(() => terminal.raw.split('\u001B[?1049h').length === 3);
    await terminal.waitFor(() => terminal.text() === before);
  });
});
