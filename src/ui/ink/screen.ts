import { EventEmitter } from 'node:events';

/** The alternate screen, text that is not wrapped by the terminal, and pasted text marked as such. */
const enterScreenSequence = '\u001B[?1049h\u001B[?7l\u001B[?2004h\u001B[2J\u001B[H';
const leaveScreenSequence = '\u001B[2J\u001B[H\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const clearScreenSequence = '\u001B[2J\u001B[H';
const hideCursorSequence = '\u001B[?25l';
const showCursorSequence = '\u001B[?25h';

const getCursorMoveSequence = (row: number, column: number) => `\u001B[${row + 1};${column + 1}H`;

/** Where the cursor is visible, if anywhere. */
export type CursorPosition = { x: number; y: number } | undefined;

/** The alternate screen of a terminal. */
export type AlternateScreen = {
  /** What Ink takes for standard output. */
  sink: NodeJS.WriteStream;
  enter: () => void;
  /** Puts the next frame on an empty screen: after a change of size, or so that nothing of the last one stays. */
  wipe: () => void;
  leave: () => void;
};

/**
 * Ink draws into `sink`, and only the rows that changed go to the terminal. Ink's own ways of writing do not fit here:
 * one rewrites every row for every beat of the clock, which takes away whatever the owner had marked with the mouse,
 * and clears the screen as soon as all rows are used; the other leaves rows of the frame before standing.
 */
export const createAlternateScreen = (
  stdout: NodeJS.WriteStream,
  cursorNow: () => CursorPosition,
): AlternateScreen => {
  let before: string[] | undefined;
  const show = (frame: string) => {
    const rows = frame.split('\n').slice(0, stdout.rows);
    const height = Math.max(rows.length, before?.length ?? 0);
    const changed = Array.from({ length: height }, (_, row) => row).filter(
      (row) => (rows[row] ?? '') !== (before?.[row] ?? ''),
    );
    const drawn = changed
      .map((row) => `${getCursorMoveSequence(row, 0)}\u001B[2K${rows[row] ?? ''}`)
      .join('');
    const cursor = cursorNow();
    stdout.write(
      `${hideCursorSequence}${drawn}${cursor ? getCursorMoveSequence(cursor.y, cursor.x) + showCursorSequence : ''}`,
    );
    before = rows;
  };
  let open = false;
  const sink = Object.assign(new EventEmitter(), {
    write: (frame: string) => {
      if (open && frame !== '') show(frame);
      return true;
    },
  });
  Object.defineProperty(sink, 'columns', { get: () => stdout.columns });
  return {
    // Ink asks of it no more than this.
    sink: sink as unknown as NodeJS.WriteStream,
    enter: () => {
      open = true;
      stdout.write(enterScreenSequence);
    },
    wipe: () => {
      before = undefined;
      if (open) stdout.write(clearScreenSequence);
    },
    leave: () => {
      if (open) stdout.write(leaveScreenSequence);
      open = false;
    },
  };
};
