import type { InputStream } from '../shared/streams.ts';

/** What a key press can mean besides what the prompts make of it. */
export type PromptGesture = 'back' | 'end-of-input';

type KeypressInfo = { name?: string; ctrl?: boolean };

/**
 * Calls `made` for Esc, which prompts know nothing of, and for an input that ends: Ctrl-D closes a prompt without
 * settling it, and so does a terminal that is gone. Returns what stops the listening.
 */
export const listenForGestures = (
  stdin: InputStream,
  made: (gesture: PromptGesture) => void,
): (() => void) => {
  const pressed = (_: string | undefined, key: KeypressInfo | undefined) => {
    if (key?.name === 'escape') made('back');
    if (key?.ctrl === true && key.name === 'd') made('end-of-input');
  };
  const ended = () => made('end-of-input');
  stdin.on('keypress', pressed);
  stdin.on('end', ended);
  stdin.on('close', ended);
  return () => {
    stdin.removeListener('keypress', pressed);
    stdin.removeListener('end', ended);
    stdin.removeListener('close', ended);
  };
};
