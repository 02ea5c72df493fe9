import { describe, expect, it } from 'vitest';
import { sendAnywayQuestion } from '../../../src/steps/admin-user/type-codes.ts';
import { judgeCodes } from '../../../src/steps/admin-user/totp.ts';
import { photographed } from '../../_support/ui/camera.ts';
import { standingClock } from '../../_support/ui/ink-terminal.ts';
import { renderView } from '../../_support/ui/ink-view.tsx';
import {
  caught,
  SECRET,
  URI,
  qr,
  password,
  codeFor,
  stored,
  showCode,
  cropCode,
} from '../../_support/ui/ink-material.ts';

const doubt = judgeCodes(SECRET, '111222', '333444', new Date());
const notThisEntry = doubt.plausible ? '' : doubt.reason;

const groupsOf = (screen: string) => screen.match(/\b[A-Z2-7]{4}\b/g) ?? [];

describe('the page of a QR code', () => {
  it('shows the code, the secret, the remaining time and the field on 80 columns and 24 rows', async () => {
    const clock = standingClock(Date.UTC(2026, 10, 23, 12, 0, 12));
    const view = renderView({ clock });
    const codes = showCode(view.front, { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' });
    const screen = await view.until(/\? First code/);
    expect(photographed(cropCode(view.rowsNow()))).toBe(URI);
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

  it('has room beside the code for the doubt about two codes and for the question what to do', async () => {
    const view = renderView();
    const asking = view.front.showSecretWhile(
      { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' },
      () => {
        view.front.show({ kind: 'text', tone: 'warning', text: notThisEntry });
        return view.front.ask(sendAnywayQuestion, 'send-anyway');
      },
    );
    const screen = await view.until(/last word/);
    expect(photographed(cropCode(view.rowsNow()))).toBe(URI);
    const beside = view.rowsNow().map((row) => row.slice(49).trim());
    expect(beside.join(' ').replaceAll(/\s+/g, ' ')).toContain(notThisEntry);
    expect(screen).toContain('Practice phone');
    view.press('enter');
    expect(await asking).toBe(false);
  });

  it('says how large the window must be when the code does not fit, and shows the secret for typing', async () => {
    const view = renderView({ columns: 60, rows: 20 });
    const codes = showCode(view.front);
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

  it('has two halves when both do not fit, with Tab between them; typing leads to the field', async () => {
    const view = renderView({ columns: 60, rows: 24 });
    const codes = showCode(view.front);
    expect(await view.until(/▀▀▀/)).not.toContain('First code');
    expect(photographed(cropCode(view.rowsNow()))).toBe(URI);
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

  it('offers only the secret when half blocks cannot be drawn', async () => {
    const view = renderView({ env: { LANG: 'C' } });
    void caught(showCode(view.front));
    const screen = await view.until(/First code/);
    expect(screen).toContain('This terminal cannot draw the code.');
    expect(groupsOf(screen).join('')).toBe(SECRET);
  });

  it('shows what was wrong with the codes, and shows the repeated question without an answer', async () => {
    const view = renderView();
    void caught(
      view.front.showSecretWhile(qr, async () => {
        await view.front.ask(codeFor('First code'), 'code-1');
        view.front.show({ kind: 'text', tone: 'warning', text: 'AWS did not accept it.' });
        return view.front.ask(codeFor('First code'), 'code-1');
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

  it('keeps a password that is wider than the window in one piece', async () => {
    const view = renderView({ columns: 40 });
    const long = 'abcdefghij'.repeat(6);
    void caught(
      view.front.showSecretWhile({ ...password, password: long }, () => view.front.ask(stored, 'stored')),
    );
    expect((await view.until(/Stored/)).replaceAll('\n', '')).toContain(long);
  });
});
