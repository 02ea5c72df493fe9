import { PassThrough } from 'node:stream';
import { createTerminalDecoder } from '../shared/terminal-input.ts';
import { createInterface, emitKeypressEvents, type Key as NodeKey } from 'node:readline';

/** What the owner pressed, as far as it means anything here. `text` is what is typed or pasted in one go. */
export type KeyPress =
  | { name: 'text'; text: string }
  | { name: 'enter' | 'escape' | 'tab' | 'backspace' | 'delete' | 'erase-line' | 'interrupt' }
  | { name: 'up' | 'down' | 'left' | 'right' | 'home' | 'end' | 'page-up' | 'page-down' }
  | { name: 'scroll-up' | 'scroll-down' };

const namedKeys: Readonly<Record<string, Exclude<KeyPress['name'], 'text'>>> = {
  return: 'enter',
  enter: 'enter',
  escape: 'escape',
  tab: 'tab',
  backspace: 'backspace',
  delete: 'delete',
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  home: 'home',
  end: 'end',
  pageup: 'page-up',
  pagedown: 'page-down',
};

const ctrlKeys: Readonly<Record<string, Exclude<KeyPress['name'], 'text'>>> = {
  c: 'interrupt',
  u: 'erase-line',
  a: 'home',
  e: 'end',
  d: 'delete',
  b: 'page-up',
  f: 'page-down',
};

/** For terminals that use PgUp and PgDn to scroll themselves (Terminal of macOS). */
const shiftKeys: Readonly<Record<string, Exclude<KeyPress['name'], 'text'>>> = {
  up: 'page-up',
  down: 'page-down',
};

const toKeyPress = (text: string | undefined, key: NodeKey): KeyPress | undefined => {
  const named = key.name ?? '';
  const name = key.ctrl ? ctrlKeys[named] : ((key.shift ? shiftKeys[named] : undefined) ?? namedKeys[named]);
  if (name) return { name };
  const printable = !key.ctrl && !key.meta && text !== undefined && text >= ' ' && text !== '\u007F';
  return printable ? { name: 'text', text } : undefined;
};

/** How long to wait after Esc for the rest of an arrow key, in milliseconds. */
const escapeTimeoutMs = 20;

/**
 * Calls `onKey` for everything that is pressed until the function that it returns is called.
 *
 * Ink's own `useInput` is not used: it tells the key Backspace from the key Delete on no usual terminal, and hands
 * over `123456⏎` pasted as one piece of text. Node's decoder gets both right; it works on a stream of its own, as it
 * can never be taken off a stream again.
 */
export const listenToKeys = (
  stdin: NodeJS.ReadableStream,
  onKey: (key: KeyPress) => void,
  onEnd: () => void,
  onSuspend?: () => void,
): (() => void) => {
  const decoder = new PassThrough();
  // Nothing is ever read from this interface: it only tells the decoder how long to wait.
  const patience = createInterface({ input: new PassThrough(), escapeCodeTimeout: escapeTimeoutMs });
  emitKeypressEvents(decoder, patience);
  let pasted: string | undefined;
  decoder.on('keypress', (text: string | undefined, key: NodeKey) => {
    if (key.name === 'paste-start') pasted = '';
    else if (key.name === 'paste-end') {
      if (pasted) onKey({ name: 'text', text: pasted });
      pasted = undefined;
    } else if (pasted !== undefined) pasted += text ?? '';
    else {
      const known = toKeyPress(text, key);
      if (known) onKey(known);
    }
  });
  const input = createTerminalDecoder({
    onBytes: (bytes) => void decoder.write(bytes),
    onWheel: (direction) => onKey({ name: direction === 'up' ? 'scroll-up' : 'scroll-down' }),
    onSuspend,
  });
  const feed = (chunk: Buffer | string) => input.push(chunk);
  stdin.on('data', feed);
  stdin.on('end', onEnd);
  return () => {
    stdin.off('data', feed);
    stdin.off('end', onEnd);
    input.stop();
    decoder.destroy();
    patience.close();
  };
};
