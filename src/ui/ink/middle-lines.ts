import { elapsed, fieldLines, spinning, type Drawn } from './field-lines.ts';
import { blank, span, spread, wrapped, type Line } from './line.ts';
import type { Scene } from './scene.ts';
import type { Theme } from '../theme.ts';
import { transcriptLines } from './transcript-lines.ts';

/** What is seen of the middle, and how many rows of it are hidden above. */
export type Middle = Drawn & { above: number; scrolled: number };

const workLines = (scene: Scene, width: number, theme: Theme): Line[] =>
  scene.works.map((work) =>
    spread(
      wrapped([span(`${spinning(theme, scene.beat)} `, 'accent'), span(work.label)], width - 6, 2)[0] ??
        blank,
      // What is over within a second needs no clock.
      scene.now - work.since < 1000 ? blank : [span(elapsed(work.since, scene.now), 'dim')],
      width,
    ),
  );

const stoppingLines = (scene: Scene, width: number): Line[] =>
  scene.stopping && scene.works.length > 0
    ? wrapped(
        [span('! ', 'warn'), span('Stopping after this call. What is done stays done.', 'warn')],
        width,
        2,
      )
    : [];

/** What happens now: the work that goes on and the question that is open. It is never scrolled away. */
export const footLines = (scene: Scene, width: number, most: number, theme: Theme): Drawn => {
  const work = [...workLines(scene, width, theme), ...stoppingLines(scene, width)];
  if (scene.asking === undefined) return { lines: work };
  const drawn = fieldLines(scene.asking, { width, most: most - work.length }, theme, scene);
  const cursor = drawn.cursor && { x: drawn.cursor.x, y: drawn.cursor.y + work.length };
  return { lines: [...work, ...drawn.lines], cursor };
};

type Window = { lines: Line[]; above: number; scrolled: number };

/** The newest rows that fit, or those that the owner has scrolled to, with a mark where rows are hidden. */
const windowOf = (lines: Line[], height: number, scroll: number, more: string): Window => {
  if (lines.length <= height) return { lines, above: 0, scrolled: 0 };
  const scrolled = Math.min(scroll, lines.length - height);
  const end = lines.length - scrolled;
  const part = lines.slice(end - height, end);
  // The mark stands on a row of its own, which hides one row more.
  const above = end - height > 0 ? end - height + 1 : 0;
  const marked = above > 0 ? [[span(`${more} ${above} lines above (PgUp)`, 'dim')], ...part.slice(1)] : part;
  const below = scrolled > 0 ? scrolled + 1 : 0;
  const both =
    below > 0 ? [...marked.slice(0, -1), [span(`${more} ${below} lines below (PgDn)`, 'dim')]] : marked;
  return { lines: both, above, scrolled };
};

/** The middle of the screen, `size.height` rows at most. */
export const middleLines = (scene: Scene, size: { width: number; height: number }, theme: Theme): Middle => {
  const foot = footLines(scene, size.width, size.height, theme);
  const transcript = transcriptLines(scene.blocks, size.width, theme);
  const last = scene.blocks.at(-1)?.kind;
  const close = last === undefined || foot.lines.length === 0 || (last === 'done' && scene.works.length > 0);
  const gap = close ? [] : [blank];
  const room = Math.max(0, size.height - foot.lines.length - gap.length);
  // Two rows of what came before are worth nothing beside a mark that says that there is more.
  const { lines, above, scrolled } =
    room < 2
      ? { lines: [], above: 0, scrolled: 0 }
      : windowOf(transcript, room, scene.scroll, theme.signs.more);
  const before = lines.length > 0 ? [...lines, ...gap] : [];
  const cursor = foot.cursor && { x: foot.cursor.x, y: foot.cursor.y + before.length };
  return { lines: [...before, ...foot.lines].slice(0, size.height), cursor, above, scrolled };
};
