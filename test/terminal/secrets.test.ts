import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../_support/temporary-folder.ts';
import { filesIn, homeWith, startPractice } from './_support/program.ts';
import { personAtScreen, personAtLines, answerAll, type Person } from './_support/person.ts';
import type { TerminalOptions } from './_support/terminal.ts';
import {
  adminUserToPage,
  begin,
  codes,
  noteThePassword,
  passwordOn,
  secretOn,
} from './_support/step-answers.ts';

const atTheQrCode = async (ui: 'ink' | 'prompts', options: TerminalOptions = { cols: 100, rows: 30 }) => {
  const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
  const terminal = startPractice(home, ['--ui', ui], options);
  const seat = ui === 'ink' ? personAtScreen(terminal) : personAtLines(terminal, ui);
  await answerAll(seat, [begin, ...adminUserToPage]);
  await seat.see('First code');
  return { home, terminal, seat };
};

/** The secret as it stands on the screen in groups of four, whatever stands at its left. */
const typedSecret = (seat: Person): string => {
  const rows = seat.terminal.screen().map((row) => row.slice(49));
  return /(?:[A-Z2-7]{4}\s+){15}[A-Z2-7]{4}/.exec(rows.join('\n'))?.[0].replaceAll(/\s/g, '') ?? '';
};

describe.each(['ink', 'prompts'] as const)('a secret shown by --ui %s', (ui) => {
  it('is a code that a phone reads, of the very secret that stands beside it', async () => {
    const { terminal, seat } = await atTheQrCode(ui);
    const uri = new URL(terminal.readQr() ?? 'nothing:');
    expect(`${uri.protocol}//${uri.host}${uri.pathname}`).toBe('otpauth://totp/AWS:admin@431209876655');
    expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: 'AWS', secret: typedSecret(seat) });
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{64}$/);
  });

  it('is gone afterwards from the screen, from what can be scrolled back to, and from every file', async () => {
    const { home, terminal, seat } = await atTheQrCode(ui);
    const secret = secretOn(seat);
    await answerAll(seat, codes());
    await seat.see('Have you stored');
    const password = passwordOn(seat);
    await answerAll(seat, [noteThePassword]);
    await seat.see('Is IAM access');
    expect([secret.length, password.length]).toEqual([64, 29]);
    expect(terminal.readQr()).toBeUndefined();
    seat.press('ctrl-c');
    expect((await terminal.exit).code).toBe(130);
    const visible = [...terminal.scrollback(), ...terminal.screen()].join('').replaceAll(/\s/g, '');
    expect(visible).not.toContain(secret.slice(0, 12));
    expect(visible).not.toContain(password);
    expect(visible).not.toMatch(/▀▄█|█▄▀/);
    const files = await filesIn(home);
    const holding = (text: string) => Object.keys(files).filter((file) => files[file]?.includes(text));
    // The practice account must know the seed to check codes; of passwords it keeps nothing.
    expect(holding(secret)).toEqual(['practice/account.json']);
    expect(holding(password)).toEqual([]);
  });
});

describe('a window that is too small for the code', () => {
  it('says how large it must be and is, offers the secret, and takes codes all the same', async () => {
    const { terminal, seat } = await atTheQrCode('ink', { cols: 60, rows: 20 });
    const text = terminal.text().replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/needs 23 rows and 49 columns; this window has 20 and 60/);
    expect(secretOn(seat)).toHaveLength(64);
    expect(terminal.readQr()).toBeUndefined();
    await answerAll(seat, [...codes(), noteThePassword, ['Is IAM access', 'ctrl-c']]);
  });

  it('shows the code as soon as it was enlarged', async () => {
    const { terminal } = await atTheQrCode('ink', { cols: 60, rows: 20 });
    expect(terminal.readQr()).toBeUndefined();
    terminal.resize(80, 24);
    await terminal.waitFor(() => terminal.readQr() !== undefined);
    terminal.resize(60, 20);
    await terminal.waitFor('needs 23 rows');
    expect(terminal.readQr()).toBeUndefined();
  });

  it('shows code and fields one after the other where both do not fit side by side', async () => {
    const { terminal, seat } = await atTheQrCodeAlone();
    const secret = secretOn(seat);
    terminal.press('tab');
    await seat.see('First code');
    expect(terminal.text().replaceAll(/\s/g, '')).toContain(secret);
    await answerAll(seat, [...codes(), noteThePassword, ['Is IAM access', 'ctrl-c']]);
  });
});

const atTheQrCodeAlone = async () => {
  const home = await homeWith(await temporaryFolder(), ['root-mfa', 'root-access-keys']);
  const terminal = startPractice(home, [], { cols: 60, rows: 24 });
  const seat = personAtScreen(terminal);
  await answerAll(seat, [begin, ...adminUserToPage]);
  await terminal.waitFor(() => terminal.readQr() !== undefined);
  return { terminal, seat };
};
