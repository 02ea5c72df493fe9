import { formatElapsed, renderQuestionField, getSpinnerSign, type RenderedLines } from './field-lines.ts';
import { isFieldUntouched } from './field.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { blankLine, createSpan, joinEnds, wrapLine, type ScreenLine } from './line.ts';
import { getPageTitle, type Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { renderTranscriptParts, type PageRoom } from './transcript-lines.ts';
import { createScrollWindow, unscrolled, type ScrollPosition, type ScrollWindow } from './window.ts';

/** What is seen of the middle, and what of it is hidden. */
export type MiddleView = ScrollWindow & RenderedLines;

type MiddleSize = PageRoom & { height: number };

const isRunningPlanLine = ({ blocks }: Scene, label: string): boolean => {
  const plan = blocks.findLast(({ kind }) => kind === 'plan');
  return plan?.kind === 'plan' && plan.lines.some(({ why, state }) => why === label && state === 'begun');
};

/** What goes on; a line of the plan turns where it stands, unless that is out of sight (`all`). */
const renderRunningWork = (scene: Scene, width: number, theme: Theme, all: boolean): ScreenLine[] =>
  scene.runningWorks
    .filter(({ label }) => all || !isRunningPlanLine(scene, label))
    .map((work) =>
      joinEnds(
        [
          createSpan(`${getSpinnerSign(theme, scene.frame)} `, 'accent'),
          createSpan(truncateToWidth(work.label, width - 8, theme.signs.more)),
        ],
        // What is over within a second needs no clock.
        scene.now - work.since < 1000 ? blankLine : [createSpan(formatElapsed(work.since, scene.now), 'dim')],
        width,
      ),
    );

const renderStoppingNotice = (scene: Scene, width: number): ScreenLine[] =>
  scene.stopping && scene.runningWorks.length > 0
    ? wrapLine(
        [createSpan('! ', 'warn'), createSpan('Stopping after this call. What is done stays done.', 'warn')],
        width,
        2,
      )
    : [];

/** What happens now: the work that goes on and the question that is open. It is never scrolled away. */
export const renderFooter = (
  scene: Scene,
  width: number,
  most: number,
  theme: Theme,
  all = true,
): RenderedLines => {
  const work = [...renderRunningWork(scene, width, theme, all), ...renderStoppingNotice(scene, width)];
  if (scene.pendingQuestion === undefined) return { lines: work };
  const drawn = renderQuestionField(scene.pendingQuestion, { width, most: most - work.length }, theme, scene);
  const cursor = drawn.cursor && { x: drawn.cursor.x, y: drawn.cursor.y + work.length };
  return { lines: [...work, ...drawn.lines], cursor };
};

const getPageDownKeys = ({ pendingQuestion }: Scene): string =>
  pendingQuestion && isFieldUntouched(pendingQuestion.question, pendingQuestion.field)
    ? 'Enter'
    : 'PgDn or Ctrl-F';

/** Where the owner is, if they have paged; else where the new begins, so that it is read before it is answered. */
const getScrollPosition = (scene: Scene, parts: readonly ScreenLine[][]): ScrollPosition => {
  if (scene.scroll !== undefined) return { below: scene.scroll };
  if (scene.pendingQuestion === undefined) return { below: 0 };
  // The plan was seen, but not yet as the one line that is carried out now.
  const { planLineStart, seenBlockCount, blocks } = scene;
  const isPlanLineNew =
    planLineStart !== undefined && seenBlockCount <= planLineStart && planLineStart < blocks.length;
  return { from: isPlanLineNew ? 0 : parts.slice(0, seenBlockCount).flat().length };
};

/** The middle of the screen, `size.height` rows at most. */
export const renderMiddle = (scene: Scene, size: MiddleSize, theme: Theme): MiddleView => {
  const page = { ...size, title: getPageTitle(scene), frame: scene.frame };
  const parts = renderTranscriptParts(scene.blocks, page, theme);
  const all = parts.flat().length + scene.runningWorks.length + 1 > size.height;
  const footer = renderFooter(scene, size.width, size.height, theme, all);
  const last = scene.blocks.at(-1)?.kind;
  const needsNoGap =
    last === undefined || footer.lines.length === 0 || (last === 'done' && scene.runningWorks.length > 0);
  const gap = needsNoGap ? [] : [blankLine];
  const room = Math.max(0, size.height - footer.lines.length - gap.length);
  const marks = { more: theme.signs.more, up: 'PgUp or Ctrl-B', down: getPageDownKeys(scene) };
  // Two rows of what came before are worth nothing beside a mark that says that there is more.
  const window =
    room < 2 ? unscrolled : createScrollWindow(parts.flat(), room, getScrollPosition(scene, parts), marks);
  const before = window.lines.length > 0 ? [...window.lines, ...gap] : [];
  const cursor = footer.cursor && { x: footer.cursor.x, y: footer.cursor.y + before.length };
  return { ...window, lines: [...before, ...footer.lines].slice(0, size.height), cursor };
};
