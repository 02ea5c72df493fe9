import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ExitError, type Message } from '../../../src/core/dialogue.ts';
import { stageOn, standingClock } from '../../_support/ui/ink-terminal.ts';
import {
  headerAt,
  name,
  sure,
  waiting,
  password,
  plan,
  caught,
  stored,
} from '../../_support/ui/ink-material.ts';

const closing: Message = {
  kind: 'summary',
  title: 'Done for today',
  entries: [{ id: 'root-mfa', title: 'Root MFA', status: 'met', summary: 'on since today' }],
  subtitle: '4312-0987-6655',
  facts: [{ label: 'Look again', text: 'npx aws-first-steps verify' }],
  left: [],
};

/** A promise, and the function that resolves it. */
const promised = <T,>() => {
  const kept = new EventEmitter();
  const promise = new Promise<T>((keep) => void kept.once('kept', keep));
  return { promise, resolve: (value: T) => void kept.emit('kept', value) };
};

describe('the Ink screen', () => {
  it('follows a change of the window size and leaves nothing of the old screen', async () => {
    const { front, until, resize } = stageOn({ columns: 120, rows: 40 });
    front.show(headerAt('admin-user'));
    front.show(plan);
    await until(/CreateLoginProfile/);
    resize(60, 20);
    const small = await until((text) => text.includes('2 of 3') && !text.includes('│'));
    expect(small.match(/CreateLoginProfile/g)).toHaveLength(1);
    expect(small).not.toContain('Root MFA');
    resize(100, 24);
    expect(await until(/✔ Root MFA +│/)).toContain('2 of 3 ·');
    resize(100, 30);
    front.show({ kind: 'text', text: 'after the change' });
    expect(await until(/after the change/)).toMatch(/AWS First Steps[^]*✔ Root MFA +│[^]*CreateLoginProfile/);
  });
});

describe('a question on the Ink screen', () => {
  it('puts the cursor of the terminal where typing goes, and hides it when nothing can be typed', async () => {
    const { front, type, until, terminal, written, press } = stageOn();
    const answer = front.ask(name, 'name');
    type('日本');
    const screen = await until(/日本/);
    const { cursorX, cursorY } = terminal.buffer.active;
    expect(cursorX).toBe('  ? User name   '.length + 4);
    expect(screen.split('\n')[cursorY]).toContain('日本');
    press('ctrlU');
    type('maria');
    press('enter');
    await answer;
    void caught(front.ask(sure, 'sure'));
    await until(/❯ Yes/);
    expect(written().lastIndexOf('\u001B[?25l')).toBeGreaterThan(written().lastIndexOf('\u001B[?25h'));
  });
});

describe('exiting the Ink front end', () => {
  it('lets the running task finish, says so, and then rejects', async () => {
    const { front, press, until } = stageOn();
    const work = promised<string>();
    let finished = false;
    const during = caught(
      front.runWithProgress('make the user', async () => {
        await work.promise;
        finished = true;
      }),
    );
    await until(/make the user/);
    press('ctrlC');
    await until(/Stopping after this call/);
    expect(finished).toBe(false);
    work.resolve('done');
    expect(await during).toBeInstanceOf(ExitError);
    expect(finished).toBe(true);
    await until(/✔ make the user/);
  });

  it('happens automatically when the input ends', async () => {
    const { front, stdin } = stageOn();
    const answer = caught(front.ask(sure, 'sure'));
    stdin.end();
    expect(await answer).toMatchObject({ exitCause: 'end-of-input' });
  });
});

describe('a task on the Ink screen', () => {
  it('is shown with the time it takes, and as done afterwards', async () => {
    const clock = standingClock();
    const { front, until } = stageOn({ clock });
    const work = promised<number>();
    const during = front.runWithProgress('Looking at the account', () => work.promise);
    await until(/Looking at the account/);
    clock.move(65_000);
    await until(/Looking at the account +1:05/);
    work.resolve(7);
    expect(await during).toBe(7);
    await until(/✔ Looking at the account/);
  });
});

describe('waiting for an event on the Ink screen', () => {
  it('shows since when, and continues as soon as the event happens', async () => {
    const clock = standingClock();
    const { front, until, press } = stageOn({ clock });
    const world = promised<string>();
    const outcome = front.askUntil(waiting, 'mail', () => world.promise);
    await until(/Waiting for the mail/);
    clock.move(42_000);
    await until(/Waiting for the mail +0:42/);
    world.resolve('confirmed');
    expect(await outcome).toEqual({ event: 'confirmed' });
    await until((screen) => !screen.includes('Waiting'));
    const next = front.ask(sure, 'sure');
    press('enter');
    expect(await next).toBe(true);
  });
});

describe('the terminal of the Ink front end', () => {
  it('is not touched before there is something to show', async () => {
    const { front, written, rawModes } = stageOn();
    await front.close();
    expect(await caught(front.ask(sure, 'sure'))).toBeInstanceOf(ExitError);
    expect(written()).toBe('');
    expect(rawModes).toEqual([]);
  });

  it('is restored as it was, with the summary on it', async () => {
    const { front, until, alternate, rawModes, written, screen } = stageOn();
    front.show(headerAt('admin-user'));
    front.show({ kind: 'text', text: 'something on the way' });
    await until(/something on the way/);
    expect(alternate()).toBe(true);
    front.show(closing);
    await front.close();
    await until(/Done for today/);
    expect(alternate()).toBe(false);
    expect(rawModes).toEqual([true, false]);
    expect(written()).toContain('\u001B[?25h\u001B[?1049l');
    expect(screen()).toMatch(/✔ Root MFA {2}on since today/);
    expect(screen()).not.toContain('something on the way');
  });

  it('is not written to after it was restored', async () => {
    const { front, until, written } = stageOn();
    front.show(headerAt());
    await until(/practice/);
    await front.close();
    const before = written();
    front.show(plan);
    expect(await caught(front.ask(sure, 'sure'))).toBeInstanceOf(ExitError);
    await front.close();
    expect(written()).toBe(before);
  });
});

describe('a program that was stopped and continued', () => {
  it('draws the whole screen anew, and reads keys as before', async () => {
    const { front, terminal, until, rawModes, type, press } = stageOn();
    front.show({ kind: 'text', text: 'above' });
    const answer = front.ask(name, 'name');
    type('mar');
    const before = await until(new RegExp(`${name.message}.*mar`));
    await new Promise<void>((resolve) => terminal.write('\u001B[?1049l[1]+  Stopped\r\n$ fg\r\n', resolve));
    process.emit('SIGCONT');
    expect(await until(new RegExp(`${name.message}.*mar`))).toBe(before);
    expect(rawModes).toEqual([true, false, true]);
    type('ia');
    press('enter');
    expect(await answer).toBe('maria');
  });

  it('draws a secret anew, on the alternate screen only', async () => {
    const { front, until, alternate, press, terminal } = stageOn();
    const showing = front.showSecretWhile(password, () => front.ask(stored, 'stored'));
    const before = await until(/Stored/);
    await new Promise<void>((resolve) => terminal.write('\u001B[2Jsomething else', resolve));
    process.emit('SIGCONT');
    expect(await until((text) => text === before)).toBe(before);
    expect(alternate()).toBe(true);
    press('enter');
    expect(await showing).toBe(false);
  });
});
