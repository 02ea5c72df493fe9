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
  onGesture: (gesture: PromptGesture) => void,
): (() => void) => {
  const onKeypress = (_: string | undefined, key: KeypressInfo | undefined) => {
    if (key?.name === 'escape') onGesture('back');
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
