import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CliOptions } from '../../src/cli/command-line.ts';
import { offerPractice } from '../../src/cli/offer-practice.ts';
import { runCommand } from '../../src/cli/program.ts';
import { createNoCredentialsError } from '../../src/aws/errors/credentials.ts';
import { temporaryFolder } from '../_support/temporary-folder.ts';

/** A terminal that can only print lines, and somebody who types `answers` into it, each when a question is open. */
const terminalWith = (answers: readonly string[], isTTY = true) => {
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  const rest = [...answers];
  let written = '';
  const createOutput = () =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write: (chunk, _, done) => {
          written += String(chunk);
          if (/(?:> |\]: |: )$/.test(String(chunk)) && rest.length > 0) stdin.write(`${rest.shift()}\n`);
          done();
        },
      }),
      { isTTY, columns: 80, rows: 40 },
    );
  const [stdout, stderr] = [createOutput(), createOutput()];
  const io = { stdin, stdout, stderr, env: { TERM: 'dumb' }, onExit: () => undefined };
  return { io: io as unknown as Parameters<typeof runCommand>[1], written: () => written };
};

const practiceIn = (home: string, change: Partial<CliOptions> = {}): CliOptions => ({
  command: 'setup',
  practice: true,
  home,
  ...change,
});

const finishRehearsal = async () => {
  const home = await temporaryFolder();
  const { io } = terminalWith([]);
  expect(await runCommand(practiceIn(home, { answers: 'defaults' }), io)).toBe(0);
  const readAccount = async () => JSON.parse(await readFile(join(home, 'practice', 'account.json'), 'utf8'));
  return { home, before: await readAccount(), readAccount };
};

describe('a rehearsal that is finished', () => {
  it('can be left as it is', async () => {
    const { home, before, readAccount } = await finishRehearsal();
    const { io, written } = terminalWith(['3']);
    expect(await runCommand(practiceIn(home), io)).toBe(0);
    expect(written()).toContain('You have rehearsed to the end. What now?');
    expect(written()).toMatch(/For real: npx aws-first-steps\n$/);
    expect(await readAccount()).toEqual(before);
  });

  it('can be looked at', async () => {
    const { home, before, readAccount } = await finishRehearsal();
    const { io, written } = terminalWith(['2']);
    expect(await runCommand(practiceIn(home), io)).toBe(0);
    expect(written()).toContain('npx aws-first-steps verify --practice');
    expect(await readAccount()).toEqual(before);
  });

  it('is deleted for a new one, and the lock of the new one is held', async () => {
    const { home, before, readAccount } = await finishRehearsal();
    // The new rehearsal asks its first question, and the input ends there.
    const { io, written } = terminalWith(['1']);
    const run = runCommand(practiceIn(home), io);
    await expect.poll(written, { timeout: 20_000 }).toMatch(/Is this the account/);
    expect(existsSync(join(home, 'practice', 'lock'))).toBe(true);
    expect((await readAccount()).account).not.toEqual(before.account);
    expect(existsSync(join(home, 'practice', 'journal.jsonl'))).toBe(false);
    (io.stdin as unknown as PassThrough).end();
    await expect(run).rejects.toMatchObject({ name: 'ExitError' });
  });

  it('is asked about nobody: not where answers are given, steps are named, or nobody is at the terminal', async () => {
    const { home } = await finishRehearsal();
    const runs: readonly (readonly [Partial<CliOptions>, boolean])[] = [
      [{ answers: 'defaults' }, true],
      [{ only: ['password-policy'] }, true],
      [{}, false],
    ];
    for (const [change, isTTY] of runs) {
      const { io, written } = terminalWith([], isTTY);
      expect(await runCommand(practiceIn(home, change), io)).toBe(0);
      expect(written()).not.toContain('You have rehearsed');
    }
  });

  it('is deleted without a question by --new-practice', async () => {
    const { home, before, readAccount } = await finishRehearsal();
    const { io } = terminalWith([], false);
    const change = { answers: 'defaults', newPractice: true, only: ['password-policy'] };
    expect(await runCommand(practiceIn(home, change), io)).toBe(0);
    expect((await readAccount()).account).not.toEqual(before.account);
  });
});

describe('an owner without credentials', () => {
  const absent = { path: '/nowhere', exists: false, headers: [] };
  const problem = createNoCredentialsError({
    config: { kind: 'config', ...absent },
    credentials: { kind: 'credentials', ...absent },
  });

  it('is shown where to sign in, and rehearses by pressing Enter', async () => {
    const { io, written } = terminalWith(['']);
    expect(await offerPractice(problem, { command: 'setup', practice: false }, io)).toBe(true);
    expect(written()).toContain('https://console.aws.amazon.com/cloudshell');
    expect(written()).not.toContain('--practice');
    expect(written()).not.toContain('real account');
  });

  it('can leave to sign in', async () => {
    const { io } = terminalWith(['2']);
    expect(await offerPractice(problem, { command: 'setup', practice: false }, io)).toBe(false);
  });
});
