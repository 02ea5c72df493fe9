import { describe, expect, it } from 'vitest';
import { BackError, ExitError } from '../../../src/core/dialogue.ts';
import { renderView } from '../../_support/ui/ink-view.tsx';
import { headerAt, name, sure, code, waiting, plan, caught } from '../../_support/ui/ink-material.ts';

describe('the main screen', () => {
  it('shows the account, that it is a practice account, the progress and the keys that work', async () => {
    const { front, until } = renderView({ columns: 100 });
    front.show({ ...headerAt('admin-user'), cost: 'free' });
    void caught(front.ask(name, 'name'));
    const screen = await until(/enter confirm/);
    expect(screen).toMatch(/^ {2}AWS First Steps .*root user of 4312-0987-6655 \(no alias\) · practice$/m);
    expect(screen).toMatch(/^ {2}2 of 3 · Daily administrator +free$/m);
    expect(screen).toMatch(/✔ Root MFA +│/);
    expect(screen).toMatch(/▸ Daily administrator +│/);
    expect(screen).toMatch(/… Billing alarm +│/);
    expect(screen).toMatch(/enter confirm · esc back · ctrl-c stop$/);
  });

  it('labels a real account as a real account', async () => {
    const { front, until } = renderView({ practice: false });
    front.show(headerAt());
    expect(await until(/real account/)).not.toContain('practice');
  });

  it.each([60, 80, 99])('has no list of steps beside the text at %i columns', async (columns) => {
    const { front, until } = renderView({ columns, rows: 20 });
    front.show(headerAt('admin-user'));
    const screen = await until(/2 of 3 · Daily administrator/);
    expect(screen).not.toContain('Root MFA');
    expect(screen).toContain('practice');
  });

  it('has words beside the steps when there is room for them', async () => {
    const { front, until } = renderView({ columns: 120, rows: 40 });
    front.show(headerAt('admin-user'));
    expect(await until(/Billing alarm +waiting/)).toMatch(/Root MFA +done/);
  });

  it.each([100, 101, 119, 120, 130, 131, 200])(
    'has the rule beside the list of steps in one column at %i columns, and all text right of it',
    async (columns) => {
      const { front, until } = renderView({ columns, rows: 30 });
      front.show(headerAt('admin-user'));
      front.show({ kind: 'heading', title: 'Lock the root user', paragraphs: ['word '.repeat(100)] });
      void caught(front.ask(name, 'name'));
      const rows = (await until(/enter confirm/)).split('\n').filter((row) => row.includes('│'));
      expect(rows.length).toBeGreaterThan(10);
      expect([...new Set(rows.map((row) => row.indexOf('│')))]).toHaveLength(1);
      expect(rows.filter((row) => !/│$|│ /.test(row))).toEqual([]);
    },
  );

  it('uses at most 130 columns', async () => {
    const { front, until } = renderView({ columns: 200, rows: 30 });
    front.show({ ...headerAt('admin-user'), cost: 'free' });
    front.show({ kind: 'heading', title: 'Lock the root user', paragraphs: ['word '.repeat(100)] });
    front.show(plan);
    void caught(front.ask(name, 'name'));
    const rows = (await until(/enter confirm/)).split('\n');
    expect(Math.max(...rows.map((row) => row.length))).toBe(128);
  });

  it('shows a finding with a sign and a sentence', async () => {
    const { front, until } = renderView();
    front.show({
      kind: 'finding',
      status: 'unknown',
      summary: 'AWS did not answer',
      remedy: 'Try again later.',
    });
    expect(await until(/Try again later/)).toMatch(/Now {2}\? AWS did not answer\n +Try again later\./);
  });

  it('shows a plan with its operations at the right, and with its cost', async () => {
    const { front, until } = renderView();
    front.show(plan);
    const screen = await until(/CreateLoginProfile/);
    expect(screen).toMatch(/This will happen +free$/m);
    expect(screen).toMatch(/^ +1 make the user maria +CreateUser$/m);
  });

  it('starts every step with an empty middle, and keeps it during the step', async () => {
    const { front, until } = renderView();
    front.show(headerAt('root-mfa'));
    front.show({ kind: 'heading', title: 'Root MFA', paragraphs: ['Lock the root user.'] });
    front.show(headerAt('root-mfa'));
    await until(/Lock the root user/);
    const entries = headerAt().entries.map((one) => ({ ...one, finding: 'On, with a passkey' }));
    front.show({ ...headerAt('admin-user'), entries });
    const screen = await until(/2 of 3 · Daily/);
    expect(screen).not.toContain('Lock the root user');
    expect(screen).toContain('✔ Root MFA: On, with a passkey');
  });

  it.each([
    [80, 24],
    [60, 20],
    [40, 10],
    [20, 6],
  ])('keeps the question in sight on %i columns and %i rows, whatever came before', async (columns, rows) => {
    const { front, until, press, rowsNow } = renderView({ columns, rows });
    front.show(headerAt('admin-user'));
    for (let line = 1; line <= 40; line += 1) front.show({ kind: 'text', text: `line number ${line}` });
    const answer = front.ask(sure, 'sure');
    await until(/❯ Yes/);
    expect(rowsNow()).toHaveLength(rows);
    press('right', 'enter');
    expect(await answer).toBe(false);
  });

  it('shows text from AWS without harmful characters', async () => {
    const { front, until, written } = renderView();
    const hostile = 'evil\u001B]0;owned\u0007\u001B[2J\u202Eman\nnext';
    front.show({ kind: 'text', text: hostile });
    front.show({ kind: 'finding', status: 'met', summary: hostile });
    front.show({ ...headerAt('x'), entries: [{ id: 'x', title: hostile, status: 'met' }] });
    void caught(front.ask({ ...name, message: hostile, default: hostile, help: hostile }, 'name'));
    await until(/\? evilman next/);
    expect(written()).not.toMatch(/owned|\u202E/);
  });

  it('has no color under NO_COLOR, and the same words and signs', async () => {
    const plain = renderView({ env: { NO_COLOR: '1' }, colours: 24, columns: 100 });
    const coloured = renderView({ colours: 24, columns: 100 });
    for (const { front } of [plain, coloured]) {
      front.show(headerAt('admin-user'));
      front.show(plan);
    }
    expect(await plain.until(/CreateLogin/)).toBe(await coloured.until(/CreateLogin/));
    expect(plain.written()).not.toContain('m✔');
    expect(plain.written()).not.toContain('\u001B[38;5;');
    expect(coloured.written()).toContain('\u001B[38;5;28m✔');
  });

  it('has only ASCII signs when the locale supports no others', async () => {
    const { front, until } = renderView({ env: { LANG: 'C' }, columns: 100 });
    front.show(headerAt('admin-user'));
    front.show(plan);
    void caught(front.ask(sure, 'sure'));
    const screen = await until(/Sure/);
    expect(Buffer.from(screen, 'utf8').every((byte) => byte < 128)).toBe(true);
    expect(screen).toMatch(/\+ Root MFA/);
  });
});

describe('a question on the main screen', () => {
  it('is answered with what was typed, which is then shown above', async () => {
    const { front, type, press, until } = renderView();
    const answer = front.ask(name, 'name');
    await until(/\? User name {3}admin/);
    type('maria');
    await until(/\? User name {3}maria/);
    press('enter');
    expect(await answer).toBe('maria');
    await until(/^ +User name {3}maria$/m);
  });

  it('is answered with its default on Enter', async () => {
    const { front, press } = renderView();
    const answer = front.ask(name, 'name');
    press('enter');
    expect(await answer).toBe('admin');
  });

  it('accepts text pasted with line breaks as one line, and does not treat the break as Enter', async () => {
    const { front, type, press } = renderView();
    const answer = front.ask({ ...name, pattern: /^.*$/ }, 'name');
    type('\u001B[200~one\ntwo\n\u001B[201~');
    type('!');
    press('enter');
    expect(await answer).toBe('one two !');
  });

  it('distinguishes Backspace from Delete', async () => {
    const { front, type, press } = renderView();
    const answer = front.ask(name, 'name');
    type('abcd');
    press('left', 'left', 'backspace', 'delete', 'enter');
    expect(await answer).toBe('ad');
  });

  it('says what is wrong with an answer', async () => {
    const { front, type, press, until } = renderView();
    const answer = front.ask(name, 'name');
    type('Maria');
    press('enter');
    await until(/! Use only small letters\./);
    press('ctrlU');
    type('maria');
    press('enter');
    expect(await answer).toBe('maria');
  });

  it('rejects with BackError on Esc; asked again, it has removed the old answer and everything after it', async () => {
    const { front, press, until } = renderView();
    const first = front.ask(name, 'name');
    press('enter');
    await first;
    front.show(plan);
    const goAhead = caught(front.ask(sure, 'wizard/go-ahead'));
    await until(/CreateUser/);
    press('escape');
    expect(await goAhead).toBeInstanceOf(BackError);
    void caught(front.ask(name, 'name'));
    const screen = await until(/\? User name/);
    expect(screen).not.toContain('This will happen');
    expect(screen.match(/User name/g)).toHaveLength(1);
  });

  it('keeps the messages in between when it is asked again without BackError', async () => {
    const { front, press, until } = renderView();
    const first = front.ask(name, 'name');
    press('enter');
    await first;
    front.show({ kind: 'text', tone: 'warning', text: 'This name is taken.' });
    void caught(front.ask(name, 'name'));
    const screen = await until(/\? User name/);
    expect(screen).toContain('! This name is taken.');
    expect(screen.match(/User name/g)).toHaveLength(1);
  });

  it('does not leave a code on the screen', async () => {
    const { front, type, press, until } = renderView();
    const answer = front.ask(code, 'code');
    type('123456');
    await until(/123456/);
    press('enter');
    expect(await answer).toBe('123456');
    await until((screen) => !screen.includes('123456'));
  });
});

describe('exiting the main screen', () => {
  it.each([name, sure, code, waiting])('is possible at a question: $kind', async (question) => {
    const { front, press } = renderView();
    const answer = caught(front.ask(question, 'q'));
    press('ctrlC');
    expect(await answer).toMatchObject({ name: 'ExitError', exitCause: 'SIGINT' });
  });

  it('rejects everything that is asked or started afterwards', async () => {
    const { front } = renderView();
    front.show(headerAt());
    front.requestExit('SIGTERM');
    let begun = false;
    const begin = async () => void (begun = true);
    expect(await caught(front.ask(sure, 'sure'))).toMatchObject({ exitCause: 'SIGTERM' });
    expect(await caught(front.askUntil(waiting, 'mail', begin))).toMatchObject({ exitCause: 'SIGTERM' });
    expect(await caught(front.runWithProgress('work', begin))).toMatchObject({ exitCause: 'SIGTERM' });
    expect(begun).toBe(false);
  });
});

describe('a task on the main screen', () => {
  it('is shown as failed when it failed, and its error is passed on', async () => {
    const { front, until } = renderView();
    const failure = new Error('no network');
    expect(await caught(front.runWithProgress('Looking', () => Promise.reject(failure)))).toBe(failure);
    await until(/✖ Looking \(failed\)/);
  });
});

describe('waiting for an event on the main screen', () => {
  it('stops when the owner chooses something', async () => {
    const { front, press } = renderView();
    let signal: AbortSignal | undefined;
    const outcome = front.askUntil(waiting, 'mail', (given) => {
      signal = given;
      return new Promise((_, reject) => given.addEventListener('abort', () => reject(new Error('too late'))));
    });
    press('down', 'enter');
    expect(await outcome).toEqual({ answer: 'later' });
    expect(signal?.aborted).toBe(true);
  });

  it('stops when the owner exits', async () => {
    const { front, press } = renderView();
    let signal: AbortSignal | undefined;
    const outcome = caught(
      front.askUntil(waiting, 'mail', (given) => {
        signal = given;
        return new Promise(() => {});
      }),
    );
    press('ctrlC');
    expect(await outcome).toBeInstanceOf(ExitError);
    expect(signal?.aborted).toBe(true);
  });

  it('passes on an error, and withdraws the question', async () => {
    const { front, until, press } = renderView();
    const failure = new Error('access denied');
    expect(await caught(front.askUntil(waiting, 'mail', () => Promise.reject(failure)))).toBe(failure);
    const next = front.ask(sure, 'sure');
    expect(await until(/❯ Yes/)).not.toContain('Waiting');
    press('enter');
    await next;
  });
});
