import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderQrBlocks, renderQrLines, createQrMatrix } from '../../../src/ui/shared/qr.ts';
import { photographed } from '../../_support/ui/camera.ts';

const SECRET = 'JBSWY3DPEHPK3PXP'.repeat(4);
const URI = `otpauth://totp/AWS:maria?secret=${SECRET}`;

describe('a QR code', () => {
  it('is decoded by a camera to what was encoded', () => {
    expect(photographed(renderQrBlocks(URI))).toBe(URI);
    expect(photographed(renderQrLines(URI).map(stripVTControlCharacters))).toBe(URI);
  });

  it('is decoded whatever it contains', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9:/?=&%.-]{1,134}$/), (text) => {
        expect(photographed(renderQrBlocks(text))).toBe(text);
      }),
      { numRuns: 20 },
    );
  });

  it('for a secret of AWS has at most 23 rows and leaves 31 of 80 columns free', () => {
    const longest = `otpauth://totp/AWS:${'m'.repeat(43)}?secret=${SECRET}`;
    expect(longest.length).toBe(134);
    expect(createQrMatrix(longest).length).toBe(41);
    expect(renderQrBlocks(longest).length).toBe(23);
    expect(new Set(renderQrBlocks(longest).map((row) => row.length))).toEqual(new Set([49]));
  });

  it('has a light margin: four modules at the sides, two above and below', () => {
    const rows = renderQrBlocks(URI);
    for (const row of rows) expect(row).toMatch(/^ {4}.* {4}$/u);
    expect(rows[0]).toMatch(/^ +$/u);
    expect(rows.at(-1)).toMatch(/^ +$/u);
  });

  it('is black on white by name or by value, on every row', () => {
    const drawn = renderQrBlocks(URI);
    expect(renderQrLines(URI)).toEqual(drawn.map((row) => `\u001B[30;107m${row}\u001B[0m`));
    expect(renderQrLines(URI, 'trueColour')).toEqual(
      drawn.map((row) => `\u001B[38;2;0;0;0;48;2;255;255;255m${row}\u001B[0m`),
    );
  });
});
