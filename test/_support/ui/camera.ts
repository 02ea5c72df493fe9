import jsQR from 'jsqr';

/** What a camera sees of half blocks that are printed dark on light: 4 pixels to a module. */
const pixelsOf = (rows: readonly string[]) => {
  const dark = rows.flatMap((row) => [
    Array.from(row, (block) => block === '▀' || block === '█'),
    Array.from(row, (block) => block === '▄' || block === '█'),
  ]);
  const scale = 4;
  const width = (dark[0]?.length ?? 0) * scale;
  const height = dark.length * scale;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (dark[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { pixels, width, height };
};

/**
 * What a phone reads from half blocks that are printed dark on light. Only dark on light counts: an inverted code is
 * what some phones cannot read.
 */
export const photographed = (rows: readonly string[]) => {
  const { pixels, width, height } = pixelsOf(rows);
  return jsQR.default(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data;
};
