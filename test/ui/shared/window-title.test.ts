import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { createBell, createWindowTitle, signalWaits } from '../../../src/ui/shared/window-title.ts';
import { caught, qr, waiting } from '../../_support/ui/ink-material.ts';
import { hostile } from '../../_support/ui/material.ts';
import { keyboards } from '../../_support/ui/seats.ts';

// oxlint-disable no-control-regex -- what is written here is control characters

const push = '\u001B[22;0t';
const pop = '\u001B]2;\u0007\u001B[23;0t';
const titled = (what: string) => `\u001B]2;${what} – aws-first-steps\u0007`;

const terminal = (isTTY = true) => {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  return { stdout, written: () => String(stdout.read() ?? '') };
};

const waitsThat = (outcome: () => Promise<unknown>) => ({
  askUntil: (async () => outcome()) as Parameters<typeof signalWaits>[0]['askUntil'],
  runWithProgress: <T>(_label: string, work: () => Promise<T>) => work(),
});

const signs = (stdout: PassThrough & { isTTY: boolean }, bell = true) => ({
  title: createWindowTitle(stdout, {}),
  ring: createBell(stdout, bell),
});

const wait = (stdout: PassThrough & { isTTY: boolean }, outcome: () => Promise<unknown>, bell = true) =>
  signalWaits(waitsThat(outcome), signs(stdout, bell)).askUntil(waiting, 'mail', async () => 1);

describe('the title of the window', () => {
  it('names what is waited for, and is put back when the wait is over', async () => {
    const { stdout, written } = terminal();
    await wait(stdout, async () => ({ answer: 'later' }));
    expect(written()).toBe(`${push}${titled('Waiting for the mail')}${pop}`);
  });

  it('is put back when the wait fails', async () => {
    const { stdout, written } = terminal();
    await caught(wait(stdout, async () => Promise.reject(new Error('stopped'))));
    expect(written()).toMatch(/\[23;0t$/);
  });

  it('names work that takes longer than three seconds, and no other', async () => {
    vi.useFakeTimers();
    try {
      const { stdout, written } = terminal();
      const waits = signalWaits(
        waitsThat(async () => ({})),
        signs(stdout),
      );
      await waits.runWithProgress('Looking at the account', async () => vi.advanceTimersByTimeAsync(2900));
      expect(written()).toBe('');
      await waits.runWithProgress('Looking at the account', async () => vi.advanceTimersByTimeAsync(3100));
      expect(written()).toBe(`${push}${titled('Looking at the account')}${pop}`);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is given back while the program is stopped, and set again afterwards', () => {
    const { stdout, written } = terminal();
    const title = createWindowTitle(stdout, {});
    title.show('Waiting');
    title.suspend();
    title.resume();
    title.clear();
    title.resume();
    const once = `${push}${titled('Waiting')}${pop}`;
    expect(written()).toBe(once + once);
  });

  it('is put back when the process ends', () => {
    const { stdout, written } = terminal();
    const before = process.listeners('exit');
    createWindowTitle(stdout, {}).show('Waiting');
    const [restore] = process.listeners('exit').filter((one) => !before.includes(one));
    restore?.(0);
    expect(written()).toBe(`${push}${titled('Waiting')}${pop}`);
    expect(process.listeners('exit')).toEqual(before);
  });

  it('is harmless and short, whatever is waited for', () => {
    const { stdout, written } = terminal();
    createWindowTitle(stdout, {}).show(`${hostile}${'x'.repeat(200)}`);
    const [, title = ''] = /\[22;0t\u001B\]2;(.*)\u0007$/s.exec(written()) ?? [];
    expect(title).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E]/);
    expect(title.length).toBeLessThan(90);
  });

  it.each([
    ['a pipe', false, {}],
    ['the console of Linux', true, { TERM: 'linux' }],
    ['a dumb terminal', true, { TERM: 'dumb' }],
  ])('is not written to %s', (_, isTTY, env) => {
    const { stdout, written } = terminal(isTTY);
    const title = createWindowTitle(stdout, env);
    title.show('Waiting');
    title.clear();
    expect(written()).toBe('');
  });
});

describe('a front end', () => {
  it.each(['ink', 'prompts'])(
    'names in the title what is waited for, and puts the title back: %s',
    async (name) => {
      const seat = keyboards.find((one) => one.name === name)?.seat();
      if (!seat) throw new Error(`no seat at ${name}`);
      let confirm: (value: string) => void = () => {};
      const outcome = seat.front.askUntil(
        waiting,
        'mail',
        () => new Promise((resolve) => (confirm = resolve)),
      );
      await seat.until(/Waiting for the mail/);
      expect(seat.written()).toContain(`${push}${titled('Waiting for the mail')}`);
      expect(seat.written()).not.toContain(pop);
      confirm('confirmed');
      expect(await outcome).toEqual({ event: 'confirmed' });
      expect(seat.written()).toContain(pop);
    },
  );

  it.each(['ink', 'prompts'])(
    'puts the title back when it closes in the middle of a wait: %s',
    async (name) => {
      const seat = keyboards.find((one) => one.name === name)?.seat();
      if (!seat) throw new Error(`no seat at ${name}`);
      const outcome = caught(seat.front.askUntil(waiting, 'mail', () => new Promise(() => {})));
      await seat.until(/Waiting for the mail/);
      await seat.front.close();
      await outcome;
      expect(seat.written().split(push)).toHaveLength(2);
      expect(seat.written().split(pop)).toHaveLength(2);
    },
  );

  it('writes no title line by line', async () => {
    const seat = keyboards.find((one) => one.name === 'lines')?.seat();
    await seat?.front.askUntil(waiting, 'mail', async () => 'confirmed');
    expect(seat?.written()).not.toContain('\u001B]2;');
  });

  it('shows no secret in a title, and none while a code is waited for beside one', async () => {
    const seat = keyboards.find((one) => one.name === 'ink')?.seat();
    if (!seat) throw new Error('no seat');
    await seat.front.showSecretWhile(qr, () =>
      seat.front.askUntil({ ...waiting, message: 'Waiting for the next code' }, 'code', async () => 'there'),
    );
    const titles = [...seat.written().matchAll(/\u001B\]2;([^\u0007]*)\u0007/g)].map(([, title]) => title);
    expect(titles).toEqual(['Waiting for the next code – aws-first-steps', '']);
  });
});

describe('the bell', () => {
  it('rings when the event comes first and it was asked for', async () => {
    const { stdout, written } = terminal();
    await wait(stdout, async () => ({ event: 'confirmed' }));
    expect(written()).toBe(`${push}${titled('Waiting for the mail')}\u0007${pop}`);
  });

  it.each([
    ['the owner answers', { answer: 'later' }, true, true],
    ['it was not asked for', { event: 'confirmed' }, false, true],
    ['nobody can hear it', { event: 'confirmed' }, true, false],
  ])('is silent when %s', async (_, outcome, bell, isTTY) => {
    const { stdout, written } = terminal(isTTY);
    await wait(stdout, async () => outcome, bell);
    expect(written().replaceAll(/\u001B\][^\u0007]*\u0007/g, '')).not.toContain('\u0007');
  });
});
