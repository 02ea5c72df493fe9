import type { Note, Place, SecretNote } from '../dialogue.ts';
import { clean } from './clean.ts';
import { signOf, wordOf, type Theme } from './ink/theme.ts';
import { qrLines } from './qr.ts';
import { inFours } from './streams.ts';
import { cleanUrl, sentencesOf } from './wording.ts';

const stepLine = (place: Place, { paint, signs }: Theme): string[] => {
  const index = place.entries.findIndex((entry) => entry.id === place.current);
  const entry = place.entries[index];
  if (!entry) {
    return place.entries.map(({ title, status }) => {
      const { sign, role } = signOf(status, signs);
      return `${paint(role, sign)} ${clean(title)}  ${paint('dim', wordOf(status))}`.trimEnd();
    });
  }
  return ['', `${paint('accent', signs.current)} ${paint('strong', clean(entry.title))}  ${paint('dim', `${index + 1} of ${place.entries.length}`)}`];
};

const placeLines = (place: Place, before: Place | undefined, theme: Theme): string[] => {
  const whose = (one: Place) => [one.account, one.identity, one.practice ? 'practice' : undefined].filter((part) => part !== undefined).map((part) => clean(part)).join(` ${theme.signs.dot} `);
  const header = before && whose(before) === whose(place) ? [] : ['', theme.paint('strong', `AWS First Steps  ${whose(place)}`)];
  const steps = before && before.current === place.current && place.current !== undefined ? [] : stepLine(place, theme);
  return [...header, ...steps];
};

/** A note as the lines that are printed for it: the sentences of {@link sentencesOf} with signs and colours. */
export const linesOf = (note: Note, before: Place | undefined, theme: Theme): string[] => {
  const { paint, signs } = theme;
  switch (note.kind) {
    case 'place':
      return placeLines(note, before, theme);
    case 'heading': {
      const [title = '', ...paragraphs] = sentencesOf(note);
      return ['', paint('strong', title), ...paragraphs];
    }
    case 'finding': {
      const { sign, role } = signOf(note.status, signs);
      const remedy = note.remedy === undefined ? [] : [paint('dim', `  ${clean(note.remedy)}`)];
      return [`${paint(role, `${sign} ${wordOf(note.status)}`)}  ${clean(note.summary)}`, ...remedy];
    }
    case 'plan':
    case 'errand': {
      const [first = '', ...rest] = sentencesOf(note);
      return ['', note.kind === 'plan' || note.url !== undefined ? paint('accent', first) : first, ...rest.map((line) => `  ${line}`)];
    }
    case 'text':
      return sentencesOf(note).map((line) => paint(({ plain: 'plain', warning: 'warn', success: 'good' } as const)[note.tone ?? 'plain'], line));
    case 'closing':
      return [
        '',
        paint('strong', clean(note.title)),
        ...note.entries.map((entry) => {
          const { sign, role } = signOf(entry.status, signs);
          return `${paint(role, sign)} ${clean(entry.title)}: ${clean(entry.summary) || wordOf(entry.status)}`;
        }),
        '',
        ...note.paragraphs.map((line) => clean(line)),
      ];
  }
};

/** How large a screen is; a terminal that does not say is taken for the usual one. */
export type Size = { columns?: number | undefined; rows?: number | undefined };

/** Rows that the question below a code may take. */
const QUESTION_ROWS = 3;

const code = (uri: string, textRows: number, { columns = 80, rows = 24 }: Size, theme: Theme): string[] => {
  if (!theme.blocks) return ['This terminal cannot draw the code: type the secret.'];
  const drawn = qrLines(uri);
  const width = (drawn[0] ?? '').replaceAll(/\u001B\[[\d;]*m/gu, '').length;
  const needed = drawn.length + textRows + QUESTION_ROWS;
  if (needed <= rows && width <= columns) return drawn;
  return [`The code needs ${needed} rows and ${width} columns, and there are ${rows} and ${columns}: enlarge the window and go back, or type the secret.`];
};

/** The page that shows a secret. Its second row is left free for what the practice phone shows. */
export const secretPage = (note: SecretNote, size: Size, theme: Theme): string[] => {
  const title = [theme.paint('strong', clean(note.title)), ''];
  const instructions = note.instructions.map((line) => clean(line));
  if (note.kind === 'password') {
    return [...title, clean(note.password), '', `Sign in at: ${cleanUrl(note.url)}`, ...instructions];
  }
  const text = [...title, ...instructions, `Secret: ${clean(inFours(note.secret))}`];
  return [...text, ...code(note.uri, text.length, size, theme)];
};
