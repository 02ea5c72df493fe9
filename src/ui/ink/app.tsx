import { Box, Text } from 'ink';
import { useSyncExternalStore, type ReactNode } from 'react';
import type { Drawn } from './field-lines.ts';
import { helpLine } from './help-line.ts';
import { layoutOf, type Layout } from './layout.ts';
import { painted, span, type Line } from './line.ts';
import { middleLines } from './middle-lines.ts';
import { passwordPage } from './password-page.ts';
import { qrPage } from './qr-page.ts';
import { railHasWords, railLines } from './rail-lines.ts';
import type { Page, Scene } from './scene.ts';
import type { Store } from './store.ts';
import type { Theme } from '../theme.ts';

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

const Rail = ({ scene, theme, layout }: Shown & { layout: Layout }): ReactNode => {
  if (layout.rail === 0 || scene.place === undefined) return null;
  const { height } = layout.middle;
  const lines = railLines(scene.place, layout.rail, height, railHasWords(scene.columns), theme);
  const rule = Array.from({ length: height }, (): Line => [span(` ${theme.signs.rule} `, 'dim')]);
  return (
    <>
      <Box flexDirection="column" width={layout.rail} flexShrink={0}>
        <Rows lines={lines} theme={theme} />
      </Box>
      <Box flexDirection="column" width={3} flexShrink={0}>
        <Rows lines={rule} theme={theme} />
      </Box>
    </>
  );
};

const Usual = ({ scene, theme, practice }: Shown): ReactNode => {
  const layout = layoutOf(scene, practice, theme);
  const { middle, margin } = layout;
  const drawn = middleLines(scene, middle, theme);
  const more = [...(drawn.above > 0 ? ['pgup'] : []), ...(drawn.scrolled > 0 ? ['pgdn'] : [])];
  return (
    <Box flexDirection="column" height={layout.height} paddingLeft={margin}>
      <Rows lines={layout.head} theme={theme} />
      <Box height={middle.height} flexShrink={0}>
        <Rail scene={scene} theme={theme} practice={practice} layout={layout} />
        <Box flexDirection="column" width={middle.width} flexShrink={0}>
          <Rows lines={drawn.lines} theme={theme} />
        </Box>
      </Box>
      {layout.airBelow ? <Text> </Text> : null}
      <Rows lines={[helpLine(scene, more, scene.columns - 2 * margin, theme)]} theme={theme} />
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

/** How far the owner has scrolled after one more page up (1) or down (-1). */
export const scrolledBy = ({ scene, theme, practice }: Shown, pages: 1 | -1): number => {
  const { middle } = layoutOf(scene, practice, theme);
  const { above, scrolled } = middleLines(scene, middle, theme);
  const page = Math.max(1, middle.height - 4);
  return pages > 0 ? scrolled + (above > 0 ? page : 0) : Math.max(0, scrolled - page);
};

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
