import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

// oxlint-disable no-control-regex -- what a prompt writes is text and escape codes

/** What a prompt writes before each drawing, to erase the one before. */
const eraseBeforePattern = /^(?:\u001B\[\d*B)?(?:\u001B\[2K|\u001B\[\d*A|\u001B\[G)*/;

const cursorUpPattern = /\u001B\[(\d*)A/g;

/** The last drawing of a prompt, so that it can be drawn again where something else has written over it. */
export const createFrameKeeper = () => {
  let frame = '';
  return {
    /** Takes note of what the prompt has just written. */
    keep: (written: string): void => {
      // Without text it only moves the cursor.
      frame =
        stripVTControlCharacters(written).trim() === ''
          ? frame + written
          : written.replace(eraseBeforePattern, '');
    },
    /** The drawing, below whatever stands there now. */
    drawBelow: (): string => `\r\u001B[J${frame}`,
    /** The drawing in place of the last one, which the terminal has wrapped anew to `columns`. */
    drawOver: (columns: number): string => {
      const rows = stripVTControlCharacters(frame)
        .split('\n')
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
      const below = [...frame.matchAll(cursorUpPattern)].reduce((sum, [, by]) => sum + Number(by || 1), 0);
      const above = Math.max(0, rows - 1 - below);
      return `${above > 0 ? `\u001B[${above}A` : ''}\r\u001B[J${frame}`;
    },
  };
};
