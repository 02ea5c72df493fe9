import { describe, expect, it } from 'vitest';
import { BackError, ExitError, type SecretMessage } from '../../../src/core/dialogue.ts';
import { photographed } from '../../_support/ui/camera.ts';
import { stageOn, standingClock } from '../../_support/ui/ink-terminal.ts';
import { caught, URI, qr, password, stored, showCode, cropCode } from '../../_support/ui/ink-material.ts';

describe('the page of a QR code', () => {
  it('counts down, and updates the line of the practice phone', async () => {
    const clock = standingClock(Date.UTC(2026, 10, 23, 12));
    const stage = stageOn({ clock });
    void caught(
      showCode(stage.front, { ...qr, getLiveLine: () => `phone at ${clock.now().getUTCSeconds()}` }),
    );
    await stage.until(/phone at 0/);
    clock.move(13_000);
    expect(await stage.until(/17 s/)).toContain('phone at 13');
  });

  it.each([
    ['without colours', 1, {}],
    ['under NO_COLOR', 24, { NO_COLOR: '1' }],
    ['with sixteen colours', 4, {}],
  ])('draws black on white by color name %s', async (_, colours, env) => {
    const stage = stageOn({ colours, env });
    void caught(showCode(stage.front));
    await stage.until(/First code/);
    for (const row of [0, 1, 11, 22]) {
      for (const column of [0, 4, 24, 48]) {
        const cell = stage.terminal.buffer.active.getLine(row)?.getCell(column);
        expect([cell?.getFgColor(), cell?.getBgColor()]).toEqual([0, 15]);
      }
    }
  });

  it('draws black on white by RGB value when the terminal has true color', async () => {
    const stage = stageOn({ colours: 24 });
    void caught(showCode(stage.front));
    await stage.until(/First code/);
    const cell = stage.terminal.buffer.active.getLine(1)?.getCell(4);
    expect([cell?.isFgRGB(), cell?.getFgColor(), cell?.isBgRGB(), cell?.getBgColor()]).toEqual([
      true,
      0,
      true,
      0xffffff,
    ]);
  });

  it('shows the code as soon as the window is large enough', async () => {
    const stage = stageOn({ columns: 60, rows: 20 });
    void caught(showCode(stage.front));
    await stage.until(/needs 23 rows/);
    stage.resize(100, 30);
    expect(await stage.until(/▀▀▀/)).not.toContain('needs');
    expect(photographed(cropCode(stage.rowsNow()))).toBe(URI);
  });
});

describe('a screen that cannot be drawn', () => {
  it('rejects the question instead of waiting forever', async () => {
    const stage = stageOn();
    const failure = new Error('no phone');
    // Ink draws the stack with its lines as keys, and React warns of two that are the same.
    failure.stack = 'Error: no phone';
    const note: SecretMessage = {
      ...qr,
      getLiveLine: () => {
        throw failure;
      },
    };
    expect(await caught(showCode(stage.front, note))).toBe(failure);
  });
});

describe.each([
  ['a QR code', qr, /(JBSW|▀▀)/],
  ['a password', password, /correct-Horse/],
])('%s on the screen', (_, note, secret) => {
  it('is wiped when its task is over', async () => {
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
  ] as const)('is wiped when the owner leaves the page with %s', async (_key, key, reason) => {
    const stage = stageOn();
    const answer = caught(stage.front.showSecretWhile(note, () => stage.front.ask(stored, 'stored')));
    await stage.until(secret);
    stage.press(key);
    expect(await answer).toBeInstanceOf(reason);
    await stage.until((screen) => !secret.test(screen));
  });

  it('is nowhere in the terminal afterwards, not even when the program ends half-way', async () => {
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
