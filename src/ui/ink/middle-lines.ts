import { elapsed, fieldLines, spinning, type Drawn } from './field-lines.ts';
import { isUntouched } from './field.ts';
import { blank, span, spread, wrapped, type Line, type Room } from './line.ts';
import type { Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { transcriptParts } from './transcript-lines.ts';
import { windowOf, type Standing, type Window } from './window.ts';

/** What is seen of the middle, and what of it is hidden. */
export type Middle = Window & Drawn;

type Size = Room & { height: number };

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

const hidden: Window = { lines: [], above: 0, below: 0, up: 0, down: 0 };

const keysDown = ({ asking }: Scene): string =>
  asking && isUntouched(asking.question, asking.field) ? 'Enter' : 'PgDn or Ctrl-F';

/** Where the owner is, if they have paged; else where the new begins, so that it is read before it is answered. */
const standing = (scene: Scene, parts: readonly Line[][]): Standing => {
  if (scene.scroll !== undefined) return { below: scene.scroll };
  return scene.asking ? { from: parts.slice(0, scene.seen).flat().length } : { below: 0 };
};

/** The middle of the screen, `size.height` rows at most. */
export const middleLines = (scene: Scene, size: Size, theme: Theme): Middle => {
  const foot = footLines(scene, size.width, size.height, theme);
  const parts = transcriptParts(scene.blocks, size, theme);
  const last = scene.blocks.at(-1)?.kind;
  const close = last === undefined || foot.lines.length === 0 || (last === 'done' && scene.works.length > 0);
  const gap = close ? [] : [blank];
  const room = Math.max(0, size.height - foot.lines.length - gap.length);
  const marks = { more: theme.signs.more, up: 'PgUp or Ctrl-B', down: keysDown(scene) };
  // Two rows of what came before are worth nothing beside a mark that says that there is more.
  const window = room < 2 ? hidden : windowOf(parts.flat(), room, standing(scene, parts), marks);
  const before = window.lines.length > 0 ? [...window.lines, ...gap] : [];
  const cursor = foot.cursor && { x: foot.cursor.x, y: foot.cursor.y + before.length };
  return { ...window, lines: [...before, ...foot.lines].slice(0, size.height), cursor };
};
