import type { InputStream } from '../shared/streams.ts';

/** What a key press can mean besides what the prompts make of it. */
export type PromptGesture = 'back' | 'help' | 'end-of-input';

type KeypressInfo = { name?: string; ctrl?: boolean; meta?: boolean };

/**
 * Keeps what is typed into a list: prompts pass over letters that choose nothing, and the next Enter would take what the
 * cursor happens to stand on. Returns what was typed since the last move, and what stops the listening.
 */
export const listenForTyping = (stdin: InputStream): { getTyped: () => string; stop: () => void } => {
  let typed = '';
  const onKeypress = (text: string | undefined, key: KeypressInfo | undefined) => {
    const isText = text !== undefined && text > ' ' && text !== '\u007F' && !key?.ctrl && !key?.meta;
    if (['up', 'down', 'left', 'right', 'home', 'end'].includes(key?.name ?? '')) typed = '';
    else if (key?.name === 'backspace') typed = typed.slice(0, -1);
    else if (isText) typed += text;
  };
  stdin.on('keypress', onKeypress);
  return { getTyped: () => typed, stop: () => void stdin.removeListener('keypress', onKeypress) };
};

/**
 * Calls `onGesture` for Esc and `?`, which prompts know nothing of, and for an input that ends: Ctrl-D closes a prompt without
 * settling it, and so does a terminal that is gone. Returns what stops the listening.
 */
export const listenForGestures = (
  stdin: InputStream,
  onGesture: (gesture: PromptGesture) => void,
): (() => void) => {
  const onKeypress = (text: string | undefined, key: KeypressInfo | undefined) => {
    if (key?.name === 'escape') onGesture('back');
    if (text === '?') onGesture('help');
    if (key?.ctrl === true && key.name === 'd') onGesture('end-of-input');
  };
  const onEnd = () => onGesture('end-of-input');
  stdin.on('keypress', onKeypress);
  stdin.on('end', onEnd);
  stdin.on('close', onEnd);
  return () => {
    stdin.removeListener('keypress', onKeypress);
    stdin.removeListener('end', onEnd);
    stdin.removeListener('close', onEnd);
  };
};
