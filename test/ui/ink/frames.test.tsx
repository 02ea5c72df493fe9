import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createQuietConversation, drawFrame, type FrameOptions } from '../../_support/ui/ink-frames.tsx';
import { stageOn } from '../../_support/ui/ink-terminal.ts';
import { lastPages, walkPages } from '../../_support/ui/walk-pages.ts';

// The files in frames/ are how the pages have to look. `npm run frames` writes them anew after a change that is meant;
// read the diff. `npm run frames:images` paints those in colour (`.ansi`) as pictures.

type Frame = FrameOptions & { file: string };

const colourSizes = ['80x24', '120x40'];
const sizes = ['60x20', '80x24', '120x40', '200x50'];
/** Where the layout changes, and the size just below. */
const breakpoints = '59x20 99x24 100x24 119x40 129x40 130x40 131x40 80x15 80x16 80x19 80x20'.split(' ');
const pagesAtBreakpoints = ['step', 'menu'];

const parseSize = (size: string) => {
  const [columns = 0, rows = 0] = size.split('x').map(Number);
  return { columns, rows };
};

const listFrames = (page: string): Frame[] => [
  ...[...sizes, ...(pagesAtBreakpoints.includes(page) ? breakpoints : [])].map((size) => ({
    ...parseSize(size),
    file: `./frames/${page}/${size}.txt`,
    colours: 24,
    env: { NO_COLOR: '1' },
  })),
  ...colourSizes.map((size) => ({
    ...parseSize(size),
    file: `./frames/${page}/${size}.ansi`,
    colours: 24,
  })),
];

/** Without blanks at the ends of rows, so that a diff can be read. */
const trimRows = (frame: string): string =>
  `${frame
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n')
    .trimEnd()}\n`;

const formatFrame = (frame: string, { file }: Frame): string =>
  trimRows(file.endsWith('.ansi') ? frame : stripVTControlCharacters(frame));

describe.each(walkPages)('the page "$name"', ({ name, play }) => {
  it.each(listFrames(name))('looks like $file', async (frame) => {
    const { front, getScene } = createQuietConversation();
    await play(front);
    const drawn = drawFrame(getScene(), frame);
    const rows = stripVTControlCharacters(drawn).split('\n');
    expect(rows).toHaveLength(frame.rows);
    expect(Math.max(...rows.map((row) => row.trimEnd().length))).toBeLessThanOrEqual(
      Math.min(frame.columns, 128),
    );
    await expect(formatFrame(drawn, frame)).toMatchFileSnapshot(frame.file);
  });
});

describe.each(lastPages)('the page "$name", printed on the normal screen,', ({ name, summary }) => {
  it.each(listFrames(name))('looks like $file', async (frame) => {
    const { front, written } = stageOn(frame);
    front.show(summary);
    await front.close();
    const printed = written().split('\u001B[?1049l')[1] ?? '';
    await expect(formatFrame(printed, frame)).toMatchFileSnapshot(frame.file);
  });
});

describe('a frame', () => {
  it('has no colour under NO_COLOR, but for the code that a phone must read', async () => {
    for (const { name, play } of walkPages.filter((page) => page.name !== 'qr')) {
      const { front, getScene } = createQuietConversation();
      await play(front);
      const frame = drawFrame(getScene(), { columns: 80, rows: 24, colours: 24, env: { NO_COLOR: '1' } });
      // oxlint-disable-next-line no-control-regex
      expect(frame.match(/\u001B\[[\d;]*m/g), name).toBeNull();
    }
  });
});
