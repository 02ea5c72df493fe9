import type { ClosingLine, Note, Place, PlanLine } from '../../dialogue.ts';
import { blank, fitted, padded, paragraph, span, spread, widthOf, wrapped, type Line, link } from './line.ts';
import { signOf, wordOf, type Theme } from '../theme.ts';

type Of<Kind extends Note['kind']> = Extract<Note, { kind: Kind }>;

const headingLines = (note: Of<'heading'>, width: number): Line[] => [
  ...paragraph(note.title, width, 'strong'),
  ...(note.paragraphs.length > 0 ? [blank] : []),
  ...note.paragraphs.flatMap((text) => paragraph(text, width)),
];

/** Text beside a label: the rows after the first stand under the text. */
const beside = (label: Line, text: Line, width: number): Line[] =>
  wrapped([...label, ...text], width, widthOf(label));

const findingLines = (note: Of<'finding'>, width: number, { signs }: Theme): Line[] => {
  const { sign, role } = signOf(note.status, signs);
  const word = wordOf(note.status);
  return [
    ...beside(
      [span('Now  ', 'dim'), span(`${sign} `, role)],
      [span(`${word}: `, role), span(note.summary)],
      width,
    ),
    ...(note.remedy ? beside([span('     ')], [span(note.remedy, 'dim')], width) : []),
  ];
};

/** `iam:CreateUser` is `CreateUser` on the screen: nothing else of that name is ever called. */
const operationName = (operation: string) => operation.replace(/^[^:]*:/u, '');

/** The reason on the left, the operations at the right edge, from the reason's last row on if there is room. */
const planRow = (line: PlanLine, index: number, width: number): Line[] => {
  const whys = wrapped([span(`${String(index + 1).padStart(2)} `, 'dim'), span(line.why)], width, 3);
  const operations = line.operations.map((one): Line => [span(fitted(operationName(one), width), 'dim')]);
  const [first = blank, ...others] = operations;
  const last = whys.at(-1) ?? blank;
  const meets = widthOf(last) + 2 + widthOf(first) <= width;
  const rows = meets ? [spread(last, first, width)] : [last, spread(blank, first, width)];
  return [...whys.slice(0, -1), ...rows, ...others.map((one) => spread(blank, one, width))];
};

const planLines = (note: Of<'plan'>, width: number): Line[] => [
  spread([span('This will happen', 'strong')], [span(note.cost, 'accent')], width),
  ...note.lines.flatMap((line, index) => planRow(line, index, width)),
];

/** Instructions, one after the other. A single one has no number. */
export const numbered = (instructions: readonly string[], width: number): Line[] =>
  instructions.flatMap((text, index) =>
    instructions.length === 1
      ? paragraph(text, width)
      : wrapped([span(`${index + 1} `, 'dim'), span(text)], width, 2),
  );

const errandLines = (note: Of<'errand'>, width: number): Line[] => [
  ...numbered(note.instructions, width),
  ...(note.url ? [blank, ...link(note.url, width)] : []),
];

const textLines = ({ text, tone = 'plain' }: Of<'text'>, width: number, { signs }: Theme): Line[] => {
  if (tone === 'plain') return paragraph(text, width);
  const mark = tone === 'warning' ? span('! ', 'warn') : span(`${signs.met} `, 'good');
  return beside([mark], [span(text)], width);
};

const closingEntry = (entry: ClosingLine, column: number, width: number, { signs }: Theme): Line[] => {
  const { sign, role } = signOf(entry.status, signs);
  return beside(
    [span(`${sign} `, role), span(`${padded(entry.title, column)}  `)],
    [span(entry.summary, 'dim')],
    width,
  );
};

/** The closing page: it is also printed on the normal screen when all is over. */
export const closingLines = (note: Of<'closing'>, width: number, theme: Theme): Line[] => {
  const column = Math.min(
    Math.floor(width / 2),
    Math.max(0, ...note.entries.map((one) => widthOf([span(one.title)]))),
  );
  return [
    ...paragraph(note.title, width, 'strong'),
    blank,
    ...note.entries.flatMap((entry) => closingEntry(entry, column, width, theme)),
    ...(note.paragraphs.length > 0 ? [blank] : []),
    ...note.paragraphs.flatMap((text) => paragraph(text, width)),
  ];
};

/** A note as rows of at most `width` columns. */
export const noteLines = (note: Exclude<Note, Place>, width: number, theme: Theme): Line[] => {
  switch (note.kind) {
    case 'heading':
      return headingLines(note, width);
    case 'finding':
      return findingLines(note, width, theme);
    case 'plan':
      return planLines(note, width);
    case 'errand':
      return errandLines(note, width);
    case 'text':
      return textLines(note, width, theme);
    case 'closing':
      return closingLines(note, width, theme);
  }
};
