import { describe, expect, it } from 'vitest';
import type { Header } from '../../../src/core/dialogue.ts';
import { statusLabels, type StepStatus } from '../../../src/core/status.ts';
import { getLineWidth } from '../../../src/ui/ink/line.ts';
import { getSidebarWidth, hasStatusWords, renderSidebar } from '../../../src/ui/ink/sidebar-lines.ts';
import { createTheme } from '../../../src/ui/shared/theme.ts';
import { headerAt } from '../../_support/ui/ink-material.ts';

/** Below, there is no list. */
const widths = Array.from({ length: 101 }, (_, index) => 100 + index);
const theme = createTheme({}, 1);

/** A list with a step in every state there is, and titles of every length. */
const header: Header = {
  ...headerAt('step-1'),
  entries: (Object.keys(statusLabels) as StepStatus[]).map((status, index) => ({
    id: `step-${index}`,
    title: 'A step with a long title'.slice(0, 1 + index * 4),
    status,
  })),
};

describe('the list of steps', () => {
  it.each(widths)('has rows of the same width in a window of %i columns', (columns) => {
    const width = getSidebarWidth(columns, header);
    const rows = renderSidebar(header, width, 20, hasStatusWords(columns), theme);
    expect(rows.map((row) => getLineWidth(row))).toEqual(rows.map(() => width));
  });
});
