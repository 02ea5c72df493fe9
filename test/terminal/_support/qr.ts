import type { IBufferCell, Terminal as Emulator } from '@xterm/headless';
import jsqr from 'jsqr';

type Colour = readonly [red: number, green: number, blue: number];

/** A terminal with a dark theme: the case in which a QR code drawn in default colours comes out inverted. */
const theme = { foreground: [204, 204, 204], background: [0, 0, 0] } as const;

/** The colours 0 to 15 of xterm. */
const named = [
  '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5',
  '7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
]
  .join(' ')
  .split(' ');

const fromNumber = (rgb: number): Colour => [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];

const level = (digit: number) => (digit === 0 ? 0 : 55 + 40 * digit);

/** The 256 colours of xterm: 16 named ones, a cube of 6 x 6 x 6, and 24 greys. */
const fromPalette = (index: number): Colour => {
  if (index < 16) return fromNumber(Number.parseInt(named[index] ?? '0', 16));
  const grey = 8 + 10 * (index - 232);
  if (grey >= 8) return [grey, grey, grey];
  const cube = index - 16;
  return [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
};

const coloursOf = (cell: IBufferCell): { ink: Colour; paper: Colour } => {
  const colour = (isDefault: boolean, isRgb: boolean, value: number, byDefault: Colour) => {
    if (isDefault) return byDefault;
    return isRgb ? fromNumber(value) : fromPalette(value);
  };
  const ink = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), theme.foreground);
  const paper = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), theme.background);
  return cell.isInverse() ? { ink: paper, paper: ink } : { ink, paper };
};

/** Which of the quarters of a cell a block character fills: upper left, upper right, lower left, lower right. */
const blocks: Record<string, readonly [boolean, boolean, boolean, boolean]> = {
  '█': [true, true, true, true],
  '▀': [true, true, false, false],
  '▄': [false, false, true, true],
  '▌': [true, false, true, false],
  '▐': [false, true, false, true],
};

/** A cell of the screen is twice as high as wide; of its pixels, jsQR wants a few per module. */
const width = 4;
const height = 8;

class Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;

  constructor(cols: number, rows: number) {
    this.width = cols * width;
    this.height = rows * height;
    this.pixels = new Uint8ClampedArray(this.width * this.height * 4);
  }

  paint(row: number, col: number, cell: IBufferCell): void {
    const { ink, paper } = coloursOf(cell);
    const filled = blocks[cell.getChars()];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
        const at = ((row * height + y) * this.width + col * width + x) * 4;
        this.pixels.set([...(filled?.[quarter] ? ink : paper), 255], at);
      }
    }
  }
}

/**
 * Paints the screen in the colours that it really has and reads the QR code in the picture. Codes that are light on
 * dark are not read: many phones do not read them either.
 */
export const readQr = (emulator: Emulator): string | undefined => {
  const { cols, rows, buffer } = emulator;
  const picture = new Picture(cols, rows);
  for (let row = 0; row < rows; row++) {
    const line = buffer.active.getLine(buffer.active.viewportY + row);
    for (let col = 0; col < cols; col++) {
      const cell = line?.getCell(col);
      if (cell) picture.paint(row, col, cell);
    }
  }
  return jsqr.default(picture.pixels, picture.width, picture.height, { inversionAttempts: 'dontInvert' })
    ?.data;
};
