import { spawn, type IPty } from '@lydell/node-pty';
import { Terminal as Emulator } from '@xterm/headless';
import { sequenceOf, type Key } from './keys.ts';
import { readQr } from './qr.ts';

/** How a program in the terminal ended: its exit code, or the number of the signal that ended it (else 0). */
export type Exit = { code: number; signal: number };

/** The size of the window and what the program finds around it. */
export type TerminalOptions = {
  cols?: number;
  rows?: number;
  /** Added to a small environment of the harness's own; nothing else is inherited, AWS variables least of all. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
};

/** What a terminal is asked to wait for: a pattern in the text, or anything that can be told from the lines. */
export type Sight = string | RegExp | ((lines: readonly string[]) => boolean);

const inheritedNames = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

const environment = (env: TerminalOptions['env']) => ({
  ...Object.fromEntries(inheritedNames.map((name) => [name, process.env[name]])),
  LANG: 'C.UTF-8',
  COLORTERM: 'truecolor',
  ...env,
});

/** A program in a real pseudo-terminal, and the screen that a person in front of it would see. */
export class Terminal {
  /** Settles when the program is gone and its last output is on the screen. */
  readonly exit: Promise<Exit>;
  /** Every byte that the program wrote, escape codes included. */
  raw = '';
  /** Whether the program has hidden the cursor and not shown it again. */
  cursorHidden = false;
  /** How many keys were pressed, and how many characters typed. */
  presses = 0;
  typed = 0;

  readonly #pty: IPty;
  readonly #emulator: Emulator;
  readonly #watchers = new Set<() => void>();
  #ended: Exit | undefined;

  private constructor(pty: IPty) {
    this.#pty = pty;
    const { cols, rows } = pty;
    this.#emulator = new Emulator({
      cols,
      rows,
      scrollback: 10_000,
      allowProposedApi: true,
      logLevel: 'off',
    });
    this.#followCursor();
    // A program may ask its terminal something (where is the cursor?); the answer is input like any other.
    this.#emulator.onData((answer) => pty.write(answer));
    pty.onData((data) => {
      this.raw += data;
      this.#emulator.write(data, () => this.#wake());
    });
    this.exit = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal = 0 }) => {
        this.#emulator.write('', () => {
          this.#ended = { code: exitCode, signal };
          this.#wake();
          resolve(this.#ended);
        });
      });
    });
  }

  /** Starts `command` in a new window, 80 x 24 if nothing else is said. */
  static start(command: string, args: readonly string[], options: TerminalOptions = {}): Terminal {
    const { cols = 80, rows = 24, env, cwd = process.cwd() } = options;
    return new Terminal(
      // The name becomes TERM, whatever the environment says.
      spawn(command, [...args], {
        name: env?.['TERM'] ?? 'xterm-256color',
        cols,
        rows,
        cwd,
        env: environment(env),
      }),
    );
  }

  /** The window as it is now, one string per row, without the blanks at the right. */
  screen(): string[] {
    const { viewportY } = this.#emulator.buffer.active;
    return this.#lines(this.#emulator.buffer.active, viewportY, viewportY + this.#emulator.rows);
  }

  /** The window as one text. */
  text(): string {
    return this.screen().join('\n');
  }

  /** All that is left on the normal screen, what was scrolled out of it included. */
  scrollback(): string[] {
    const { normal } = this.#emulator.buffer;
    const lines = this.#lines(normal, 0, normal.length);
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  /** Whether the program is on the alternate screen. */
  get alternate(): boolean {
    return this.#emulator.buffer.active.type === 'alternate';
  }

  /** What a phone held before the window would read, or nothing if there is no QR code that it can scan. */
  readQr(): string | undefined {
    return readQr(this.#emulator);
  }

  type(text: string): void {
    this.typed += text.length;
    this.#pty.write(text);
  }

  press(key: Key): void {
    this.presses += 1;
    this.#pty.write(sequenceOf(key, this.#emulator.modes.applicationCursorKeysMode));
  }

  resize(cols: number, rows: number): void {
    this.#emulator.resize(cols, rows);
    this.#pty.resize(cols, rows);
  }

  kill(signal?: NodeJS.Signals): void {
    if (!this.#ended) this.#pty.kill(signal);
  }

  /** The process that was started. */
  get pid(): number {
    return this.#pty.pid;
  }

  /** Closes the window under the program, as its owner does with the mouse: the system sends it a SIGHUP. */
  hangUp(): void {
    if ('destroy' in this.#pty && typeof this.#pty.destroy === 'function') this.#pty.destroy();
  }

  /** Ends the program if it still runs. Every test that starts a terminal closes it. */
  async close(): Promise<void> {
    this.kill(process.platform === 'win32' ? undefined : 'SIGKILL');
    await this.exit;
    this.#emulator.dispose();
  }

  /** Resolves as soon as `sight` is on the screen; rejects, with the screen, when it can no longer come. The limit only catches what hangs. */
  waitFor(sight: Sight, timeoutMs = 60_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (failure?: string) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        if (failure === undefined) resolve();
        else reject(new Error(`${failure} while waiting for ${String(sight)}. The screen:\n${this.text()}`));
      };
      const look = () => {
        if (this.#shows(sight)) settle();
        else if (this.#ended) settle(`The program ended (${JSON.stringify(this.#ended)})`);
      };
      const timer = setTimeout(() => settle(`${timeoutMs} ms went by`), timeoutMs);
      this.#watchers.add(look);
      look();
    });
  }

  #shows(sight: Sight): boolean {
    if (typeof sight === 'function') return sight(this.screen());
    return typeof sight === 'string' ? this.text().includes(sight) : this.text().search(sight) >= 0;
  }

  #wake(): void {
    for (const look of this.#watchers) look();
  }

  #lines(buffer: Emulator['buffer']['active'], from: number, to: number): string[] {
    return Array.from(
      { length: to - from },
      (_, row) => buffer.getLine(from + row)?.translateToString(true) ?? '',
    );
  }

  /** The emulator keeps the cursor's visibility to itself (DECTCEM, private mode 25). */
  #followCursor(): void {
    const follow = (final: string, hidden: boolean) =>
      this.#emulator.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
        if (modes.includes(25)) this.cursorHidden = hidden;
        return false;
      });
    follow('l', true);
    follow('h', false);
  }
}
