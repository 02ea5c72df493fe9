import type { SummaryLine, SummaryMessage, Message } from '../../core/dialogue.ts';
import { getSpinnerSign } from './field-lines.ts';
import type { PlanLineState, TranscriptBlock } from './scene.ts';
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

/** The title stands in the head of the page, unless that has another. */
const renderHeading = (
  message: MessageOf<'heading'>,
  room: PlanRoom & { title?: string | undefined },
): ScreenLine[] => [
  ...(room.title === message.title
    ? []
    : [
        ...renderParagraph(message.title, room.width, 'strong'),
        ...(message.paragraphs.length > 0 ? [blankLine] : []),
      ]),
  ...renderParagraphs(message.paragraphs, room),
];

/** Text beside a label: the rows after the first stand under the text. */
const renderBesideLabel = (label: ScreenLine, text: ScreenLine, { width, whole }: RowRoom): ScreenLine[] =>
  wrapLine([...label, ...text], width, getLineWidth(label), whole);

const renderFinding = (message: MessageOf<'finding'>, room: RowRoom, { signs }: Theme): ScreenLine[] => {
  const { sign, role } = getStatusSign(message.status, signs);
  return [
    ...renderBesideLabel(
      [createSpan('Now  '), createSpan(`${sign} `, role)],
      createLinkedSpans(message.summary),
      room,
    ),
    ...(message.remedy
      ? renderBesideLabel([createSpan('       ')], createLinkedSpans(message.remedy), room)
      : []),
  ];
};

/** What became of the step before: one row, and the rest of it is in the list. */
export const renderPreviousStep = (
  { entry }: Extract<TranscriptBlock, { kind: 'previous-step' }>,
  width: number,
  { signs }: Theme,
): ScreenLine[] => {
  const { sign, role } = getStatusSign(entry.status, signs);
  const text = truncateToWidth(
    [entry.title, entry.status === 'skipped' ? 'skipped' : entry.finding].filter(Boolean).join(': '),
    width - 2,
    signs.more,
  );
  return [[createSpan(`${sign} `, role), createSpan(text)]];
};

/** `iam:CreateUser` is `CreateUser` on the screen: nothing else of that name is ever called. */
const shortenOperation = (operation: string) => operation.replace(/^[^:]*:/u, '');

type PlanBlock = Extract<TranscriptBlock, { kind: 'plan' }>;
type PlanBlockLine = PlanBlock['lines'][number];

/** The room of a plan, the price that is read in the head of the page already, and the beat of what turns. */
export type PlanRoom = RowRoom & { priceInHead?: string | undefined; frame?: number };

const renderPlanLineMark = (
  state: PlanLineState['state'],
  number: number,
  { frame = 0 }: PlanRoom,
  theme: Theme,
): ScreenLine => {
  if (state === 'begun') return [createSpan(` ${getSpinnerSign(theme, frame)} `, 'accent')];
  if (state === 'done') return [createSpan(` ${theme.signs.done} `, 'good')];
  if (state === 'failed') return [createSpan(` ${theme.signs.failed} `, 'bad')];
  return [createSpan(`${String(number).padStart(2)} `)];
};

/** The reason on the left, the calls at the right edge of its last row, or below if there is no room. */
const renderPlanRow = (line: PlanBlockLine, index: number, room: PlanRoom, theme: Theme): ScreenLine[] => {
  const { width } = room;
  const whys = wrapLine(
    [...renderPlanLineMark(line.state, index + 1, room, theme), createSpan(line.why)],
    width,
    3,
  );
  // What is done needs no more than its tick.
  if (line.operations.length === 0 || line.state === 'done') return whys;
  const operations = [createSpan(line.operations.map(shortenOperation).join(', '), 'dim')];
  const last = whys.at(-1) ?? blankLine;
  return getLineWidth(last) + 2 + getLineWidth(operations) <= width
    ? [...whys.slice(0, -1), joinEnds(last, operations, width)]
    : [...whys, ...wrapLine([createSpan('   '), ...operations], width, 3)];
};

/** The price must be read before the consent: it stands here, unless the head of the page has it. */
const renderPlanHead = (cost: string, { width, priceInHead }: PlanRoom): ScreenLine[] => {
  const head = [createSpan('This will happen', 'strong')];
  if (priceInHead === cost) return [head];
  const price = [createSpan(cost, 'accent')];
  if (getLineWidth(head) + 2 + getLineWidth(price) <= width) return [joinEnds(head, price, width)];
  const label = createSpan('Cost: ');
  return [head, ...wrapLine([label, ...price], width, getLineWidth([label]))];
};

/** A plan, each line of it ticked as soon as it was carried out. */
export const renderPlan = (plan: PlanBlock, room: PlanRoom, theme: Theme): ScreenLine[] => [
  ...renderPlanHead(plan.cost, room),
  ...plan.lines.flatMap((line, index) => renderPlanRow(line, index, room, theme)),
];

/** The line that is being carried out, while something is said or asked about it: the rest is past or to come. */
export const renderCurrentPlanLine = ({ lines }: PlanBlock, width: number, theme: Theme): ScreenLine[] => {
  const at = lines.findIndex(({ state }) => state === 'begun');
  const label = createSpan(`${theme.signs.current} ${at + 1} of ${lines.length}  `, 'accent');
  const why = truncateToWidth(lines[at]?.why ?? '', width - getLineWidth([label]), theme.signs.more);
  return [[label, createSpan(why)]];
};

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
    [createSpan(entry.summary)],
    room,
  );
};

const getWidest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => getLineWidth([createSpan(text)])));

const renderSummaryFacts = ({ facts }: SummaryMessage, room: RowRoom): ScreenLine[] => {
  const column = getWidest(facts.map(({ label }) => label));
  return facts.flatMap(({ label, text, command }, index) => {
    const shown = label === facts[index - 1]?.label ? '' : label;
    const beside = [createSpan(padText(shown, column), 'strong'), createSpan('  ')];
    if (command === undefined) return renderBesideLabel(beside, createLinkedSpans(text), room);
    const row = [...beside, createSpan(text === '' ? command : `${text} ${command}`)];
    if (getLineWidth(row) <= room.width) return [row];
    // The terminal breaks it, so that it is copied as one.
    return [[...beside, createSpan(text)], [createSpan(command)]];
  });
};

/** The verdict, and whose account it is about at the right, or below if there is no room. */
const renderVerdict = (verdict: ScreenLine, subtitle: string, { width }: RowRoom): ScreenLine[] => {
  const about = [createSpan(subtitle)];
  return getLineWidth(verdict) + 2 + getLineWidth(about) <= width
    ? [joinEnds(verdict, about, width)]
    : [verdict, about].flatMap((line) => wrapLine(line, width, 2));
};

/** The summary, which is also printed on the normal screen at the end. */
export const renderSummary = (message: SummaryMessage, room: RowRoom, theme: Theme): ScreenLine[] => {
  const column = Math.min(Math.floor(room.width / 2), getWidest(message.entries.map(({ title }) => title)));
  const isDone = message.left.length === 0;
  const sign = isDone ? createSpan(`${theme.signs.done} `, 'good') : createSpan('! ', 'warn');
  return [
    ...renderVerdict([sign, createSpan(message.title, 'strong')], message.subtitle, room),
    ...(message.entries.length > 0 ? [blankLine] : []),
    ...message.entries.flatMap((entry) => renderSummaryEntry(entry, column, room, theme)),
    ...(isDone ? [] : [blankLine, [createSpan('Left to do', 'strong')]]),
    ...message.left.flatMap((text, index) =>
      renderBesideLabel([createSpan(`${index + 1} `)], createLinkedSpans(text), room),
    ),
    blankLine,
    ...renderSummaryFacts(message, room),
  ];
};

/** A message as rows of at most `room.width` columns; an address alone on its row may be as wide as `room.whole`. */
export const renderMessage = (
  message: Extract<TranscriptBlock, { kind: 'message' }>['message'],
  room: PlanRoom & { title?: string | undefined },
  theme: Theme,
): ScreenLine[] => {
  switch (message.kind) {
    case 'heading':
      return renderHeading(message, room);
    case 'finding':
      return renderFinding(message, room, theme);
    case 'manual-task':
      return renderManualTask(message, room);
    case 'text':
      return renderTextMessage(message, room, theme);
    case 'summary':
      return renderSummary(message, room, theme);
  }
};
