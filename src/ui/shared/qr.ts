import QRCode from 'qrcode-terminal/vendor/QRCode/index.js';
import errorCorrection from 'qrcode-terminal/vendor/QRCode/QRErrorCorrectLevel.js';

/** How much light there is around the code, in modules. Four at the sides as the standard asks for; two above and
 * below, because rows are scarce: every phone that was tried reads that, and the whole page fits into 24 rows. */
const quietZoneColumns = 4;
const quietZoneRows = 2;

/** The columns between a code, which brings its own quiet zone, and the text beside it. */
export const qrTextGap = 1;

/** The modules of the QR code for `text`, rows of dark (true) and light, without a quiet zone. */
export const createQrMatrix = (text: string): boolean[][] => {
  const code = new QRCode(-1, errorCorrection.L);
  code.addData(text);
  code.make();
  const indices = Array.from({ length: code.getModuleCount() }, (_, index) => index);
  return indices.map((row) => indices.map((column) => code.isDark(row, column)));
};

const halfBlockCharacters = { none: ' ', upper: '▀', lower: '▄', both: '█' } as const;

const getHalfBlock = (upper: boolean, lower: boolean) => {
  if (upper) return lower ? halfBlockCharacters.both : halfBlockCharacters.upper;
  return lower ? halfBlockCharacters.lower : halfBlockCharacters.none;
};

/** The QR code for `text` with its quiet zone, two modules to a character: a printed character is dark, a space light. */
export const renderQrBlocks = (text: string): string[] => {
  const matrix = createQrMatrix(text);
  const columns = Array.from(
    { length: matrix.length + 2 * quietZoneColumns },
    (_, index) => index - quietZoneColumns,
  );
  const rows = Array.from(
    { length: Math.ceil((matrix.length + 2 * quietZoneRows) / 2) },
    (_, index) => 2 * index - quietZoneRows,
  );
  const dark = (row: number, column: number) => matrix[row]?.[column] ?? false;
  return rows.map((row) =>
    columns.map((column) => getHalfBlock(dark(row, column), dark(row + 1, column))).join(''),
  );
};

/** Black on white by name, and by value for terminals whose theme redefines white. */
const blackOnWhiteSgr = {
  basic: '\u001B[30;107m',
  trueColour: '\u001B[38;2;0;0;0;48;2;255;255;255m',
} as const;

/**
 * The rows of {@link renderQrBlocks}, each coloured black on white. NO_COLOR does not take this colour away: a code
 * that follows a dark theme is inverted, and many phones cannot read it.
 */
export const renderQrLines = (text: string, colour: keyof typeof blackOnWhiteSgr = 'basic'): string[] =>
  renderQrBlocks(text).map((row) => `${blackOnWhiteSgr[colour]}${row}\u001B[0m`);
