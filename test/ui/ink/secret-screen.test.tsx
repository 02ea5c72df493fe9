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
  headerAt,
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
    expect(screen).toContain('1 Open Google or Microsoft');
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
    const screen = await view.until(/by its own clock/);
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

/** Where each zone of the page begins, by words that stand in it. */
const findZones = (rows: readonly string[]) => {
  const find = (pattern: RegExp) => rows.findIndex((row) => pattern.test(row));
  return {
    title: find(/The phone of maria/),
    instructions: find(/1 Open|Type the secret/),
    lastInstruction: find(/3 Type its next|Type the secret/),
    secret: find(/The secret, for typing/),
    countdown: find(/━.* s$/),
    field: find(/\? (?:First|Second) code|\? Send them/),
    error: find(/! (?!The code needs)/),
  };
};

const sizes = [
  [60, 20],
  [60, 24],
  [80, 24],
  [120, 40],
  [200, 50],
] as const;

describe.each(sizes)('the page of a QR code on %i columns and %i rows', (columns, rows) => {
  it.each([
    ['a real account', undefined],
    ['practice', () => 'Practice phone: 123 456 (18 s)'],
  ] as const)('keeps the row of each zone from the first code to the last: %s', async (_, getLiveLine) => {
    const view = renderView({ columns, rows });
    const message = { ...qr, ...(getLiveLine && { getLiveLine }) };
    const ask = (code: string) => view.front.ask(codeFor(code), code === 'First code' ? 'code-1' : 'code-2');
    const answer = async (code: string, digits: string) => {
      await view.until(new RegExp(`\\? ${code}`));
      const seen = { zones: findZones(view.rowsNow()), text: view.screen() };
      view.type(digits);
      view.press('enter');
      return seen;
    };
    const asking = view.front.showSecretWhile(message, async () => {
      await ask('First code');
      await ask('Second code');
      view.front.show({ kind: 'text', tone: 'warning', text: notThisEntry });
      await view.front.ask(sendAnywayQuestion, 'send-anyway');
      view.front.show({ kind: 'text', tone: 'warning', text: notThisEntry });
      await ask('First code');
      return ask('Second code');
    });
    if (columns === 60 && rows === 24) view.press('tab');
    const first = await answer('First code', '123456');
    const second = await answer('Second code', '654321');
    const doubted = await view.until(/\? Send them/);
    const doubtedZones = findZones(view.rowsNow());
    view.press('enter');
    const again = await answer('First code', '123456');
    const last = await answer('Second code', '654321');
    expect(await asking).toBe('654321');
    const { error: _none, ...kept } = first.zones;
    expect(Object.values(kept).every((row) => row >= 0)).toBe(true);
    for (const { zones } of [second, { zones: doubtedZones }, again, last]) expect(zones).toMatchObject(kept);
    expect(second.text).toContain('✔ First code');
    expect(doubted.replaceAll(/[▀▄█]/g, ' ').replaceAll(/\s+/g, ' ')).toContain('! Neither code is right.');
    expect(doubted).toContain('by its own clock');
    expect(again.zones.error).toBe(kept.field + 1);
    expect([first, second, again, last].map(({ text }) => text.includes('…'))).toEqual(Array(4).fill(false));
  });
});

describe('the page of a QR code, while the next code is waited for', () => {
  it('says so on the row of the field, with nothing cut and nothing to choose', async () => {
    const view = renderView();
    const question = {
      kind: 'choice',
      message: 'Waiting for the next code on the practice phone',
      options: [{ value: 'wait', label: 'It is typed as soon as it is there' }],
    } as const;
    void caught(
      view.front.showSecretWhile(qr, () =>
        view.front.askUntil(question, 'wait', () => new Promise(() => {})),
      ),
    );
    const screen = await view.until(/Waiting for the next code/);
    expect(screen).not.toMatch(/…|❯|0:00/);
  });
});

describe.each(sizes)('the page of a password on %i columns and %i rows', (columns, rows) => {
  it('shows whose account it is, the three fields in one piece, why, the question and the keys', async () => {
    const view = renderView({ columns, rows });
    view.front.show(headerAt('admin-user'));
    void caught(view.front.showSecretWhile(password, () => view.front.ask(stored, 'stored')));
    const screen = await view.until(/\? Stored\?/);
    expect(view.rowsNow()).toHaveLength(rows);
    expect(screen).toMatch(/^ {2}AWS First Steps.*practice/);
    expect(screen).toContain('https://431209876655.signin.aws.amazon.com/console');
    expect(screen).toMatch(/^ {2}User name +maria$/m);
    expect(screen).toMatch(/^ {2}Password +correct-Horse7battery\.staple$/m);
    expect(screen).toContain('Store the password and the address above now.');
    expect(view.rowsNow().at(-1)).toMatch(/^ {2}\S.*c copy/);
    expect(view.rowsNow().slice(2).join()).not.toContain('…');
  });
});

describe('the key c on the page of a password', () => {
  it('copies the password, which is not copied before, and says so without moving anything', async () => {
    const view = renderView();
    const answer = view.front.showSecretWhile(password, () => view.front.ask(stored, 'stored'));
    await view.until(/\? Stored\?/);
    const before = view.rowsNow();
    expect(view.copied).toEqual([]);
    view.type('c');
    await view.until(/✔ Copied, if your terminal allows it\./);
    expect(view.copied).toEqual([password.password]);
    const changed = view.rowsNow().filter((row, index) => row !== before[index]);
    expect(changed).toEqual(['  ✔ Copied, if your terminal allows it.']);
    view.press('left', 'enter');
    expect(await answer).toBe(true);
  });

  it('is a letter like any other elsewhere', async () => {
    const view = renderView();
    void caught(view.front.showSecretWhile(qr, () => view.front.ask(stored, 'stored')));
    view.type('c');
    await view.until(/Nothing here begins/);
    expect(view.copied).toEqual([]);
  });
});

describe('the page of a password', () => {
  it('shows what the step answers until it is stored', async () => {
    const view = renderView();
    void caught(
      view.front.showSecretWhile(password, async () => {
        await view.front.ask(stored, 'stored');
        view.front.show({ kind: 'text', tone: 'warning', text: 'Store it first.' });
        return view.front.ask(stored, 'stored');
      }),
    );
    await view.until(/\? Stored\?/);
    view.press('enter');
    expect(await view.until(/! Store it first\./)).toContain('? Stored?');
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
