import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Theme } from '../shared/theme.ts';
import { paintLine, type ScreenLine } from './line.ts';

/** Lines of the screen, each on a row of its own. */
export const ScreenRows = ({ lines, theme }: { lines: readonly ScreenLine[]; theme: Theme }): ReactNode =>
  // Rows have no identity of their own: what is in them moves.
  // oxlint-disable-next-line react/no-array-index-key
  lines.map((line, row) => (
    <Text key={row} wrap="truncate-end">
      {paintLine(line, theme) || ' '}
    </Text>
  ));
