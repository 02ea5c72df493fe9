import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Theme } from '../shared/theme.ts';
import { renderHelpLine } from './help-line.ts';
import { computeLayout, getPriceInHead, type ScreenLayout } from './layout.ts';
import { blankLine, createSpan, getLineWidth, type ScreenLine } from './line.ts';
import { renderHelpPage } from './help-page.ts';
import { renderMiddle, type MiddleView } from './middle-lines.ts';
import { canOpenHelp, type Scene } from './scene.ts';
import { ScreenRows } from './screen-rows.tsx';
import { hasStatusWords, renderSidebar } from './sidebar-lines.ts';

/** What is drawn, and how. */
export type ScreenInput = { scene: Scene; theme: Theme; practice: boolean };

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
  input: ScreenInput,
  layout: ScreenLayout,
  lines: readonly ScreenLine[],
): ScreenLine[] => {
  const left = createLeftRenderer(input, layout);
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

type PartOfScreen = ScreenInput & { layout: ScreenLayout; middle: MiddleView };

/** Whose account it is, and what the page is about. */
const ScreenHeader = ({ layout, theme }: PartOfScreen): ReactNode => (
  <ScreenRows lines={layout.head.map((line) => [...createSpaces(layout.margin), ...line])} theme={theme} />
);

/** The list of steps, and beside it what was said, what goes on and the question that is open. */
const Body = ({ layout, middle, ...input }: PartOfScreen): ReactNode => (
  <ScreenRows lines={renderBesideSidebar(input, layout, middle.lines)} theme={input.theme} />
);

/** The keys that mean something now. */
const HelpLine = ({ layout, middle, scene, theme }: PartOfScreen): ReactNode => {
  const extras = { enterReadsOn: middle.hiddenBelow > 0, hasHelp: canOpenHelp(scene) };
  const help = renderHelpLine(scene, extras, layout.width, theme);
  const above = layout.hasBlankRowAboveHelp ? [blankLine] : [];
  return <ScreenRows lines={[...above, [...createSpaces(layout.margin), ...help]]} theme={theme} />;
};

/** What fills the page: the help while it is open, else what was said and the question. */
export const renderPage = (
  { scene, practice, theme }: ScreenInput,
  layout = computeLayout(scene, practice, theme),
): MiddleView =>
  renderHelpPage(scene, layout.middle, theme) ??
  renderMiddle(scene, { ...layout.middle, priceInHead: getPriceInHead(scene, layout.width, theme) }, theme);

/** The screen while no secret is shown. */
export const MainScreen = (input: ScreenInput): ReactNode => {
  const layout = computeLayout(input.scene, input.practice, input.theme);
  const part = { ...input, layout, middle: renderPage(input, layout) };
  return (
    <Box flexDirection="column" height={layout.height}>
      <ScreenHeader {...part} />
      <Body {...part} />
      <HelpLine {...part} />
    </Box>
  );
};
