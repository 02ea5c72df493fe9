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
  message: PasswordMessage,
  theme: Theme,
): RenderedLines => {
  const width = scene.columns;
  const height = scene.rows;
  const footer = renderFooter(scene, Math.min(width, 80), height, theme);
  const transcript = renderTranscript(page.blocks, width, theme);
  const spacer = height >= 16 ? [blankLine] : [];
  const top: ScreenLine[] = [
    ...renderParagraph(message.title, width, 'strong'),
    ...spacer,
    ...splitIntoRows(message.password, width),
    ...spacer,
    ...splitIntoRows(message.url, width).map((row) => row.map((one) => ({ ...one, role: 'plain' as const }))),
    ...spacer,
    ...message.instructions.flatMap((text) => renderParagraph(text, width)),
    ...spacer,
    ...transcript,
    ...(transcript.length > 0 ? spacer : []),
  ];
  const shown = top.slice(0, Math.max(0, height - footer.lines.length - 1));
  const filler = Array.from(
    { length: Math.max(0, height - shown.length - footer.lines.length - 1) },
    () => blankLine,
  );
  return {
    lines: [...shown, ...footer.lines, ...filler, renderHelpLine(scene, {}, width, theme)],
    cursor: footer.cursor && { x: footer.cursor.x, y: footer.cursor.y + shown.length },
  };
};
