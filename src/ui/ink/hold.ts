import { listenToKeys, type KeyPress } from './keys.ts';
import type { AlternateScreen } from './screen.ts';
import { listenForSuspension } from '../shared/suspension.ts';

/** Takes over a terminal, and restores it in every case: at the end, at an error, when the process exits. */
export type TerminalHold = { readonly isHeld: boolean; take: () => void; release: () => void };

type TerminalHoldOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  screen: AlternateScreen;
  onKey: (key: KeyPress) => void;
  onEnd: () => void;
  /** The window has changed, or something else has written into it: draw all of it. */
  onResize: () => void;
  /** Draws, and returns how to stop it. */
  draw: () => () => void;
};

/** Takes over a terminal once: the screen, the keys, and the handlers that restore it if the process dies. */
export const createTerminalHold = ({
  stdin,
  stdout,
  screen,
  onKey,
  onEnd,
  onResize,
  draw,
}: TerminalHoldOptions): TerminalHold => {
  let undo: (() => void) | undefined;
  let taken = false;
  const release = () => {
    taken = true;
    undo?.();
    undo = undefined;
  };
  const take = () => {
    if (taken) return;
    taken = true;
    screen.enter();
    process.once('exit', release);
    // Otherwise the error's text would disappear with the alternate screen.
    process.once('uncaughtExceptionMonitor', release);
    stdout.on('resize', onResize);
    stdin.setRawMode?.(true);
    const suspension = listenForSuspension({
      leave: () => {
        screen.leave();
        stdin.setRawMode?.(false);
      },
      resume: () => {
        screen.enter();
        // The shell has changed the terminal meanwhile; what Node believes to be set is not set again.
        stdin.setRawMode?.(false);
        stdin.setRawMode?.(true);
        onResize();
      },
    });
    const stopListening = listenToKeys(stdin, onKey, onEnd, suspension.suspend);
    stdin.resume();
    const stopDrawing = draw();
    undo = () => {
      stopListening();
      suspension.stop();
      stdout.off('resize', onResize);
      process.off('exit', release);
      process.off('uncaughtExceptionMonitor', release);
      stopDrawing();
      screen.leave();
      stdin.setRawMode?.(false);
      stdin.pause();
    };
  };
  return {
    get isHeld() {
      return undo !== undefined;
    },
    take,
    release,
  };
};
