import { listenToKeys, type KeyPress } from './keys.ts';
import type { AlternateScreen } from './screen.ts';

/** A terminal that can be taken, and is given back in every case: at the end, at an error, when the process exits. */
export type TerminalHold = { readonly isHeld: boolean; take: () => void; release: () => void };

type TerminalHoldOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  screen: AlternateScreen;
  onKey: (key: KeyPress) => void;
  onEnd: () => void;
  onResize: () => void;
  /** Draws, and returns how to stop it. */
  draw: () => () => void;
};

/** Takes hold of a terminal once: the screen, the keys, and what the process must see to should it die. */
export const createTerminalHold = ({
  stdin,
  stdout,
  screen,
  onKey,
  onEnd,
  onResize,
  draw,
}: TerminalHoldOptions): TerminalHold => {
  let letGo: (() => void) | undefined;
  let taken = false;
  const giveBack = () => {
    taken = true;
    letGo?.();
    letGo = undefined;
  };
  const take = () => {
    if (taken) return;
    taken = true;
    screen.enter();
    process.once('exit', giveBack);
    // What an error has to say would be gone with the alternate screen.
    process.once('uncaughtExceptionMonitor', giveBack);
    stdout.on('resize', onResize);
    stdin.setRawMode?.(true);
    const stopListening = listenToKeys(stdin, onKey, onEnd);
    stdin.resume();
    const stopDrawing = draw();
    letGo = () => {
      stopListening();
      stdout.off('resize', onResize);
      process.off('exit', giveBack);
      process.off('uncaughtExceptionMonitor', giveBack);
      stopDrawing();
      screen.leave();
      stdin.setRawMode?.(false);
      stdin.pause();
    };
  };
  return {
    get isHeld() {
      return letGo !== undefined;
    },
    take,
    release: giveBack,
  };
};
