import { describe, expect, it } from 'vitest';
import { createPromptsFrontEnd } from '../../../src/ui/prompts/prompts.ts';
import { renderQrBlocks } from '../../../src/ui/shared/qr.ts';
import {
  anyText,
  codeQuestion,
  headerWithHelp,
  nextQuestion,
  password,
  qr,
} from '../../_support/ui/material.ts';
import { answering, keyboards, seatAt, shown, strike } from '../../_support/ui/seats.ts';

const [, keyboard] = keyboards;

/** What is to be seen of the code on a screen of this size, while a code is being asked for. */
const codeOn = async (columns: number, rows: number) => {
  const seat = seatAt(createPromptsFrontEnd, { columns, rows });
  const question = codeQuestion('First code');
  const showing = seat.front.showSecretWhile(qr, () => seat.front.ask(question, 'code-1'));
  await shown(seat, question);
  const screen = seat.screen();
  strike(seat, [{ text: '123456' }, { key: 'enter' }]);
  await showing;
  return screen;
};

describe('the front end of prompts', () => {
  it('exits at Ctrl-D, which would close a prompt without settling it', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(nextQuestion, 'question');
    await shown(seat, nextQuestion);
    seat.type('\u0004');
    await expect(answer).rejects.toMatchObject({ name: 'ExitError', exitCause: 'end-of-input' });
  });

  it('exits when the terminal is gone', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(nextQuestion, 'question');
    await shown(seat, nextQuestion);
    seat.stdin.end();
    await expect(answer).rejects.toMatchObject({ name: 'ExitError', exitCause: 'end-of-input' });
  });

  it('explains the step at the press of a question mark, and asks again', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    seat.front.show(headerWithHelp);
    const question = { kind: 'confirm', message: 'Sure?' } as const;
    const answer = seat.front.ask(question, 'question');
    await shown(seat, question);
    seat.type('?');
    await seat.until(/MFA: A second proof\.[^]*\? Sure\?/u);
    strike(seat, [{ text: 'yes' }, { key: 'enter' }]);
    expect(await answer).toBe(true);
  });

  it('takes a question mark in a text for what it is', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    seat.front.show(headerWithHelp);
    const answer = seat.front.ask(anyText, 'question');
    await shown(seat, anyText);
    strike(seat, [{ text: '?' }, { key: 'enter' }]);
    expect(await answer).toBe('?');
    expect(seat.screen()).not.toContain('A second proof');
  });

  it('leaves one line of an answered question, and none of a withdrawn one', async () => {
    if (!keyboard) throw new Error('no keyboard');
    const seat = seatAt(createPromptsFrontEnd);
    await seat.front.askUntil({ ...nextQuestion, message: 'Withdrawn?' }, 'wait', async () => 'event');
    await answering(keyboard, seat, { kind: 'confirm', message: 'Is it yours?' }, true);
    await seat.until(/Is it yours\? yes/u);
    expect(seat.screen()).not.toContain('Withdrawn?');
    expect(seat.screen().match(/Is it yours/gu)).toHaveLength(1);
  });

  it('does not accept a bare Enter as a yes without a default', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const question = { kind: 'confirm', message: 'Sure?' } as const;
    const answer = seat.front.ask(question, 'question');
    await shown(seat, question);
    seat.press('enter');
    await seat.until(/answer yes or no/u);
    strike(seat, [{ text: 'no' }, { key: 'enter' }]);
    expect(await answer).toBe(false);
  });

  it('leaves nothing of a typed code on the screen', async () => {
    if (!keyboard) throw new Error('no keyboard');
    const seat = seatAt(createPromptsFrontEnd);
    await answering(keyboard, seat, codeQuestion('Which code?'), '135790');
    await seat.until((text) => !text.includes('135790'));
    expect(seat.screen()).not.toContain('135790');
  });

  it('shows the whole QR code and the whole secret on 80 columns and 24 rows', async () => {
    const screen = await codeOn(80, 24);
    for (const row of renderQrBlocks(qr.uri)) expect(screen).toContain(row.trimEnd());
    expect(screen.replaceAll(/\s/gu, '')).toContain('First code'.replaceAll(' ', ''));
    expect(screen).toContain('Your phone');
    expect(screen.match(/[A-Z2-7]{4}(?= |$)/gmu)).toHaveLength(16);
  });

  it.each([
    [79, 24],
    [70, 24],
    [80, 23],
    [40, 12],
  ])('draws the whole QR code or says why not, on %i columns and %i rows', async (columns, rows) => {
    const screen = await codeOn(columns, rows);
    const drawn = renderQrBlocks(qr.uri).every((row) => screen.includes(row.trimEnd()));
    const words = screen.replaceAll(/\s+/gu, ' ');
    expect(drawn).toBe(!/The code needs \d+ columns and \d+ rows/u.test(words.replaceAll('\n', ' ')));
  });

  it('keeps the line of the practice phone within its room and up to date', async () => {
    const seat = seatAt(createPromptsFrontEnd, { columns: 80, rows: 24 });
    const showing = seat.front.showSecretWhile(
      { ...qr, getLiveLine: () => 'Practice phone: 123 456 (17 s)' },
      () => seat.front.ask(nextQuestion, 'code'),
    );
    await shown(seat, nextQuestion);
    await seat.until(/Practice phone: 123 456 \(17 s\)/u);
    strike(seat, [{ text: '3' }, { key: 'enter' }]);
    expect(await showing).toBe(3);
  });

  it('wipes the alternate screen before it leaves it', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    await seat.front.showSecretWhile(password, async () => undefined);
    const after = seat.written().split('correct-Horse-7-battery')[1] ?? '';
    expect(after.indexOf('\u001B[2J')).toBeGreaterThan(-1);
    expect(after.indexOf('\u001B[2J')).toBeLessThan(after.indexOf('\u001B[?1049l'));
  });

  it('keeps a running task on one row until it is over, however small the window', async () => {
    const seat = seatAt(createPromptsFrontEnd, { columns: 40, rows: 12 });
    const label = 'Asking AWS for something that takes rather many words to be said';
    let rows: string[] = [];
    await seat.front.runWithProgress(
      label,
      async () => {
        await seat.until(/Asking AWS/u);
        rows = seat.screen().split('\n');
      },
      'transient',
    );
    expect(rows).toHaveLength(1);
    await seat.front.runWithProgress(label, async () => undefined);
    await seat.until(/✔ Asking AWS for something that takes\n {2}rather many words to be said/u);
  });

  it('says once how to exit, and offers no way back when there is none', async () => {
    if (!keyboard) throw new Error('no keyboard');
    const seat = seatAt(createPromptsFrontEnd);
    const put = (message: string, noWayBack?: true) =>
      answering(
        keyboard,
        seat,
        { ...nextQuestion, message, ...(noWayBack && { cannotGoBack: noWayBack }) },
        3,
      );
    await put('First?', true);
    await seat.until(/First\? 3/u);
    expect(seat.screen()).toContain('(Ctrl-C stops here');
    expect(seat.screen()).not.toContain('Esc goes back');
    for (const current of ['one', 'two']) {
      seat.front.show({ kind: 'header', practice: true, entries: [], current });
      await put(`Here in ${current}?`);
      await put(`Still in ${current}?`);
    }
    expect(seat.screen().match(/Esc goes back/gu)).toHaveLength(1);
  });

  it('shows the help of a question below it, the first time that it is asked', async () => {
    const seat = seatAt(createPromptsFrontEnd, { columns: 50 });
    const question = {
      ...nextQuestion,
      help: 'These words are there for whoever does not know what to answer.',
    };
    const first = seat.front.ask(question, 'question');
    await seat.until(/\? And the next\?\n {2}These words are[^]*\n {2}what to answer\. \(1 to 9\)/u);
    strike(seat, [{ text: '3' }, { key: 'enter' }]);
    await first;
    const second = seat.front.ask(question, 'question');
    await seat.until(/\? And the next\? \(1 to 9\)/u);
    strike(seat, [{ text: '4' }, { key: 'enter' }]);
    expect(await second).toBe(4);
    expect(seat.screen()).not.toContain('These words');
  });

  it('breaks messages and answers between words, and aligns the rows with the text', async () => {
    if (!keyboard) throw new Error('no keyboard');
    const seat = seatAt(createPromptsFrontEnd, { columns: 40 });
    seat.front.show({
      kind: 'manual-task',
      id: 'confirm-email',
      doneQuestion: 'done',
      instructions: ['Open the mail that AWS has just sent to you.', 'Choose the link.'],
    });
    const options = [{ value: 'a', label: 'Practice: do it at the desk' }];
    await answering(keyboard, seat, { kind: 'choice', message: 'Is it done by now?', options });
    await seat.until(/✔ Is it done by now\? Practice: do it at\n {2}the desk/u);
    expect(seat.screen()).toContain('  1. Open the mail that AWS has just\n     sent to you.\n  2. Choose');
  });

  it('does not ask the owner to scan a QR code that is not drawn, and says how to get it', async () => {
    const words = (await codeOn(60, 20)).replaceAll(/\s+/gu, ' ');
    expect(words).not.toContain('Scan it.');
    expect(words).toContain('Type the secret.');
    expect(words).toContain('Enlarge the window to scan it.');
  });

  it('draws the code as soon as the window is large enough for it', async () => {
    const seat = seatAt(createPromptsFrontEnd, { columns: 60, rows: 20 });
    const question = codeQuestion('First code');
    const showing = seat.front.showSecretWhile(qr, () => seat.front.ask(question, 'code-1'));
    await seat.until(/Enlarge the window to scan it/u);
    seat.resize(100, 40);
    await seat.until(/▀▀▀[^]*\? First code/u);
    strike(seat, [{ text: '123456' }, { key: 'enter' }]);
    expect(await showing).toBe('123456');
  });

  it('says what Enter does with nothing typed, where below a code there is no room for help', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const question = { ...codeQuestion('First code'), pattern: /^$/, help: 'Enter: the phone types it.' };
    const showing = seat.front.showSecretWhile(qr, () => seat.front.ask(question, 'code-1'));
    await seat.until(/\? First code \(Enter: the phone types it\.\)/u);
    strike(seat, [{ key: 'enter' }]);
    expect(await showing).toBe('');
  });

  it('copies a password at the key c and at nothing else, and says so', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const question = { kind: 'confirm', message: 'Stored?' } as const;
    const showing = seat.front.showSecretWhile(password, () => seat.front.ask(question, 'stored'));
    await seat.until(/Press c to copy the password\.[^]*User name +maria[^]*\? Stored\?/u);
    expect(seat.written()).not.toContain('\u001B]52;');
    seat.type('c');
    await seat.until(/Copied, if your terminal allows it\./u);
    expect(seat.written()).toContain(
      `\u001B]52;c;${Buffer.from(password.password).toString('base64')}\u0007`,
    );
    strike(seat, [{ text: 'yes' }, { key: 'enter' }]);
    expect(await showing).toBe(true);
    await seat.until((text) => !text.includes(password.password));
  });

  it('writes no color under NO_COLOR', async () => {
    const seat = seatAt(createPromptsFrontEnd, { env: { NO_COLOR: '1' } });
    seat.front.show({ kind: 'finding', status: 'met', summary: 'all is well' });
    await seat.front.runWithProgress('Working', async () => undefined);
    expect(seat.written()).not.toContain('\u001B[3');
  });

  it('writes a secret to no file', async () => {
    const seat = seatAt(createPromptsFrontEnd, { isTTY: false });
    await expect(seat.front.showSecretWhile(password, async () => 'seen')).rejects.toMatchObject({
      name: 'UserError',
    });
    expect(seat.written()).toBe('');
  });
});

describe('a prompt', () => {
  const name = {
    kind: 'text',
    message: 'User name',
    example: 'maria',
    pattern: /./,
    rule: '',
    max: 90,
  } as const;

  it('is drawn anew after the program was stopped and continued, with what was typed', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(name, 'name');
    await shown(seat, name);
    seat.type('mar');
    await seat.until(/mar$/);
    const before = seat.written().length;
    process.emit('SIGCONT');
    await seat.until(() => seat.written().slice(before).includes('User name'));
    expect(seat.written().slice(before)).toContain('mar');
    strike(seat, [{ text: 'ia' }, { key: 'enter' }]);
    expect(await answer).toBe('maria');
  });

  it('is drawn anew below a secret after the program was stopped and continued', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const question = codeQuestion('First code');
    const showing = seat.front.showSecretWhile(qr, () => seat.front.ask(question, 'code-1'));
    await shown(seat, question);
    const screen = seat.screen();
    const before = seat.written().length;
    process.emit('SIGCONT');
    await seat.until(() => seat.written().length > before);
    await seat.until((text) => text === screen);
    expect(seat.screen()).toBe(screen);
    strike(seat, [{ text: '123456' }, { key: 'enter' }]);
    await showing;
  });

  it('is drawn over itself when the window changes', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(name, 'name');
    await shown(seat, name);
    seat.resize();
    seat.type('maria');
    await seat.until(/maria$/);
    expect(seat.screen().match(/\? User name/gu)).toHaveLength(1);
    seat.press('enter');
    expect(await answer).toBe('maria');
  });

  it('takes a pasted text with line breaks as one line, which nothing answers by itself', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(name, 'name');
    await shown(seat, name);
    seat.type('\u001B[200~maria\r\nrm -rf\n\u001B[201~');
    await seat.until(/maria rm -rf/);
    seat.press('enter');
    expect(await answer).toBe('maria rm -rf');
  });

  it.each([
    ['Esc', '\u001B[27u', 'BackError'],
    ['Ctrl-C', '\u001B[99;5u', 'ExitError'],
    ['Ctrl-C of modifyOtherKeys', '\u001B[27;5;99~', 'ExitError'],
  ])('takes %s in newer codings', async (_, keys, ends) => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(name, 'name');
    await shown(seat, name);
    seat.type(keys);
    await expect(answer).rejects.toMatchObject({ name: ends });
  });

  it('has nothing typed into it by the terminal itself', async () => {
    const seat = seatAt(createPromptsFrontEnd);
    const answer = seat.front.ask(name, 'name');
    await shown(seat, name);
    seat.type('\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\m\u001B[?62;22c\u001B[12;40R\u001B[<0;10;10M');
    seat.press('enter');
    expect(await answer).toBe('m');
  });
});
