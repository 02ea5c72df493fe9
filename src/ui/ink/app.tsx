import { Box, Text } from 'ink';
import { useSyncExternalStore, type ReactNode } from 'react';
import type { RenderedLines } from './field-lines.ts';
import { renderHelpLine } from './help-line.ts';
import { computeLayout, type ScreenLayout } from './layout.ts';
import { blankLine, paintLine, createSpan, getLineWidth, type ScreenLine } from './line.ts';
import { renderMiddle, type MiddleView } from './middle-lines.ts';
import { renderPasswordPage } from './password-page.ts';
import { renderQrPage } from './qr-page.ts';
import { hasStatusWords, renderSidebar } from './sidebar-lines.ts';
import type { SecretPage, Scene } from './scene.ts';
import type { Store } from './store.ts';
import type { Theme } from '../shared/theme.ts';

/** What is drawn, and how. */
export type ScreenInput = { scene: Scene; theme: Theme; practice: boolean };

const ScreenRows = ({ lines, theme }: { lines: readonly ScreenLine[]; theme: Theme }): ReactNode =>
  // Rows have no identity of their own: what is in them moves.
  // oxlint-disable-next-line react/no-array-index-key
  lines.map((line, row) => (
    <Text key={row} wrap="truncate-end">
      {paintLine(line, theme) || ' '}
    </Text>
  ));

const createSpaces = (count: number): ScreenLine => [createSpan(' '.repeat(Math.max(0, count)))];

/** What stands at the left of the rows in the middle. */
const createLeftRenderer = (
  { scene, theme }: ScreenInput,
  { sidebarWidth, margin, middle }: ScreenLayout,
): ((row: number) => ScreenLine) => {
  if (sidebarWidth === 0 || scene.header === undefined) return () => createSpaces(margin);
  const steps = renderSidebar(
    scene.header,
    sidebarWidth,
    middle.height,
    hasStatusWords(scene.columns),
    theme,
  );
  const rule = createSpan(` ${theme.signs.rule} `, 'dim');
  return (row) => [...createSpaces(margin), ...(steps[row] ?? createSpaces(sidebarWidth)), rule];
};

/** The rows in the middle. An address that is too wide stands alone, so that it can be marked and copied. */
const renderBesideSidebar = (
  shown: ScreenInput,
  layout: ScreenLayout,
  lines: readonly ScreenLine[],
): ScreenLine[] => {
  const left = createLeftRenderer(shown, layout);
  const { width, whole, height } = layout.middle;
  return Array.from({ length: height }, (_, row) => {
    const line = lines[row] ?? blankLine;
    const needed = getLineWidth(line);
    const alone = needed > width && line.every((one) => one.href !== undefined);
    return alone
      ? [...createSpaces(Math.min(layout.margin, whole - needed)), ...line]
      : [...left(row), ...line];
  });
};

const MainScreen = (shown: ScreenInput): ReactNode => {
  const { scene, theme, practice } = shown;
  const layout = computeLayout(scene, practice, theme);
  const { middle, margin } = layout;
  const drawn = renderMiddle(scene, middle, theme);
  const help = renderHelpLine(
    scene,
    { enterReadsOn: drawn.hiddenBelow > 0 },
    scene.columns - 2 * margin,
    theme,
  );
  const lines: ScreenLine[] = [
    ...layout.head.map((line) => [...createSpaces(margin), ...line]),
    ...renderBesideSidebar(shown, layout, drawn.lines),
    ...(layout.hasBlankRowAboveHelp ? [blankLine] : []),
    [...createSpaces(margin), ...help],
  ];
  return (
    <Box flexDirection="column" height={layout.height}>
      <ScreenRows lines={lines} theme={theme} />
    </Box>
  );
};

const renderSecretPage = (scene: Scene, page: SecretPage, theme: Theme): RenderedLines =>
  page.message.kind === 'qr'
    ? renderQrPage(scene, page, page.message, theme)
    : renderPasswordPage(scene, page, page.message, theme);

/** Where the terminal's own cursor belongs, which screen readers and input methods follow. */
export const findCursor = ({ scene, theme, practice }: ScreenInput): { x: number; y: number } | undefined => {
  const page = scene.pages.at(-1);
  if (page) return renderSecretPage(scene, page, theme).cursor;
  const { middle } = computeLayout(scene, practice, theme);
  const { cursor } = renderMiddle(scene, middle, theme);
  return cursor && { x: cursor.x + middle.x, y: cursor.y + middle.y };
};

/** The middle of the usual screen, and what of it is hidden; nothing while a secret is alone on the screen. */
export const getReadableMiddle = ({ scene, theme, practice }: ScreenInput): MiddleView | undefined =>
  scene.pages.length > 0
    ? undefined
    : renderMiddle(scene, computeLayout(scene, practice, theme).middle, theme);

const SecretScreen = ({ scene, theme, page }: ScreenInput & { page: SecretPage }): ReactNode => {
  const { lines } = renderSecretPage(scene, page, theme);
  return (
    <Box flexDirection="column">
      <ScreenRows lines={lines} theme={theme} />
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
  return page ? <SecretScreen {...shown} page={page} /> : <MainScreen {...shown} />;
};
