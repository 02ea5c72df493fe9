import { PassThrough } from 'node:stream';
import type { InputStream } from './streams.ts';

// oxlint-disable no-control-regex -- control characters are what this file is about

/**
 * What a terminal sends is keys, and what it reports: answers to questions that another program left behind, the mouse,
 * the focus. Here reports are taken out, and keys in newer codings (CSI u of the kitty keyboard protocol,
 * modifyOtherKeys of xterm) become those that Node's decoder knows. Everything is latin1 here: bytes, not characters.
 *
 * Codings: https://sw.kovidgoyal.net/kitty/keyboard-protocol/ and https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export type TerminalInputEvents = {
  /** Keys, text and pastes, as an old terminal sends them. */
  onBytes: (bytes: Buffer) => void;
  /** The wheel, where a program before this one has left mouse reports on. */
  onWheel?: (direction: 'up' | 'down') => void;
  /** Ctrl-Z. Without it the byte is passed on. */
  onSuspend?: (() => void) | undefined;
  /** Pastes come without their marks, and in one line: a line break in them confirms nothing. */
  joinsPastedLines?: boolean;
};

/** How long after Esc the rest of a sequence may come, in milliseconds, before it is the key Esc. */
const escapeTimeoutMs = 60;

/** How long after the beginning of a report its rest may come. */
const reportTimeoutMs = 1000;

/** No report is longer; what goes on for longer is none. */
const maxReportBytes = 8192;

const escape = '\u001B';
const interrupt = '\u0003';
const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;

/** Keys of the kitty protocol (beside those that have a code of their own) as old terminals send them. */
const functionalKeys: Readonly<Record<number, string>> = {
  57409: '.',
  57410: '/',
  57411: '*',
  57412: '-',
  57413: '+',
  57414: '\r',
  57415: '=',
  57416: ',',
  57417: `${escape}[D`,
  57418: `${escape}[C`,
  57419: `${escape}[A`,
  57420: `${escape}[B`,
  57421: `${escape}[5~`,
  57422: `${escape}[6~`,
  57423: `${escape}[H`,
  57424: `${escape}[F`,
  57426: `${escape}[3~`,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [57399 + digit, String(digit)])),
};

const isPrivateUse = (code: number) => code >= 0xe000 && code <= 0xf8ff;

const toBytes = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
    ? ''
    : Buffer.from(String.fromCodePoint(code)).toString('latin1');

const [shift, alt, control] = [1, 2, 4];
/** Super, hyper and meta: what is pressed with them is for the window manager. Caps lock and num lock are passed over. */
const foreign = 8 + 16 + 32;

type KeyCode = { code: number; shifted?: number; base?: number; modifiers: number; text?: string };

/** What an old terminal sends for Ctrl and a key: letters of other keyboards by the key that they are on. */
const formatControlKey = ({ code, base }: KeyCode): string => {
  const key = code > 127 && base !== undefined ? base : code;
  if (key === 8 || key === 9 || key === 13 || key === 27 || key === 127) return toBytes(key);
  const isLetterOrSign = (key >= 64 && key <= 95) || (key >= 97 && key <= 122);
  return isLetterOrSign ? toBytes(key & 31) : '';
};

/** A key in a newer coding as an old terminal sends it; nothing for those that it does not send. */
const formatKey = (key: KeyCode): string => {
  const { code, modifiers } = key;
  if ((modifiers & foreign) !== 0) return '';
  const functional = functionalKeys[code];
  if (functional !== undefined) return functional;
  // What an input method composes has no key.
  if (code === 0) return key.text ?? '';
  if (isPrivateUse(code)) return '';
  if ((modifiers & control) !== 0) return formatControlKey(key);
  if (code === 9 && (modifiers & shift) !== 0) return `${escape}[Z`;
  if (code < 32 || code === 127) return toBytes(code);
  if ((modifiers & alt) !== 0) return `${escape}${toBytes(code)}`;
  if (key.text !== undefined && key.text !== '') return key.text;
  if ((modifiers & shift) === 0) return toBytes(code);
  return toBytes(key.shifted ?? (String.fromCodePoint(code).toUpperCase().codePointAt(0) || code));
};

const parseNumber = (text: string | undefined): number | undefined =>
  text === undefined || text === '' ? undefined : Number(text);

/** Modifiers and event of a key: `5:1`. Modifiers are sent as one more than they are. */
const parseModifiers = (text: string | undefined) => {
  const [modifiers, event] = (text ?? '').split(':');
  return { modifiers: (parseNumber(modifiers) ?? 1) - 1, isRelease: event === '3' };
};

/** `CSI code:shifted:base ; modifiers:event ; text u` */
const translateKittyKey = (parameters: string): string => {
  const [codes = '', modifierText, texts] = parameters.split(';');
  const { modifiers, isRelease } = parseModifiers(modifierText);
  if (isRelease) return '';
  const [code, shifted, base] = codes.split(':').map(parseNumber);
  const text = texts
    ?.split(':')
    .map((one) => toBytes(Number(one)))
    .join('');
  return formatKey({
    code: code ?? 0,
    modifiers,
    ...(shifted !== undefined && { shifted }),
    ...(base !== undefined && { base }),
    ...(text !== undefined && { text }),
  });
};

/** Arrows and the like, which keep their form: without the event and without caps lock and num lock. */
const translateLegacyKey = (parameters: string, final: string): string => {
  const [first = '', modifierText] = parameters.split(';');
  const { modifiers, isRelease } = parseModifiers(modifierText);
  if (isRelease || (modifiers & foreign) !== 0) return '';
  const pressed = modifiers & (shift | alt | control);
  if (pressed > 0) return `${escape}[${first};${pressed + 1}${final}`;
  return `${escape}[${final === '~' ? first : ''}${final}`;
};

const wheelOf = (button: number): 'up' | 'down' | undefined => {
  if ((button & 64) === 0) return undefined;
  return (button & 3) === 0 ? 'up' : (button & 3) === 1 ? 'down' : undefined;
};

/** The beginning of a report in a string: OSC with a number or a letter, DCS, APC, PM, SOS. */
const stringReportPattern = /^\u001B(?:\][\dlLI]|[PX^_])/;
const stringStartPattern = /^\u001B[\]PX^_]/;

/** A whole sequence at the beginning of `text`: how long it is, and the keys that it stands for. */
type Read = { length: number; keys: string; wheel?: 'up' | 'down' | undefined };

const readControlSequence = (text: string): Read | undefined => {
  // The console of Linux sends F1 to F5 as CSI [ A to CSI [ E.
  if (text.startsWith(`${escape}[[`))
    return text.length < 4 ? undefined : { length: 4, keys: text.slice(0, 4) };
  const [whole, prefix = '', parameters = '', between = '', final] =
    /^\u001B\[([<=>?]?)([\d;:]*)([ -/]*)([@-~])?/.exec(text) ?? [];
  if (whole === undefined) return { length: 1, keys: escape };
  if (final === undefined) {
    // Either its rest is still to come, or something that belongs in no sequence has ended it.
    return whole.length === text.length ? undefined : { length: whole.length, keys: '' };
  }
  const { length } = whole;
  if (final === 'M' && prefix === '' && parameters === '') {
    // The oldest mouse reports: three bytes, whatever they are.
    if (text.length < length + 3) return undefined;
    return { length: length + 3, keys: '', wheel: wheelOf(text.charCodeAt(length) - 32) };
  }
  if (prefix === '<' && (final === 'M' || final === 'm'))
    return { length, keys: '', wheel: final === 'M' ? wheelOf(Number(parameters.split(';')[0])) : undefined };
  if (final === 'M') return { length, keys: '', wheel: wheelOf(Number(parameters.split(';')[0]) - 32) };
  if (prefix !== '' || (between !== '' && between !== '$')) return { length, keys: '' };
  if (final === 'u') return { length, keys: translateKittyKey(parameters) };
  if (final === '~' && /^27;\d+;\d+$/.test(parameters)) {
    const [, modifiers, code] = parameters.split(';');
    return { length, keys: formatKey({ code: Number(code), modifiers: Number(modifiers) - 1 }) };
  }
  if (final === '~' && /^20[01]$/.test(parameters)) return { length, keys: whole };
  // F3 with a modifier looks like the position of the cursor, and neither means anything here.
  if (final === 'R' || final === 'y' || final === 'c' || final === 'n' || final === 't' || final === 'x')
    return { length, keys: '' };
  if ((final === 'I' || final === 'O') && parameters === '') return { length, keys: '' };
  if (/^[~A-HPQSEZabcd]$/.test(final) || final === '^' || final === '$')
    return { length, keys: parameters.includes(';') ? translateLegacyKey(parameters, final) : whole };
  return { length, keys: '' };
};

/** Reports in strings end with BEL or with ESC and a backslash. A control character that was pressed breaks them off. */
const readString = (text: string): Read | undefined => {
  if (text.length === 2) return undefined;
  if (!stringReportPattern.test(text)) return { length: 2, keys: '' };
  const end = /[\u0000-\u001F]/.exec(text.slice(2));
  if (end === null) return text.length > maxReportBytes ? { length: text.length, keys: '' } : undefined;
  const at = end.index + 2;
  if (text[at] === '\u0007') return { length: at + 1, keys: '' };
  if (text[at] !== escape) return { length: at, keys: '' };
  if (text.length === at + 1) return undefined;
  return { length: text[at + 1] === '\\' ? at + 2 : at, keys: '' };
};

/** The sequence at the beginning, or undefined while its rest is missing. */
const readSequence = (text: string): Read | undefined => {
  if (text.length === 1) return undefined;
  if (text.startsWith(`${escape}[`)) return readControlSequence(text);
  if (stringStartPattern.test(text)) return readString(text);
  if (text.startsWith(`${escape}O`))
    return text.length < 3 ? undefined : { length: 3, keys: text.slice(0, 3) };
  // Alt and a key, or Esc and what was pressed after it.
  return { length: 1, keys: escape };
};

/** The rest of a report whose first byte came so early that it was taken for the key Esc. Nobody types this at once. */
const lateRestPattern = /^(?:\]\d+;|\[[?<>=]|\[\d+;\d+R|P[!>\d])/;

/** Takes what a terminal sends, in pieces of any size. */
export const createTerminalDecoder = (events: TerminalInputEvents) => {
  let held = '';
  let isPaste = false;
  let timer: NodeJS.Timeout | undefined;
  let escapedAt = -Infinity;

  const emit = (keys: string) => {
    if (keys === '') return;
    const parts = events.onSuspend === undefined || isPaste ? [keys] : keys.split('\u001A');
    for (const [index, part] of parts.entries()) {
      if (index > 0) events.onSuspend?.();
      if (part !== '') events.onBytes(Buffer.from(part, 'latin1'));
    }
  };
  const emitPasted = (text: string) =>
    emit(events.joinsPastedLines === true ? text.replaceAll(/[\r\n\t]+/g, ' ') : text);

  /** Everything up to the end of the paste, as it is. Ctrl-C is never part of one: terminals take it out. */
  const readPaste = () => {
    const stop = held.indexOf(interrupt);
    const end = held.indexOf(pasteEnd);
    if (end >= 0 && (stop < 0 || end < stop)) {
      emitPasted(held.slice(0, end));
      held = held.slice(end + pasteEnd.length);
    } else if (stop >= 0) {
      held = held.slice(stop);
    } else {
      // The mark may be cut anywhere.
      const tail =
        Array.from(pasteEnd, (_, index) => index + 1).findLast((length) =>
          held.endsWith(pasteEnd.slice(0, length)),
        ) ?? 0;
      emitPasted(held.slice(0, held.length - tail));
      held = held.slice(held.length - tail);
      return false;
    }
    isPaste = false;
    if (events.joinsPastedLines !== true) emit(pasteEnd);
    return true;
  };

  const readNext = (): boolean => {
    if (held === '') return false;
    if (isPaste) return readPaste();
    const at = held.indexOf(escape);
    if (at !== 0) {
      emit(at < 0 ? held : held.slice(0, at));
      held = at < 0 ? '' : held.slice(at);
      return true;
    }
    const read = readSequence(held);
    if (read === undefined) return false;
    held = held.slice(read.length);
    if (read.wheel !== undefined) events.onWheel?.(read.wheel);
    if (read.keys === pasteStart) {
      if (events.joinsPastedLines !== true) emit(pasteStart);
      isPaste = true;
    } else if (read.keys !== pasteEnd) emit(read.keys);
    return true;
  };

  /** What was begun and not ended: the key Esc, or half a report that nobody waits for. */
  const giveUp = () => {
    timer = undefined;
    const rest = held;
    held = '';
    if (rest === escape) escapedAt = performance.now();
    if (rest === escape || rest === `${escape}[` || rest === `${escape}O`) emit(rest);
  };

  return {
    push: (chunk: Buffer | string): void => {
      clearTimeout(timer);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      const text = bytes.toString('latin1');
      const isLate = performance.now() - escapedAt < reportTimeoutMs && lateRestPattern.test(text);
      if (held === '' && isLate) held = escape;
      held += text;
      while (readNext());
      if (held !== '' && !isPaste)
        timer = setTimeout(giveUp, held === escape ? escapeTimeoutMs : reportTimeoutMs);
    },
    stop: (): void => clearTimeout(timer),
  };
};

type RawStream = InputStream & { setRawMode?: (on: boolean) => unknown; isRaw?: boolean };

/** What a stream of a terminal's input tells, and what it keeps to itself. */
type TerminalStreamEvents = Omit<TerminalInputEvents, 'onBytes'> & {
  /** Whether these keys, pressed at once, mean something else than input. They are then not passed on. */
  takesKeys?: (keys: string) => boolean;
};

/**
 * A terminal's input without its reports, for readers that want a stream of their own: it flows, pauses and goes into
 * raw mode together with `stdin`.
 */
export const createTerminalStream = (
  stdin: RawStream,
  { takesKeys, ...events }: TerminalStreamEvents,
): RawStream & { stop: () => void } => {
  const stream = new PassThrough();
  const decoder = createTerminalDecoder({
    ...events,
    onBytes: (bytes) => {
      if (takesKeys?.(bytes.toString('latin1')) !== true) stream.write(bytes);
    },
  });
  const onData = (chunk: Buffer | string) => decoder.push(chunk);
  const onEnd = () => void stream.end();
  const onClose = () => void stream.emit('close');
  let isListening = false;
  const pauseStream = stream.pause.bind(stream);
  const resumeStream = stream.resume.bind(stream);
  const stop = () => {
    decoder.stop();
    stdin.off('data', onData);
    stdin.off('end', onEnd);
    stdin.off('close', onClose);
  };
  return Object.assign(stream, {
    isTTY: stdin.isTTY === true,
    setRawMode: (on: boolean) => void stdin.setRawMode?.(on),
    resume: () => {
      if (!isListening) {
        isListening = true;
        stdin.on('data', onData);
        stdin.on('end', onEnd);
        stdin.on('close', onClose);
      }
      stdin.resume();
      return resumeStream();
    },
    pause: () => {
      stdin.pause();
      return pauseStream();
    },
    stop,
  });
};
