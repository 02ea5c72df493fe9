import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTerminalDecoder, createTerminalStream } from '../../../src/ui/shared/terminal-input.ts';

const ESC = '\u001B';
const CSI = `${ESC}[`;

type Options = { joinsPastedLines?: boolean; suspends?: boolean };

const decoderFor = ({ joinsPastedLines = false, suspends = false }: Options = {}) => {
  const chunks: Buffer[] = [];
  const said: string[] = [];
  const decoder = createTerminalDecoder({
    onBytes: (bytes) => void chunks.push(bytes),
    onWheel: (direction) => void said.push(direction),
    onSuspend: suspends ? () => void said.push('suspend') : undefined,
    joinsPastedLines,
  });
  return { decoder, said, text: () => Buffer.concat(chunks).toString('utf8') };
};

const decode = (input: string | Buffer, options?: Options): string => {
  const { decoder, text } = decoderFor(options);
  decoder.push(input);
  decoder.stop();
  return text();
};

const decodeInPieces = (input: string): string => {
  const { decoder, text } = decoderFor();
  for (const byte of Buffer.from(input)) decoder.push(Buffer.from([byte]));
  decoder.stop();
  return text();
};

const keys: [name: string, input: string, key: string][] = [
  ['Ctrl-C of the kitty protocol', `${CSI}99;5u`, '\u0003'],
  ['Ctrl-C with its event', `${CSI}99;5:1u`, '\u0003'],
  ['Ctrl-C that is held', `${CSI}99;5:2u`, '\u0003'],
  ['Ctrl-C with num lock and caps lock', `${CSI}99;197u`, '\u0003'],
  ['Ctrl-C on a Cyrillic keyboard', `${CSI}1089::99;5u`, '\u0003'],
  ['Ctrl-C of modifyOtherKeys', `${CSI}27;5;99~`, '\u0003'],
  ['Ctrl-Shift-C', `${CSI}99:67;6u`, '\u0003'],
  ['Ctrl-D', `${CSI}100;5u`, '\u0004'],
  ['Ctrl-U', `${CSI}27;5;117~`, '\u0015'],
  ['Esc', `${CSI}27u`, ESC],
  ['Esc with its event', `${CSI}27;1:1u`, ESC],
  ['Esc of modifyOtherKeys', `${CSI}27;1;27~`, ESC],
  ['Enter', `${CSI}13u`, '\r'],
  ['Enter of the number pad', `${CSI}57414u`, '\r'],
  ['Ctrl-Enter', `${CSI}13;5u`, '\r'],
  ['Shift-Enter of modifyOtherKeys', `${CSI}27;2;13~`, '\r'],
  ['Tab', `${CSI}9u`, '\t'],
  ['Shift-Tab', `${CSI}9;2u`, `${CSI}Z`],
  ['Backspace', `${CSI}127u`, '\u007F'],
  ['Ctrl-Backspace', `${CSI}27;5;127~`, '\u007F'],
  ['a letter', `${CSI}97u`, 'a'],
  ['a letter with its event', `${CSI}97;1:1u`, 'a'],
  ['a capital letter', `${CSI}97:65;2u`, 'A'],
  ['a capital letter without its other code', `${CSI}97;2u`, 'A'],
  ['a capital letter of modifyOtherKeys', `${CSI}27;2;65~`, 'A'],
  ['a letter with caps lock, as text', `${CSI}97;65;65u`, 'A'],
  ['a letter with an accent', `${CSI}233u`, 'é'],
  ['an emoji, as text', `${CSI}0;;128512u`, '\u{1F600}'],
  ['a digit of the number pad', `${CSI}57402u`, '3'],
  ['Space', `${CSI}32u`, ' '],
  ['Alt and a letter', `${CSI}98;3u`, `${ESC}b`],
  ['an arrow', `${CSI}A`, `${CSI}A`],
  ['an arrow of the application mode', `${ESC}OA`, `${ESC}OA`],
  ['an arrow with its event', `${CSI}1;1:1A`, `${CSI}A`],
  ['an arrow that is held, with num lock', `${CSI}1;129:2B`, `${CSI}B`],
  ['an arrow of the number pad', `${CSI}57420u`, `${CSI}B`],
  ['an arrow with Shift', `${CSI}1;2A`, `${CSI}1;2A`],
  ['PgUp', `${CSI}5~`, `${CSI}5~`],
  ['PgUp with its event', `${CSI}5;1:1~`, `${CSI}5~`],
  ['Delete with its event', `${CSI}3;1:1~`, `${CSI}3~`],
  ['F1 of the console of Linux', `${CSI}[A`, `${CSI}[A`],
];

const nothing: [name: string, input: string][] = [
  ['a key that is let go', `${CSI}99;5:3u`],
  ['Esc that is let go', `${CSI}27;1:3u`],
  ['an arrow that is let go', `${CSI}1;1:3A`],
  ['Delete that is let go', `${CSI}3;1:3~`],
  ['Shift alone', `${CSI}57441;2u`],
  ['Caps Lock', `${CSI}57358u`],
  ['the key with a window on it', `${CSI}99;9u`],
  ['F13', `${CSI}57376u`],
  ['the colour of the background', `${ESC}]11;rgb:1e1e/1e1e/1e1e${ESC}\\`],
  ['the colour of the text, ended by BEL', `${ESC}]10;rgb:ffff/ffff/ffff\u0007`],
  ['the colour of the cursor', `${ESC}]12;rgb:ffff/ffff/ffff\u0007`],
  ['a colour of the palette', `${ESC}]4;1;rgb:cdcd/0000/0000${ESC}\\`],
  ['the clipboard', `${ESC}]52;c;bWFyaWE=\u0007`],
  ['the title', `${ESC}]lmaria@host${ESC}\\`],
  ['the first attributes', `${CSI}?62;4;22c`],
  ['the second attributes', `${CSI}>41;354;0c`],
  ['the third attributes', `${ESC}P!|00000000${ESC}\\`],
  ['the position of the cursor', `${CSI}12;40R`],
  ['the extended position of the cursor', `${CSI}?12;40;1R`],
  ['the status', `${CSI}0n`],
  ['a mode', `${CSI}?2026;2$y`],
  ['an ANSI mode', `${CSI}4;2$y`],
  ['the version', `${ESC}P>|xterm(379)${ESC}\\`],
  ['a capability', `${ESC}P1+r544e=787465726d${ESC}\\`],
  ['a setting', `${ESC}P1$r0m${ESC}\\`],
  ['the state of the kitty protocol', `${CSI}?1u`],
  ['an answer of the graphics protocol', `${ESC}_Gi=31;OK${ESC}\\`],
  ['the size of the window', `${CSI}8;24;80t`],
  ['the focus that comes', `${CSI}I`],
  ['the focus that goes', `${CSI}O`],
  ['a theme', `${CSI}?997;1n`],
  ['a click of the oldest mouse', `${CSI}M !!`],
  ['a click', `${CSI}<0;10;10M`],
  ['a click that ends', `${CSI}<0;10;10m`],
  ['a click of urxvt', `${CSI}32;10;10M`],
];

describe('what a terminal sends', () => {
  it.each(keys)('is read as the key that it is: %s', (_, input, key) => {
    expect(decode(input)).toBe(key);
    expect(decodeInPieces(`a${input}b`)).toBe(`a${key}b`);
  });

  it.each(nothing)('is no text where it is %s', (_, input) => {
    expect(decode(`ma${input}ria`)).toBe('maria');
    expect(decodeInPieces(`ma${input}${input}ria`)).toBe('maria');
  });

  it('may be a click with bytes that are no text', () => {
    const click = Buffer.from([27, 91, 77, 32, 0xc3, 0xa9]);
    expect(decode(Buffer.concat([click, Buffer.from('é')]))).toBe('é');
  });

  it('is the same in pieces of any size, and no report is ever text', () => {
    const part = fc.oneof(
      fc.constantFrom(...keys.map(([, input, key]) => ({ input, key }))),
      fc.constantFrom(...nothing.map(([, input]) => ({ input, key: '' }))),
      fc.constantFrom('maria', 'é', '\r', '你').map((text) => ({ input: text, key: text })),
    );
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.integer({ min: 1, max: 9 })), (parts, sizes) => {
        const input = Buffer.from(parts.map((one) => one.input).join('.'));
        const { decoder, text } = decoderFor();
        let at = 0;
        for (const size of sizes) decoder.push(input.subarray(at, (at += size)));
        decoder.push(input.subarray(at));
        decoder.stop();
        expect(text()).toBe(parts.map((one) => one.key).join('.'));
      }),
    );
  });

  it('turns the wheel, if reports of the mouse are on', () => {
    const { decoder, said, text } = decoderFor();
    decoder.push(`${CSI}<64;1;1M${CSI}<65;1;1M${CSI}M\u0060!!${CSI}M\u0061!!${CSI}96;1;1M${CSI}97;1;1M`);
    expect(said).toEqual(['up', 'down', 'up', 'down', 'up', 'down']);
    expect(text()).toBe('');
  });

  it('is Esc where nothing follows it', async () => {
    const { decoder, text } = decoderFor();
    decoder.push(ESC);
    expect(text()).toBe('');
    await expect.poll(text).toBe(ESC);
  });

  it.each([']11;rgb:1e1e/1e1e/1e1e\u0007', '[?62;22c', '[12;40R', 'P>|xterm\u001B\\', '[<0;10;10M'])(
    'is no text where it is the rest of a report that comes late: %j',
    async (rest) => {
      const { decoder, text } = decoderFor();
      decoder.push(ESC);
      await expect.poll(text).toBe(ESC);
      decoder.push(rest);
      decoder.push('maria');
      expect(text()).toBe(`${ESC}maria`);
    },
  );

  it('is Esc twice where Esc is pressed twice', async () => {
    const { decoder, text } = decoderFor();
    decoder.push(ESC + ESC);
    await expect.poll(text).toBe(ESC + ESC);
  });

  it('is half a report that never ends, which no later text is taken for', async () => {
    const { decoder, text } = decoderFor();
    decoder.push(`${ESC}]11;rgb:1e`);
    await sleep(1100);
    decoder.push('maria');
    expect(text()).toBe('maria');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Enter', '\r'],
  ])('is %s also after half a report', (_, key) => {
    expect(decode(`${ESC}]11;rgb:1e${key}`)).toBe(key);
    expect(decode(`${CSI}12;${key}`)).toBe(key);
  });

  it('is Alt and a bracket, which opens no report', () => {
    expect(decode(`${ESC}]maria`)).toBe('maria');
  });

  it('is a paste, with its marks and whatever is in it', () => {
    const paste = `${CSI}200~one${CSI}99;5u\r\ntwo${CSI}201~`;
    expect(decode(`${paste}x`)).toBe(`${paste}x`);
    expect(decodeInPieces(`${paste}x`)).toBe(`${paste}x`);
  });

  it('is a paste in one line, for a reader that would take a line break for Enter', () => {
    expect(decode(`${CSI}200~one\r\ntwo\nthree${CSI}201~\r`, { joinsPastedLines: true })).toBe(
      'one two three\r',
    );
  });

  it('is Ctrl-C also where a paste never ends', () => {
    expect(decode(`${CSI}200~one\u0003`, { joinsPastedLines: true })).toBe('\u0003');
  });

  it('is Ctrl-Z, which is no text where somebody wants to know of it', () => {
    const { decoder, said, text } = decoderFor({ suspends: true });
    decoder.push(`a\u001Ab${CSI}122;5u`);
    expect(text()).toBe('ab');
    expect(said).toEqual(['suspend', 'suspend']);
    expect(decode('\u001A')).toBe('\u001A');
  });
});

describe('a stream of what a terminal sends', () => {
  const createStdin = () => {
    const modes: boolean[] = [];
    const stdin = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (on: boolean) => void modes.push(on),
    });
    return { stdin, modes };
  };

  it('flows and pauses with the terminal, and passes its mode on', async () => {
    const { stdin, modes } = createStdin();
    const stream = createTerminalStream(stdin, {});
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    stdin.write(`${CSI}97u${CSI}?1u`);
    await expect.poll(() => text).toBe('a');
    stream.pause();
    expect(stdin.isPaused()).toBe(true);
    stream.resume();
    expect(stdin.isPaused()).toBe(false);
    stream.setRawMode?.(true);
    expect(modes).toEqual([true]);
  });

  it('ends with the terminal', async () => {
    const { stdin } = createStdin();
    const stream = createTerminalStream(stdin, {});
    const ended = new Promise((resolve) => stream.on('end', resolve));
    stream.resume();
    stdin.end();
    await expect(ended).resolves.toBeUndefined();
  });
});
