// Paints the golden frames in colour (test/ui/ink/frames/**/*.ansi) as pictures: `node scripts/frames-to-images.js FOLDER`.
// Writes an SVG for a dark and for a light terminal, and a PNG of each where ImageMagick's `convert` is installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';

const frames = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'test', 'ui', 'ink', 'frames');

const cell = { width: 9, height: 19, fontSize: 15, baseline: 14 };
const margin = 8;

/** The colours 0 to 15 are those of xterm, which are widely used. */
const xterm16 =
  '#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff'.split(
    ' ',
  );
const palettes = {
  dark: { background: '#1e1e1e', text: '#d4d4d4' },
  light: { background: '#ffffff', text: '#262626' },
};

const toHex = (...channels) => `#${channels.map((one) => one.toString(16).padStart(2, '0')).join('')}`;

const cubeLevels = [0, 95, 135, 175, 215, 255];

/** One of the 256 colours: 16 named ones, a cube of six levels for each channel, and 24 greys. */
const getIndexedColour = (index) => {
  if (index < 16) return xterm16[index];
  if (index >= 232) return toHex(...Array.from({ length: 3 }, () => 8 + (index - 232) * 10));
  const at = index - 16;
  return toHex(cubeLevels[Math.floor(at / 36)], cubeLevels[Math.floor(at / 6) % 6], cubeLevels[at % 6]);
};

/** The colour that begins behind a 38 or 48, and how many numbers it takes. */
const readColour = (numbers, at) =>
  numbers[at] === 5
    ? { colour: getIndexedColour(numbers[at + 1]), length: 2 }
    : { colour: toHex(...numbers.slice(at + 1, at + 4)), length: 4 };

/** The style after a sequence such as `ESC[1;38;5;31m`. */
const applySgr = (before, parameters) => {
  const numbers = parameters === '' ? [0] : parameters.split(';').map(Number);
  let style = before;
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at];
    if (code === 0) style = {};
    else if (code === 1) style = { ...style, bold: true };
    else if (code === 2) style = { ...style, dim: true };
    else if (code === 7) style = { ...style, inverse: true };
    else if (code === 22) style = { ...style, bold: false, dim: false };
    else if (code === 27) style = { ...style, inverse: false };
    else if (code === 39) style = { ...style, text: undefined };
    else if (code === 49) style = { ...style, background: undefined };
    else if (code >= 30 && code <= 37) style = { ...style, text: xterm16[code - 30] };
    else if (code >= 90 && code <= 97) style = { ...style, text: xterm16[code - 82] };
    else if (code >= 40 && code <= 47) style = { ...style, background: xterm16[code - 40] };
    else if (code >= 100 && code <= 107) style = { ...style, background: xterm16[code - 92] };
    else if (code === 38 || code === 48) {
      const { colour, length } = readColour(numbers, at + 1);
      style = { ...style, [code === 38 ? 'text' : 'background']: colour };
      at += length;
    } else throw new Error(`The colour code ${code} is not known here.`);
  }
  return style;
};

// Links (OSC 8) are text like any other in a picture. What makes it wrong must not be swallowed.
// oxlint-disable-next-line no-control-regex
const token = /\u001B\[(?<sgr>[\d;]*)m|\u001B\]8;;[^\u0007]*\u0007|(?<text>[^\u001B]+)|(?<other>\u001B)/gu;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a frame with their places, wrapped at `columns` as a terminal does. */
const placeCharacters = (frame, columns) => {
  const placed = [];
  let style = {};
  let row = 0;
  for (const line of frame.replace(/\n$/, '').split('\n')) {
    let column = 0;
    for (const { groups } of line.matchAll(token)) {
      if (groups.other !== undefined) throw new Error('An escape sequence is not known here.');
      if (groups.sgr !== undefined) style = applySgr(style, groups.sgr);
      for (const { segment } of segmenter.segment(groups.text ?? '')) {
        const width = stringWidth(segment);
        if (column + width > columns) {
          row += 1;
          column = 0;
        }
        placed.push({ segment, width, row, column, style });
        column += width;
      }
    }
    row += 1;
  }
  return { placed, height: row };
};

const escapeXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Which halves of its cell a block fills: fonts leave gaps between them. */
const blockHalves = { '█': [0, 1], '▀': [0, 0.5], '▄': [0.5, 0.5] };

const drawCharacter = ({ segment, width, row, column, style }, palette) => {
  const x = margin + column * cell.width;
  const y = margin + row * cell.height;
  const [text, background] = style.inverse
    ? [style.background ?? palette.background, style.text ?? palette.text]
    : [style.text ?? palette.text, style.background];
  const rectangle = (from, share, fill) =>
    `<rect x="${x}" y="${y + from * cell.height}" width="${width * cell.width}" height="${share * cell.height}" fill="${fill}" shape-rendering="crispEdges"/>`;
  const behind = background ? rectangle(0, 1, background) : '';
  const halves = blockHalves[segment];
  if (halves) return behind + rectangle(...halves, text);
  if (segment.trim() === '') return behind;
  const weight = style.bold ? ' font-weight="bold"' : '';
  const opacity = style.dim ? ' opacity="0.5"' : '';
  return `${behind}<text x="${x}" y="${y + cell.baseline}" fill="${text}"${weight}${opacity}>${escapeXml(segment)}</text>`;
};

const drawSvg = (frame, { columns, rows }, palette) => {
  const { placed, height } = placeCharacters(frame, columns);
  const size = {
    width: 2 * margin + columns * cell.width,
    height: 2 * margin + Math.max(rows, height) * cell.height,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${cell.fontSize}">`,
    `<rect width="100%" height="100%" fill="${palette.background}"/>`,
    ...placed.map((one) => drawCharacter(one, palette)),
    '</svg>',
    '',
  ].join('\n');
};

/** Whether `convert` is ImageMagick's: Windows has another program of that name. */
const canConvert = () => {
  const { status, stdout } = spawnSync('convert', ['-version'], { encoding: 'utf8' });
  return status === 0 && stdout.includes('ImageMagick');
};

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder for the pictures: node scripts/frames-to-images.js FOLDER');
  process.exit(64);
}
mkdirSync(folder, { recursive: true });
const converts = canConvert();
const files = readdirSync(frames, { recursive: true }).filter((file) => file.endsWith('.ansi'));
let failed = 0;
for (const file of files) {
  const [columns, rows] = path.basename(file, '.ansi').split('x').map(Number);
  const frame = readFileSync(path.join(frames, file), 'utf8');
  for (const [name, palette] of Object.entries(palettes)) {
    const page = path.dirname(file).replaceAll(path.sep, '-');
    const picture = path.join(folder, `${page}-${columns}x${rows}-${name}`);
    writeFileSync(`${picture}.svg`, drawSvg(frame, { columns, rows }, palette));
    if (converts && spawnSync('convert', [`${picture}.svg`, `${picture}.png`]).status !== 0) failed += 1;
  }
}
console.log(
  `${files.length * 2} pictures in ${folder}${converts ? '' : ', as SVG only: install ImageMagick for PNG'}`,
);
if (failed > 0) {
  console.error(`ImageMagick could not convert ${failed} of them: their SVG is there.`);
  process.exit(1);
}
