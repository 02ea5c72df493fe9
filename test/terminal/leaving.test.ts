import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { readAccount } from './account.ts';
import { entry, homeWith, rehearse, runProgram, startInTerminal } from './program.ts';
import { atTheScreen, converse, type Reply } from './seat.ts';
import type { Terminal } from './terminal.ts';
import { adminUserToPage, begin, beginWithList, codes, groups, rootMfa } from './walk.ts';

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

const list: Reply = ['Which step?', 'enter'];
const skipping: Reply = ['What about this step?', (seat) => seat.press('down', 'enter')];

type Stop = {
  at: string;
  done: readonly string[];
  only: readonly string[];
  replies: readonly Reply[];
  sight: string;
};

const onRoot = ['root-mfa', 'root-access-keys'];
const stops: readonly Stop[] = [
  { at: 'the first question', done: [], only: [], replies: [], sight: 'Is this the account' },
  { at: 'the list', done: [], only: [], replies: [beginWithList], sight: 'Which step?' },
  {
    at: 'the reason for skipping',
    done: [],
    only: [],
    replies: [beginWithList, list, skipping],
    sight: 'Why is it skipped?',
  },
  { at: 'waiting for the owner', done: [], only: [], replies: [begin], sight: 'Waiting for MFA' },
  { at: 'the end of a step', done: [], only: [], replies: [begin, ...rootMfa.slice(0, -1)], sight: 'Go on?' },
  { at: 'a text', done: onRoot, only: [], replies: [begin], sight: 'User name' },
  {
    at: 'consent',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage.slice(0, -1)],
    sight: 'Go ahead?',
  },
  { at: 'the QR code', done: onRoot, only: [], replies: [begin, ...adminUserToPage], sight: 'First code' },
  {
    at: 'the second code',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage, ...codes().slice(0, -1)],
    sight: 'Second code',
  },
  {
    at: 'the password',
    done: onRoot,
    only: [],
    replies: [begin, ...adminUserToPage, ...codes()],
    sight: 'Have you stored',
  },
  {
    at: 'several of several',
    done: [],
    only: ['groups'],
    replies: [begin, ...groups.slice(0, 1)],
    sight: 'Which teams?',
  },
  {
    at: 'yes or no',
    done: [],
    only: ['groups'],
    replies: [begin, ...groups.slice(0, 3)],
    sight: 'Must the members',
  },
  { at: 'a number', done: [], only: ['password-policy'], replies: [begin], sight: 'Shortest password' },
];

describe('Ctrl-C', () => {
  it.each(stops)(
    'at $at gives the terminal back and keeps what is done',
    async ({ done, only, replies, sight }) => {
      const home = await homeWith(await temporaryFolder(), done);
      const terminal = rehearseInShell(home, only);
      const seat = atTheScreen(terminal);
      await converse(seat, [...replies, [sight, 'ctrl-c']]);
      await expectLeft(terminal, home);
      const progress: unknown = JSON.parse(
        await readFile(path.join(home, 'practice', 'progress.json'), 'utf8'),
      );
      for (const step of done) expect(progress).toMatchObject({ steps: { [step]: { status: 'met' } } });
      const again = await runProgram(['--practice', '--answers', 'defaults', '--home', home]);
      expect(again).toMatchObject({ code: 0 });
      expect((await readAccount(home)).devices.every((device) => device.owner)).toBe(true);
    },
  );

  it('is heard at once while the practice phone is waited for: that is a question, and no call', async () => {
    const home = await homeWith(await temporaryFolder(), onRoot);
    const terminal = rehearseInShell(home, []);
    const seat = atTheScreen(terminal);
    await converse(seat, [begin, ...adminUserToPage, ['First code', 'enter'], ['Second code', 'enter']]);
    const [deviceBefore] = (await readAccount(home)).devices.filter((device) => !device.owner);
    expect(deviceBefore?.serial).toContain('aws-first-steps-admin');
    await converse(seat, [[/❯ It is typed as soon/, 'ctrl-c']]);
    await expectLeft(terminal, home);
    expect((await readAccount(home)).devices.filter((device) => !device.owner)).toEqual([]);
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)('%s does the same as Ctrl-C', async (signal) => {
    const home = await temporaryFolder();
    const terminal = rehearse(home);
    await atTheScreen(terminal).see('Is this the account');
    terminal.kill(signal);
    expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    expect(terminal.scrollback().join('')).toContain('To go on: npx aws-first-steps');
  });
});
