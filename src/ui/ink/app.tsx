import { Box, Text } from 'ink';
import { useSyncExternalStore, type ReactNode } from 'react';
import type { Drawn } from './field-lines.ts';
import { helpLine } from './help-line.ts';
import { layoutOf, type Layout } from './layout.ts';
import { blank, painted, span, widthOf, type Line } from './line.ts';
import { middleLines, type Middle } from './middle-lines.ts';
import { passwordPage } from './password-page.ts';
import { qrPage } from './qr-page.ts';
import { railHasWords, railLines } from './rail-lines.ts';
import type { Page, Scene } from './scene.ts';
import type { Store } from './store.ts';
import type { Theme } from '../shared/theme.ts';

/** What is drawn, and how. */
export type Shown = { scene: Scene; theme: Theme; practice: boolean };

const Rows = ({ lines, theme }: { lines: readonly Line[]; theme: Theme }): ReactNode =>
  // Rows have no identity of their own: what is in them moves.
  // oxlint-disable-next-line react/no-array-index-key
  lines.map((line, row) => (
    <Text key={row} wrap="truncate-end">
      {painted(line, theme) || ' '}
    </Text>
  ));

const spaces = (count: number): Line => [span(' '.repeat(Math.max(0, count)))];

/** What stands at the left of the rows in the middle. */
const leftOf = ({ scene, theme }: Shown, { rail, margin, middle }: Layout): ((row: number) => Line) => {
  if (rail === 0 || scene.place === undefined) return () => spaces(margin);
  const steps = railLines(scene.place, rail, middle.height, railHasWords(scene.columns), theme);
  const rule = span(` ${theme.signs.rule} `, 'dim');
  return (row) => [...spaces(margin), ...(steps[row] ?? spaces(rail)), rule];
};

/** The rows in the middle. An address that is too wide stands alone, so that it can be marked and copied. */
const besideRail = (shown: Shown, layout: Layout, lines: readonly Line[]): Line[] => {
  const left = leftOf(shown, layout);
  const { width, whole, height } = layout.middle;
  return Array.from({ length: height }, (_, row) => {
    const line = lines[row] ?? blank;
    const needed = widthOf(line);
    const alone = needed > width && line.every((one) => one.href !== undefined);
    return alone ? [...spaces(Math.min(layout.margin, whole - needed)), ...line] : [...left(row), ...line];
  });
};

const Usual = (shown: Shown): ReactNode => {
  const { scene, theme, practice } = shown;
  const layout = layoutOf(scene, practice, theme);
  const { middle, margin } = layout;
  const drawn = middleLines(scene, middle, theme);
  const help = helpLine(scene, { readsOn: drawn.below > 0 }, scene.columns - 2 * margin, theme);
  const lines: Line[] = [
    ...layout.head.map((line) => [...spaces(margin), ...line]),
    ...besideRail(shown, layout, drawn.lines),
    ...(layout.airBelow ? [blank] : []),
    [...spaces(margin), ...help],
  ];
  return (
    <Box flexDirection="column" height={layout.height}>
      <Rows lines={lines} theme={theme} />
    </Box>
  );
};

const pageLines = (scene: Scene, page: Page, theme: Theme): Drawn =>
  page.note.kind === 'qr'
    ? qrPage(scene, page, page.note, theme)
    : passwordPage(scene, page, page.note, theme);

/** Where the terminal's own cursor belongs, which screen readers and input methods follow. */
export const cursorOf = ({ scene, theme, practice }: Shown): { x: number; y: number } | undefined => {
  const page = scene.pages.at(-1);
  if (page) return pageLines(scene, page, theme).cursor;
  const { middle } = layoutOf(scene, practice, theme);
  const { cursor } = middleLines(scene, middle, theme);
  return cursor && { x: cursor.x + middle.x, y: cursor.y + middle.y };
};

/** The middle of the usual screen, and what of it is hidden; nothing while a secret is alone on the screen. */
export const readingOf = ({ scene, theme, practice }: Shown): Middle | undefined =>
  scene.pages.length > 0 ? undefined : middleLines(scene, layoutOf(scene, practice, theme).middle, theme);

const Secret = ({ scene, theme, page }: Shown & { page: Page }): ReactNode => {
  const { lines } = pageLines(scene, page, theme);
  return (
    <Box flexDirection="column">
      <Rows lines={lines} theme={theme} />
    </Box>
  );
};

/** The whole screen, drawn from what is in the store and from nothing else. */
export const App = ({
  store,
  theme,
  practice,
}: {
  store: Store<Scene>;
  theme: Theme;
  practice: boolean;
}): ReactNode => {
  const scene = useSyncExternalStore(store.subscribe, store.get);
  const page = scene.pages.at(-1);
  const shown = { scene, theme, practice };
  return page ? <Secret {...shown} page={page} /> : <Usual {...shown} />;
};
