import type { SummaryLine, Message, Header, PlanLine } from '../../core/dialogue.ts';
import { statusLabels } from '../../core/status.ts';
import { truncateToWidth, padText } from '../../lib/text.ts';
import {
  blankLine,
  renderParagraph,
  createSpan,
  joinEnds,
  getLineWidth,
  createLinkedSpans,
  wrapLine,
  type ScreenLine,
  type RowRoom,
} from './line.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';

type MessageOf<Kind extends Message['kind']> = Extract<Message, { kind: Kind }>;

const renderParagraphs = (texts: readonly string[], { width, whole }: RowRoom): ScreenLine[] =>
  texts.flatMap((text) => renderParagraph(text, width, 'plain', whole));

const renderHeading = (message: MessageOf<'heading'>, room: RowRoom): ScreenLine[] => [
  ...renderParagraph(message.title, room.width, 'strong'),
  ...(message.paragraphs.length > 0 ? [blankLine] : []),
  ...renderParagraphs(message.paragraphs, room),
];

/** Text beside a label: the rows after the first stand under the text. */
const renderBesideLabel = (label: ScreenLine, text: ScreenLine, { width, whole }: RowRoom): ScreenLine[] =>
  wrapLine([...label, ...text], width, getLineWidth(label), whole);

const renderFinding = (message: MessageOf<'finding'>, room: RowRoom, { signs }: Theme): ScreenLine[] => {
  const { sign, role } = getStatusSign(message.status, signs);
  const word = statusLabels[message.status].word;
  return [
    ...renderBesideLabel(
      [createSpan('Now  ', 'dim'), createSpan(`${sign} `, role)],
      [createSpan(`${word}: `, role), ...createLinkedSpans(message.summary)],
      room,
    ),
    ...(message.remedy
      ? renderBesideLabel([createSpan('     ')], createLinkedSpans(message.remedy, 'dim'), room)
      : []),
  ];
};

/** `iam:CreateUser` is `CreateUser` on the screen: nothing else of that name is ever called. */
const shortenOperation = (operation: string) => operation.replace(/^[^:]*:/u, '');

/** The reason on the left, the operations at the right edge, from the reason's last row on if there is room. */
const renderPlanRow = (line: PlanLine, index: number, width: number): ScreenLine[] => {
  const whys = wrapLine(
    [createSpan(`${String(index + 1).padStart(2)} `, 'dim'), createSpan(line.why)],
    width,
    3,
  );
  const operations = line.operations.map((one): ScreenLine => [
    createSpan(truncateToWidth(shortenOperation(one), width), 'dim'),
  ]);
  const [first = blankLine, ...others] = operations;
  const last = whys.at(-1) ?? blankLine;
  const meets = getLineWidth(last) + 2 + getLineWidth(first) <= width;
  const rows = meets ? [joinEnds(last, first, width)] : [last, joinEnds(blankLine, first, width)];
  return [...whys.slice(0, -1), ...rows, ...others.map((one) => joinEnds(blankLine, one, width))];
};

/** What it costs stands at the right edge, or below if it does not fit there: it must be read before the consent. */
const renderPlanHead = (cost: string, width: number): ScreenLine[] => {
  const head = [createSpan('This will happen', 'strong')];
  const price = [createSpan(cost, 'accent')];
  if (getLineWidth(head) + 2 + getLineWidth(price) <= width) return [joinEnds(head, price, width)];
  const label = createSpan('Cost: ', 'dim');
  return [head, ...wrapLine([label, ...price], width, getLineWidth([label]))];
};

const renderPlan = (message: MessageOf<'plan'>, width: number): ScreenLine[] => [
  ...renderPlanHead(message.cost, width),
  ...message.lines.flatMap((line, index) => renderPlanRow(line, index, width)),
];

/** Instructions, one after the other. A single one has no number. */
export const renderInstructions = (instructions: readonly string[], width: number): ScreenLine[] =>
  instructions.flatMap((text, index) =>
    instructions.length === 1
      ? renderParagraph(text, width)
      : wrapLine([createSpan(`${index + 1} `, 'dim'), createSpan(text)], width, 2),
  );

const renderManualTask = (message: MessageOf<'manual-task'>, { width, whole }: RowRoom): ScreenLine[] => [
  ...renderInstructions(message.instructions, width),
  ...(message.url ? [blankLine, ...renderParagraph(message.url, width, 'accent', whole)] : []),
];

const renderTextMessage = (
  { text, tone = 'plain' }: MessageOf<'text'>,
  room: RowRoom,
  { signs }: Theme,
): ScreenLine[] => {
  if (tone === 'plain') return renderParagraphs([text], room);
  const mark = tone === 'warning' ? createSpan('! ', 'warn') : createSpan(`${signs.done} `, 'good');
  return renderBesideLabel([mark], createLinkedSpans(text), room);
};

const renderSummaryEntry = (
  entry: SummaryLine,
  column: number,
  room: RowRoom,
  { signs }: Theme,
): ScreenLine[] => {
  const { sign, role } = getStatusSign(entry.status, signs);
  return renderBesideLabel(
    [createSpan(`${sign} `, role), createSpan(`${padText(entry.title, column)}  `)],
    [createSpan(entry.summary, 'dim')],
    room,
  );
};

/** The summary, which is also printed on the normal screen at the end. */
export const renderSummary = (message: MessageOf<'summary'>, room: RowRoom, theme: Theme): ScreenLine[] => {
  const { width } = room;
  const column = Math.min(
    Math.floor(width / 2),
    Math.max(0, ...message.entries.map((one) => getLineWidth([createSpan(one.title)]))),
  );
  return [
    ...renderParagraph(message.title, width, 'strong'),
    blankLine,
    ...message.entries.flatMap((entry) => renderSummaryEntry(entry, column, room, theme)),
    ...(message.paragraphs.length > 0 ? [blankLine] : []),
    ...renderParagraphs(message.paragraphs, room),
  ];
};

/** A message as rows of at most `room.width` columns; an address alone on its row may be as wide as `room.whole`. */
export const renderMessage = (
  message: Exclude<Message, Header>,
  room: RowRoom,
  theme: Theme,
): ScreenLine[] => {
  switch (message.kind) {
    case 'heading':
      return renderHeading(message, room);
    case 'finding':
      return renderFinding(message, room, theme);
    case 'plan':
      return renderPlan(message, room.width);
    case 'manual-task':
      return renderManualTask(message, room);
    case 'text':
      return renderTextMessage(message, room, theme);
    case 'summary':
      return renderSummary(message, room, theme);
  }
};
