import type { PasswordMessage } from '../../core/dialogue.ts';
import { blankLine, renderParagraph, createSpan, type ScreenLine } from './line.ts';
import { renderFooter } from './middle-lines.ts';
import { renderHelpLine } from './help-line.ts';
import type { RenderedLines } from './field-lines.ts';
import type { SecretPage, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { renderTranscript } from './transcript-lines.ts';

const splitIntoRows = (text: string, width: number): ScreenLine[] =>
  Array.from({ length: Math.ceil(text.length / width) }, (_, row) => [
    createSpan(text.slice(row * width, (row + 1) * width), 'accent'),
  ]);

/** The page of a password. Nothing else stands on the password's row, so that a triple click takes just that. */
export const renderPasswordPage = (
  scene: Scene,
  page: SecretPage,
  note: PasswordMessage,
  theme: Theme,
): RenderedLines => {
  const width = scene.columns;
  const height = scene.rows;
  const foot = renderFooter(scene, Math.min(width, 80), height, theme);
  const told = renderTranscript(page.blocks, width, theme);
  const air = height >= 16 ? [blankLine] : [];
  const top: ScreenLine[] = [
    ...renderParagraph(note.title, width, 'strong'),
    ...air,
    ...splitIntoRows(note.password, width),
    ...air,
    ...splitIntoRows(note.url, width).map((row) => row.map((one) => ({ ...one, role: 'plain' as const }))),
    ...air,
    ...note.instructions.flatMap((text) => renderParagraph(text, width)),
    ...air,
    ...told,
    ...(told.length > 0 ? air : []),
  ];
  const shown = top.slice(0, Math.max(0, height - foot.lines.length - 1));
  const filler = Array.from(
    { length: Math.max(0, height - shown.length - foot.lines.length - 1) },
    () => blankLine,
  );
  return {
    lines: [...shown, ...foot.lines, ...filler, renderHelpLine(scene, {}, width, theme)],
    cursor: foot.cursor && { x: foot.cursor.x, y: foot.cursor.y + shown.length },
  };
};
