import type { SummaryLine, Message, Header, PlanLine } from '../../core/dialogue.ts';
import { fitted, padded } from '../shared/columns.ts';
import { blank, paragraph, span, spread, widthOf, withLinks, wrapped, type Line, type Room } from './line.ts';
import { signOf, wordOf, type Theme } from '../shared/theme.ts';

type Of<Kind extends Message['kind']> = Extract<Message, { kind: Kind }>;

const paragraphs = (texts: readonly string[], { width, whole }: Room): Line[] =>
  texts.flatMap((text) => paragraph(text, width, 'plain', whole));

const headingLines = (note: Of<'heading'>, room: Room): Line[] => [
  ...paragraph(note.title, room.width, 'strong'),
  ...(note.paragraphs.length > 0 ? [blank] : []),
  ...paragraphs(note.paragraphs, room),
];

/** Text beside a label: the rows after the first stand under the text. */
const beside = (label: Line, text: Line, { width, whole }: Room): Line[] =>
  wrapped([...label, ...text], width, widthOf(label), whole);

const findingLines = (note: Of<'finding'>, room: Room, { signs }: Theme): Line[] => {
  const { sign, role } = signOf(note.status, signs);
  const word = wordOf(note.status);
  return [
    ...beside(
      [span('Now  ', 'dim'), span(`${sign} `, role)],
      [span(`${word}: `, role), ...withLinks(note.summary)],
      room,
    ),
    ...(note.remedy ? beside([span('     ')], withLinks(note.remedy, 'dim'), room) : []),
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

/** What it costs stands at the right edge, or below if it does not fit there: it must be read before the consent. */
const planHead = (cost: string, width: number): Line[] => {
  const head = [span('This will happen', 'strong')];
  const price = [span(cost, 'accent')];
  if (widthOf(head) + 2 + widthOf(price) <= width) return [spread(head, price, width)];
  const label = span('Cost: ', 'dim');
  return [head, ...wrapped([label, ...price], width, widthOf([label]))];
};

const planLines = (note: Of<'plan'>, width: number): Line[] => [
  ...planHead(note.cost, width),
  ...note.lines.flatMap((line, index) => planRow(line, index, width)),
];

/** Instructions, one after the other. A single one has no number. */
export const numbered = (instructions: readonly string[], width: number): Line[] =>
  instructions.flatMap((text, index) =>
    instructions.length === 1
      ? paragraph(text, width)
      : wrapped([span(`${index + 1} `, 'dim'), span(text)], width, 2),
  );

const errandLines = (note: Of<'manual-task'>, { width, whole }: Room): Line[] => [
  ...numbered(note.instructions, width),
  ...(note.url ? [blank, ...paragraph(note.url, width, 'accent', whole)] : []),
];

const textLines = ({ text, tone = 'plain' }: Of<'text'>, room: Room, { signs }: Theme): Line[] => {
  if (tone === 'plain') return paragraphs([text], room);
  const mark = tone === 'warning' ? span('! ', 'warn') : span(`${signs.met} `, 'good');
  return beside([mark], withLinks(text), room);
};

const closingEntry = (entry: SummaryLine, column: number, room: Room, { signs }: Theme): Line[] => {
  const { sign, role } = signOf(entry.status, signs);
  return beside(
    [span(`${sign} `, role), span(`${padded(entry.title, column)}  `)],
    [span(entry.summary, 'dim')],
    room,
  );
};

/** The closing page: it is also printed on the normal screen when all is over. */
export const closingLines = (note: Of<'summary'>, room: Room, theme: Theme): Line[] => {
  const { width } = room;
  const column = Math.min(
    Math.floor(width / 2),
    Math.max(0, ...note.entries.map((one) => widthOf([span(one.title)]))),
  );
  return [
    ...paragraph(note.title, width, 'strong'),
    blank,
    ...note.entries.flatMap((entry) => closingEntry(entry, column, room, theme)),
    ...(note.paragraphs.length > 0 ? [blank] : []),
    ...paragraphs(note.paragraphs, room),
  ];
};

/** A note as rows of at most `room.width` columns; an address alone on its row may be as wide as `room.whole`. */
export const noteLines = (note: Exclude<Message, Header>, room: Room, theme: Theme): Line[] => {
  switch (note.kind) {
    case 'heading':
      return headingLines(note, room);
    case 'finding':
      return findingLines(note, room, theme);
    case 'plan':
      return planLines(note, room.width);
    case 'manual-task':
      return errandLines(note, room);
    case 'text':
      return textLines(note, room, theme);
    case 'summary':
      return closingLines(note, room, theme);
  }
};
