import type { SecretMessage } from '../../core/dialogue.ts';
import { blank, paragraph, span, type Line } from './line.ts';
import { footLines } from './middle-lines.ts';
import { helpLine } from './help-line.ts';
import type { Drawn } from './field-lines.ts';
import type { Page, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';
import { transcriptLines } from './transcript-lines.ts';

type PasswordNote = Extract<SecretMessage, { kind: 'password' }>;

const inRowsOf = (text: string, width: number): Line[] =>
  Array.from({ length: Math.ceil(text.length / width) }, (_, row) => [
    span(text.slice(row * width, (row + 1) * width), 'accent'),
  ]);

/** The page of a password. Nothing else stands on the password's row, so that a triple click takes just that. */
export const passwordPage = (scene: Scene, page: Page, note: PasswordNote, theme: Theme): Drawn => {
  const width = scene.columns;
  const height = scene.rows;
  const foot = footLines(scene, Math.min(width, 80), height, theme);
  const told = transcriptLines(page.told, width, theme);
  const air = height >= 16 ? [blank] : [];
  const top: Line[] = [
    ...paragraph(note.title, width, 'strong'),
    ...air,
    ...inRowsOf(note.password, width),
    ...air,
    ...inRowsOf(note.url, width).map((row) => row.map((one) => ({ ...one, role: 'plain' as const }))),
    ...air,
    ...note.instructions.flatMap((text) => paragraph(text, width)),
    ...air,
    ...told,
    ...(told.length > 0 ? air : []),
  ];
  const shown = top.slice(0, Math.max(0, height - foot.lines.length - 1));
  const filler = Array.from(
    { length: Math.max(0, height - shown.length - foot.lines.length - 1) },
    () => blank,
  );
  return {
    lines: [...shown, ...foot.lines, ...filler, helpLine(scene, {}, width, theme)],
    cursor: foot.cursor && { x: foot.cursor.x, y: foot.cursor.y + shown.length },
  };
};
