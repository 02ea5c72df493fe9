import qrcode from 'qrcode-terminal';
import { afterEach, describe, expect, it } from 'vitest';
import { Terminal, type TerminalOptions } from './_support/terminal.ts';

const open: Terminal[] = [];

afterEach(() => Promise.all(open.splice(0).map((terminal) => terminal.close())));

/** Runs `script` in a Node of its own inside a terminal; it is over when the script has nothing left to do. */
const run = (script: string, options?: TerminalOptions) => {
  const terminal = Terminal.start(process.execPath, ['-e', script], options);
  open.push(terminal);
  return terminal;
};

const printing = (text: string) => `process.stdout.write(${JSON.stringify(text)})`;

/** Says the name of what is typed, raw, until it is a q. */
const echoingKeys = `process.stdin.setRawMode(true).on('data', (data) => {
  if (String(data) === 'q') process.exit();
  console.log(JSON.stringify(String(data)).replace('\\x7f', 'DEL'));
}); console.log('ready')`;

const drawn = (text: string) =>
  new Promise<string>((resolve) => qrcode.generate(text, { small: true }, resolve));

describe('the terminal', () => {
  it('shows what a program wrote, as a real terminal, and how it ended', async () => {
    const terminal = run(`console.log(process.stdout.isTTY, 'one\\x1b[2Ctwo'); process.exitCode = 3`);
    expect(await terminal.exit).toEqual({ code: 3, signal: 0 });
    expect(terminal.screen()[0]).toBe('true one  two');
    expect(terminal.raw).toContain('\u001B[2C');
  });

  it('has the size that was asked for and tells the program of a new one', async () => {
    const size = `console.log(process.stdout.columns + 'x' + process.stdout.rows)`;
    const terminal = run(`${size}; setInterval(() => {}, 1e6); process.stdout.on('resize', () => ${size})`, {
      cols: 60,
      rows: 20,
    });
    await terminal.waitFor('60x20');
    terminal.resize(100, 30);
    await terminal.waitFor('100x30');
    expect(terminal.screen()).toHaveLength(30);
  });

  it('hands over typed text and keys', async () => {
    const terminal = run(echoingKeys);
    await terminal.waitFor('ready');
    terminal.type('mä');
    await terminal.waitFor('"mä"');
    terminal.press('up');
    await terminal.waitFor(String.raw`"\u001b[A"`);
    terminal.press('ctrl-c');
    await terminal.waitFor(/"\\u0003"$/m);
    terminal.press('backspace');
    await terminal.waitFor((lines) => lines.includes('"DEL"'));
    terminal.type('q');
    expect((await terminal.exit).code).toBe(0);
  });

  it('hides the environment that the tests run in', async () => {
    process.env['AWS_PROFILE'] = 'production';
    const terminal = run(`console.log(process.env.AWS_PROFILE, process.env.COLOUR)`, {
      env: { COLOUR: 'red' },
    });
    await terminal.exit;
    delete process.env['AWS_PROFILE'];
    expect(terminal.screen()[0]).toBe('undefined red');
  });

  it('ends a program with a signal', async () => {
    const terminal = run(`console.log('here'); setInterval(() => {}, 1e6)`);
    await terminal.waitFor('here');
    terminal.kill('SIGTERM');
    expect(await terminal.exit).toMatchObject({ signal: 15 });
  });

  it('says what was on the screen when the awaited did not come', async () => {
    const ended = run(`console.log('something else')`);
    await expect(ended.waitFor('the end')).rejects.toThrow(/ended .*the end[^]*something else/);
    const endless = run(`setInterval(() => {}, 1e6)`);
    await expect(endless.waitFor('the end', 1)).rejects.toThrow('1 ms went by');
  });

  it('knows the alternate screen, the cursor, and what is left on the normal one', async () => {
    const terminal = run(
      `${printing('before\r\n\u001B[?1049h\u001B[?25lsecret')}; process.stdin.once('data', () => {
        ${printing('\u001B[?25h\u001B[?1049lafter\r\n')}; process.exit() })`,
    );
    await terminal.waitFor('secret');
    expect(terminal).toMatchObject({ alternate: true, cursorHidden: true });
    terminal.press('enter');
    await terminal.exit;
    expect(terminal).toMatchObject({ alternate: false, cursorHidden: false });
    expect(terminal.scrollback().join('\n')).toMatch(/^before\n[^]*after$/);
    expect(terminal.scrollback().join('\n')).not.toContain('secret');
  });

  it('keeps the lines that were scrolled out of the window', async () => {
    const terminal = run(`for (let i = 1; i <= 100; i++) console.log('line ' + i)`);
    await terminal.exit;
    expect(terminal.scrollback()).toHaveLength(100);
    expect(terminal.screen()[0]).toBe('line 78');
  });
});

describe('a QR code on the screen', () => {
  const uri = 'otpauth://totp/AWS:maria@4312?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=AWS';

  it.each([
    ['true colour', '\u001B[38;2;255;255;255;48;2;0;0;0m'],
    ['256 colours', '\u001B[38;5;231;48;5;16m'],
    ['16 colours', '\u001B[97;40m'],
    ['inverse video', '\u001B[30;107;7m'],
  ])('is read in %s', async (_, colours) => {
    // qrcode-terminal draws the light modules with blocks.
    const lines = (await drawn(uri)).split('\n').map((line) => `${colours}${line}\u001B[0m`);
    const terminal = run(printing(`some text\r\n${lines.join('\r\n')}\r\n`), { rows: 40 });
    await terminal.exit;
    expect(terminal.readQr()).toBe(uri);
  });

  it('is not read when it is light on dark', async () => {
    const lines = (await drawn(uri)).split('\n').map((line) => `\u001B[30;47m${line}\u001B[0m`);
    const terminal = run(printing(lines.join('\r\n')), { rows: 40 });
    await terminal.exit;
    expect(terminal.readQr()).toBeUndefined();
  });

  it('is not read when the window is too small for it', async () => {
    const terminal = run(printing((await drawn(uri)).replaceAll('\n', '\r\n')), { rows: 16 });
    await terminal.exit;
    expect(terminal.readQr()).toBeUndefined();
  });
});
