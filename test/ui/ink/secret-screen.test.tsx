import { describe, expect, it } from 'vitest';
import type { SecretMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';
import { sendAnywayQuestion } from '../../../src/steps/admin-user/type-codes.ts';
import { judgeCodes } from '../../../src/steps/admin-user/totp.ts';
import { photographed } from '../../_support/ui/camera.ts';
import { standingClock } from '../../_support/ui/ink-terminal.ts';
import { renderView } from '../../_support/ui/ink-view.tsx';

const SECRET = 'JBSWY3DPEHPK3PXP'.repeat(3) + 'QWERTYUIOPASDFGH';
const URI = `otpauth://totp/AWS:maria@431209876655?secret=${SECRET}&issuer=AWS`;
const qr: SecretMessage = {
  kind: 'qr',
  title: 'The phone of maria',
  uri: URI,
  secret: SECRET,
  instructions: [
    'Open an authenticator app on your phone.',
    'Scan this code, or type the secret.',
    'Then type two codes that follow each other.',
  ],
  fallbackInstructions: ['Type the secret into the app.'],
};
const password: SecretMessage = {
  kind: 'password',
  title: 'The console password of maria',
  password: 'correct-Horse7battery.staple',
  url: 'https://431209876655.signin.aws.amazon.com/console',
  instructions: ['Store the password and the address above now.'],
};
const code = (message: string): Question & { kind: 'secret' } => ({
  kind: 'secret',
  message,
  help: 'The six digits that the app shows now.',
  pattern: /^\d{6}$/,
  rule: 'A code has six digits',
  max: 9,
});
const stored: Question & { kind: 'confirm' } = { kind: 'confirm', message: 'Stored?', default: false };

const doubt = judgeCodes(SECRET, '111222', '333444', new Date());
const notThisEntry = doubt.plausible ? '' : doubt.reason;

type View = ReturnType<typeof renderView>;

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const showCode = (view: View, note: SecretMessage = qr) =>
  view.front.showSecretWhile(note, async () => [
    await view.front.ask(code('First code'), 'code-1'),
    await view.front.ask(code('Second code'), 'code-2'),
  ]);

/** The left part of the screen, where the code stands. */
const codeOn = (view: View) =>
  view
    .rowsNow()
    .map((row) => row.slice(0, 49).padEnd(49))
    .slice(0, 23);

const groupsOf = (screen: string) => screen.match(/\b[A-Z2-7]{4}\b/g) ?? [];

describe('the page of a QR code', () => {
  it('shows on 80 columns and 24 rows the code, the secret, the time that is left and the field', async () => {
    const clock = standingClock(Date.UTC(2026, 10, 23, 12, 0, 12));
    const view = renderView({ clock });
    const codes = showCode(view, { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' });
    const screen = await view.until(/\? First code/);
    expect(photographed(codeOn(view))).toBe(URI);
    expect(groupsOf(screen).join('')).toBe(SECRET);
    expect(screen).toContain('1 Open an authenticator app on');
    expect(screen).toContain('Practice phone: 123 456 (18 s)');
    expect(screen).toMatch(/━+─+ 18 s/);
    view.type('123456');
    view.press('enter');
    await view.until(/✔ First code[^]*\? Second code/);
    view.type('654321');
    view.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('has room beside the code for why two codes are doubted and for the question what to do', async () => {
    const view = renderView();
    const asking = view.front.showSecretWhile(
      { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' },
      () => {
        view.front.show({ kind: 'text', tone: 'warning', text: notThisEntry });
        return view.front.ask(sendAnywayQuestion, 'send-anyway');
      },
    );
    const screen = await view.until(/last word/);
    expect(photographed(codeOn(view))).toBe(URI);
    const beside = view.rowsNow().map((row) => row.slice(49).trim());
    expect(beside.join(' ').replaceAll(/\s+/g, ' ')).toContain(notThisEntry);
    expect(screen).toContain('Practice phone');
    view.press('enter');
    expect(await asking).toBe(false);
  });

  it('says how large the window must be when the code does not fit, and shows the secret for typing', async () => {
    const view = renderView({ columns: 60, rows: 20 });
    const codes = showCode(view);
    const screen = await view.until(/First code/);
    expect(screen.replaceAll(/\s+/g, ' ')).toContain(
      'needs 23 rows and 49 columns; this window has 20 and 60',
    );
    expect(screen).not.toContain('Scan');
    expect(screen).toContain('Type the secret into the app.');
    expect(groupsOf(screen).join('')).toBe(SECRET);
    view.type('123456');
    view.press('enter');
    await view.until(/\? Second code/);
    view.type('654321');
    view.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('has two halves where both do not fit, with Tab between them; typing leads to the field', async () => {
    const view = renderView({ columns: 60, rows: 24 });
    const codes = showCode(view);
    expect(await view.until(/▀▀▀/)).not.toContain('First code');
    expect(photographed(codeOn(view))).toBe(URI);
    view.press('tab');
    expect(groupsOf(await view.until(/First code/)).join('')).toBe(SECRET);
    view.press('tab');
    await view.until((screen) => !screen.includes('First code'));
    view.press('enter');
    expect(await view.until(/First code/)).not.toContain('! A code has six digits');
    view.type('123456');
    await view.until(/123456/);
    view.press('enter');
    await view.until(/\? Second code/);
    view.type('654321');
    view.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('offers only the secret where half blocks cannot be drawn', async () => {
    const view = renderView({ env: { LANG: 'C' } });
    void caught(showCode(view));
    const screen = await view.until(/First code/);
    expect(screen).toContain('This terminal cannot draw the code.');
    expect(groupsOf(screen).join('')).toBe(SECRET);
  });

  it('shows what was wrong with the codes, and what is asked again as not yet answered', async () => {
    const view = renderView();
    void caught(
      view.front.showSecretWhile(qr, async () => {
        await view.front.ask(code('First code'), 'code-1');
        view.front.show({ kind: 'text', tone: 'warning', text: 'AWS did not accept it.' });
        return view.front.ask(code('First code'), 'code-1');
      }),
    );
    view.type('123456');
    view.press('enter');
    const screen = await view.until(/! AWS did not accept it/);
    expect(screen).not.toContain('✔ First code');
  });
});

describe('the page of a password', () => {
  it('has the password alone on its row, from the first column', async () => {
    const view = renderView();
    void caught(view.front.showSecretWhile(password, () => view.front.ask(stored, 'stored')));
    await view.until(/\? Stored\?/);
    expect(view.rowsNow()).toContain('correct-Horse7battery.staple');
    expect(view.rowsNow()).toContain('https://431209876655.signin.aws.amazon.com/console');
  });

  it('keeps a password that is wider than the window whole', async () => {
    const view = renderView({ columns: 40 });
    const long = 'abcdefghij'.repeat(6);
    void caught(
      view.front.showSecretWhile({ ...password, password: long }, () => view.front.ask(stored, 'stored')),
    );
    expect((await view.until(/Stored/)).replaceAll('\n', '')).toContain(long);
  });
});
