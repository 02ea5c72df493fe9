import { createInterface } from 'node:readline';
import { ExitError } from '../../core/dialogue.ts';
import type { InputStream } from '../shared/streams.ts';

/**
 * The lines of `stdin`, one at a time. Lines from a pipe are kept for later questions; `forget` drops what was typed at
 * a terminal before the question appeared, because it is no answer to it.
 */
export const createLineInput = (stdin: InputStream) => {
  // Never as a terminal: there readline would draw with escape codes. The terminal's own line editing is enough.
  const reader = createInterface({ input: stdin, terminal: false });
  const waiting: string[] = [];
  let ended = false;
  let onChange: (() => void) | undefined;

  reader.on('line', (line) => {
    waiting.push(line);
    onChange?.();
  });
  reader.on('close', () => {
    ended = true;
    onChange?.();
  });

  return {
    forget: (): void => {
      if (stdin.isTTY) waiting.length = 0;
    },
    next: (signal: AbortSignal): Promise<string> =>
      new Promise((resolve, reject) => {
        const settle = () => {
          const line = waiting.shift();
          if (signal.aborted) reject(signal.reason);
          else if (line !== undefined) resolve(line);
          else if (ended) reject(new ExitError('end-of-input'));
          else return;
          onChange = undefined;
          signal.removeEventListener('abort', settle);
        };
        onChange = settle;
        signal.addEventListener('abort', settle);
        settle();
      }),
    close: (): void => reader.close(),
  };
};
