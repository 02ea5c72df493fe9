import { describe, expect, it } from 'vitest';
import { BackError, ExitError, type SecretMessage } from '../../../src/core/dialogue.ts';
import type { Question } from '../../../src/core/question.ts';
import { sendAnywayQuestion } from '../../../src/steps/admin-user/type-codes.ts';
import { judgeCodes } from '../../../src/steps/admin-user/totp.ts';
import { photographed } from '../../_support/ui/camera.ts';
import { stageOn, standingClock } from '../../_support/ui/ink-terminal.ts';

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

type Stage = ReturnType<typeof stageOn>;

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const showCode = (stage: Stage, note: SecretMessage = qr) =>
  stage.front.showSecretWhile(note, async () => [
    await stage.front.ask(code('First code'), 'code-1'),
    await stage.front.ask(code('Second code'), 'code-2'),
  ]);

/** The left part of the screen, where the code stands. */
const codeOn = (stage: Stage) =>
  stage
    .rowsNow()
    .map((row) => row.slice(0, 49).padEnd(49))
    .slice(0, 23);

const groupsOf = (screen: string) => screen.match(/\b[A-Z2-7]{4}\b/g) ?? [];

describe('the page of a QR code', () => {
  it('shows on 80 columns and 24 rows the code, the secret, the time that is left and the field', async () => {
    const clock = standingClock(Date.UTC(2026, 10, 23, 12, 0, 12));
    const stage = stageOn({ clock });
    const codes = showCode(stage, { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' });
    const screen = await stage.until(/\? First code/);
    expect(photographed(codeOn(stage))).toBe(URI);
    expect(groupsOf(screen).join('')).toBe(SECRET);
    expect(screen).toContain('1 Open an authenticator app on');
    expect(screen).toContain('Practice phone: 123 456 (18 s)');
    expect(screen).toMatch(/━+─+ 18 s/);
    stage.type('123456');
    stage.press('enter');
    await stage.until(/✔ First code[^]*\? Second code/);
    stage.type('654321');
    stage.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('has room beside the code for why two codes are doubted and for the question what to do', async () => {
    const stage = stageOn();
    const asking = stage.front.showSecretWhile(
      { ...qr, getLiveLine: () => 'Practice phone: 123 456 (18 s)' },
      () => {
        stage.front.show({ kind: 'text', tone: 'warning', text: notThisEntry });
        return stage.front.ask(sendAnywayQuestion, 'send-anyway');
      },
    );
    const screen = await stage.until(/last word/);
    expect(photographed(codeOn(stage))).toBe(URI);
    const beside = stage.rowsNow().map((row) => row.slice(49).trim());
    expect(beside.join(' ').replaceAll(/\s+/g, ' ')).toContain(notThisEntry);
    expect(screen).toContain('Practice phone');
    stage.press('enter');
    expect(await asking).toBe(false);
  });

  it('counts down, and asks for the line of the practice phone again', async () => {
    const clock = standingClock(Date.UTC(2026, 10, 23, 12));
    const stage = stageOn({ clock });
    void caught(showCode(stage, { ...qr, getLiveLine: () => `phone at ${clock.now().getUTCSeconds()}` }));
    await stage.until(/phone at 0/);
    clock.move(13_000);
    expect(await stage.until(/phone at 13/)).toContain('17 s');
  });

  it.each([
    ['without colours', 1, {}],
    ['under NO_COLOR', 24, { NO_COLOR: '1' }],
    ['with sixteen colours', 4, {}],
  ])('draws black on white by name %s', async (_, colours, env) => {
    const stage = stageOn({ colours, env });
    void caught(showCode(stage));
    await stage.until(/First code/);
    for (const row of [0, 1, 11, 22]) {
      for (const column of [0, 4, 24, 48]) {
        const cell = stage.terminal.buffer.active.getLine(row)?.getCell(column);
        expect([cell?.getFgColor(), cell?.getBgColor()]).toEqual([0, 15]);
      }
    }
  });

  it('draws black on white by value where the terminal has true colours', async () => {
    const stage = stageOn({ colours: 24 });
    void caught(showCode(stage));
    await stage.until(/First code/);
    const cell = stage.terminal.buffer.active.getLine(1)?.getCell(4);
    expect([cell?.isFgRGB(), cell?.getFgColor(), cell?.isBgRGB(), cell?.getBgColor()]).toEqual([
      true,
      0,
      true,
      0xffffff,
    ]);
  });

  it('says how large the window must be when the code does not fit, and shows the secret for typing', async () => {
    const stage = stageOn({ columns: 60, rows: 20 });
    const codes = showCode(stage);
    const screen = await stage.until(/First code/);
    expect(screen.replaceAll(/\s+/g, ' ')).toContain(
      'needs 23 rows and 49 columns; this window has 20 and 60',
    );
    expect(screen).not.toContain('Scan');
    expect(screen).toContain('Type the secret into the app.');
    expect(groupsOf(screen).join('')).toBe(SECRET);
    stage.type('123456');
    stage.press('enter');
    await stage.until(/\? Second code/);
    stage.type('654321');
    stage.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('shows the code as soon as the window is large enough', async () => {
    const stage = stageOn({ columns: 60, rows: 20 });
    void caught(showCode(stage));
    await stage.until(/needs 23 rows/);
    stage.resize(100, 30);
    expect(await stage.until(/▀▀▀/)).not.toContain('needs');
    expect(photographed(codeOn(stage))).toBe(URI);
  });

  it('has two halves where both do not fit, with Tab between them; typing leads to the field', async () => {
    const stage = stageOn({ columns: 60, rows: 24 });
    const codes = showCode(stage);
    expect(await stage.until(/▀▀▀/)).not.toContain('First code');
    expect(photographed(codeOn(stage))).toBe(URI);
    stage.press('tab');
    expect(groupsOf(await stage.until(/First code/)).join('')).toBe(SECRET);
    stage.press('tab');
    await stage.until((screen) => !screen.includes('First code'));
    stage.press('enter');
    expect(await stage.until(/First code/)).not.toContain('! A code has six digits');
    stage.type('123456');
    await stage.until(/123456/);
    stage.press('enter');
    await stage.until(/\? Second code/);
    stage.type('654321');
    stage.press('enter');
    expect(await codes).toEqual(['123456', '654321']);
  });

  it('offers only the secret where half blocks cannot be drawn', async () => {
    const stage = stageOn({ env: { LANG: 'C' } });
    void caught(showCode(stage));
    const screen = await stage.until(/First code/);
    expect(screen).toContain('This terminal cannot draw the code.');
    expect(groupsOf(screen).join('')).toBe(SECRET);
  });

  it('shows what was wrong with the codes, and what is asked again as not yet answered', async () => {
    const stage = stageOn();
    void caught(
      stage.front.showSecretWhile(qr, async () => {
        await stage.front.ask(code('First code'), 'code-1');
        stage.front.show({ kind: 'text', tone: 'warning', text: 'AWS did not accept it.' });
        return stage.front.ask(code('First code'), 'code-1');
      }),
    );
    stage.type('123456');
    stage.press('enter');
    const screen = await stage.until(/! AWS did not accept it/);
    expect(screen).not.toContain('✔ First code');
  });
});

describe('a screen that cannot be drawn', () => {
  it('rejects what is asked instead of waiting for ever', async () => {
    const stage = stageOn();
    const failure = new Error('no phone');
    const note: SecretMessage = {
      ...qr,
      getLiveLine: () => {
        throw failure;
      },
    };
    expect(await caught(showCode(stage, note))).toBe(failure);
  });
});

describe('the page of a password', () => {
  it('has the password alone on its row, from the first column', async () => {
    const stage = stageOn();
    void caught(stage.front.showSecretWhile(password, () => stage.front.ask(stored, 'stored')));
    await stage.until(/\? Stored\?/);
    expect(stage.rowsNow()).toContain('correct-Horse7battery.staple');
    expect(stage.rowsNow()).toContain('https://431209876655.signin.aws.amazon.com/console');
  });

  it('keeps a password that is wider than the window whole', async () => {
    const stage = stageOn({ columns: 40 });
    const long = 'abcdefghij'.repeat(6);
    void caught(
      stage.front.showSecretWhile({ ...password, password: long }, () => stage.front.ask(stored, 'stored')),
    );
    expect((await stage.until(/Stored/)).replaceAll('\n', '')).toContain(long);
  });
});

describe.each([
  ['a QR code', qr, /(JBSW|▀▀)/],
  ['a password', password, /correct-Horse/],
])('%s', (_, note, secret) => {
  it('is wiped when its work is over', async () => {
    const stage = stageOn();
    const answer = stage.front.showSecretWhile(note, () => stage.front.ask(stored, 'stored'));
    await stage.until(secret);
    stage.press('left', 'enter');
    expect(await answer).toBe(true);
    stage.front.show({ kind: 'text', text: 'on we go' });
    expect(await stage.until(/on we go/)).not.toMatch(secret);
  });

  it.each([
    ['Esc', 'escape', BackError],
    ['Ctrl-C', 'ctrlC', ExitError],
  ] as const)('is wiped when the owner turns away with %s', async (_key, key, reason) => {
    const stage = stageOn();
    const answer = caught(stage.front.showSecretWhile(note, () => stage.front.ask(stored, 'stored')));
    await stage.until(secret);
    stage.press(key);
    expect(await answer).toBeInstanceOf(reason);
    await stage.until((screen) => !secret.test(screen));
  });

  it('is nowhere in the terminal afterwards, not even when the program ends in the middle', async () => {
    const stage = stageOn();
    void caught(stage.front.showSecretWhile(note, () => stage.front.ask(stored, 'stored')));
    await stage.until(secret);
    await stage.front.close();
    await stage.until((screen) => !secret.test(screen));
    const { normal, alternate } = stage.terminal.buffer;
    for (const buffer of [normal, alternate]) {
      for (let row = 0; row < buffer.length; row += 1) {
        expect(buffer.getLine(row)?.translateToString() ?? '').not.toMatch(secret);
      }
    }
  });
});
