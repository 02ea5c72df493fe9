import stringWidth from 'string-width';
import type { PasswordMessage } from '../../core/dialogue.ts';
import { padText } from '../../lib/text.ts';
import { copiedNote, copyKey } from '../shared/clipboard.ts';
import type { Theme } from '../shared/theme.ts';
import type { RenderedLines } from './field-lines.ts';
import { renderHelpLine } from './help-line.ts';
import { computeLayout } from './layout.ts';
import { blankLine, renderParagraph, createSpan, wrapLine, type ScreenLine } from './line.ts';
import { renderFooter } from './middle-lines.ts';
import type { SecretPage, Scene } from './scene.ts';
import { renderTranscript } from './transcript-lines.ts';

const maxTextColumns = 90;

/** A row of the page, and where it begins: at the margin, or at the window's edge because it needs all of it. */
type PlacedLine = { line: ScreenLine; atEdge?: boolean };

const place = (lines: readonly ScreenLine[]): PlacedLine[] => lines.map((line) => ({ line }));

const splitIntoRows = (text: string, columns: number): ScreenLine[] =>
  Array.from({ length: Math.ceil(text.length / columns) }, (_, row) => [
    createSpan(text.slice(row * columns, (row + 1) * columns), 'accent'),
  ]);

type Field = { label: string; value: string };

/**
 * The fields below each other, each value in one piece, so that it can be marked: beside its label, or on a row of its own.
 * One that is wider than the window begins at its edge, where the terminal's own selection joins the rows.
 */
const renderFields = (fields: readonly Field[], width: number, columns: number): PlacedLine[] => {
  const labelWidth = Math.max(...fields.map(({ label }) => label.length)) + 3;
  return fields.flatMap(({ label, value }): PlacedLine[] => {
    const name = createSpan(padText(label, labelWidth));
    const shown = createSpan(value, 'accent');
    const needed = stringWidth(value);
    if (labelWidth + needed <= width) return place([[name, shown]]);
    if (needed <= width) return place([[name], [shown]]);
    return [{ line: [name] }, ...splitIntoRows(value, columns).map((line) => ({ line, atEdge: true }))];
  });
};

/** What was said last: that the password is in the clipboard, or what the step answered. A row is kept for it. */
const renderNotes = (page: SecretPage, width: number, theme: Theme): ScreenLine[] => {
  const notes = page.isCopied
    ? wrapLine([createSpan(`${theme.signs.done} `, 'good'), createSpan(copiedNote)], width, 2)
    : renderTranscript(page.blocks, width, theme);
  return notes.length > 0 ? notes : [blankLine];
};

/** The page of a password: who signs in with it, where, and the password itself. */
export const renderPasswordPage = (
  scene: Scene,
  page: SecretPage,
  message: PasswordMessage,
  practice: boolean,
  theme: Theme,
): RenderedLines => {
  const { columns } = scene;
  const { head, margin, height } = computeLayout(scene, practice, theme);
  const width = Math.max(1, Math.min(columns - 2 * margin, maxTextColumns));
  const spacer = height >= 20 ? [blankLine] : [];
  const footer = renderFooter(scene, width, height, theme);
  const fields = [
    { label: 'Sign in at', value: message.url },
    { label: 'User name', value: message.userName },
    { label: 'Password', value: message.password },
  ];
  const middle: PlacedLine[] = [
    ...place([...renderParagraph(message.title, width, 'strong'), ...spacer]),
    ...renderFields(fields, width, columns),
    ...place([...spacer, ...message.instructions.flatMap((text) => renderParagraph(text, width))]),
    ...place([...spacer, ...renderNotes(page, width, theme), ...spacer]),
  ];
  const room = height - footer.lines.length - 1;
  // Where rows are scarce, what is needed for the answer stays: the fields and the question.
  const heading = place(middle.length + head.length <= room ? head : []);
  const top = [...heading, ...middle].slice(0, Math.max(0, room));
  const filler = Array.from({ length: Math.max(0, room - top.length) }, () => blankLine);
  const help = renderHelpLine(scene, { key: `${copyKey} copy` }, width, theme);
  const indent = createSpan(' '.repeat(margin));
  return {
    lines: [...top, ...place([...footer.lines, ...filler, help])].map(({ line, atEdge }) =>
      atEdge ? line : [indent, ...line],
    ),
    cursor: footer.cursor && { x: footer.cursor.x + margin, y: footer.cursor.y + top.length },
  };
};
