import stringWidth from 'string-width';
import type { ChoiceOption, Question } from '../../core/question.ts';
import { getDefaultText, getOptions, type AnswerField } from './field.ts';
import { padText, splitCharacters, truncateToWidth, takeColumns } from '../../lib/text.ts';
import { blankLine, createSpan, joinEnds, getLineWidth, wrapLine, type ScreenLine } from './line.ts';
import type { PendingQuestion } from './scene.ts';
import { getStatusSign, type Theme } from '../shared/theme.ts';

/** Rows, and where in them the terminal's cursor stands. */
export type RenderedLines = { lines: ScreenLine[]; cursor?: { x: number; y: number } | undefined };

const renderOptionLabel = (option: ChoiceOption, chosen: boolean, { signs }: Theme): ScreenLine =>
  chosen
    ? [createSpan(`${signs.pointer} `, 'accent'), createSpan(option.label, 'accent')]
    : [createSpan(`  ${option.label}`)];

/** All options in one row, or nothing if one of them needs more to be said. */
const renderOptionsInOneRow = (
  options: readonly ChoiceOption[],
  at: number,
  theme: Theme,
): ScreenLine | undefined =>
  options.some((one) => one.hint)
    ? undefined
    : options.flatMap((one, index) => [
        ...(index > 0 ? [createSpan('  ')] : []),
        ...renderOptionLabel(one, index === at, theme),
      ]);

/** Steps stand in columns: sign, title, and as much of the hint as fits. */
const isListOfSteps = (question: Question): boolean =>
  getOptions(question).some(({ state }) => state !== undefined);

const renderStepSign = ({ state }: ChoiceOption, { signs }: Theme): ScreenLine => {
  if (state === undefined) return [createSpan('  ')];
  const { sign, role } = getStatusSign(state, signs);
  return [createSpan(`${sign} `, role)];
};

/** Whether every hint fits beside its label, with room for pointer, tick and gap. */
const canFitHints = (question: Question, width: number): boolean =>
  getOptions(question).every(({ label, hint = '' }) => stringWidth(label) + stringWidth(hint) + 7 <= width);

/** The whole hint of the option at hand, where hints do not fit beside their labels; as many rows for each of them. */
const renderHintBelow = ({ question, field }: PendingQuestion, width: number): ScreenLine[] => {
  if (field.kind === 'line' || isListOfSteps(question) || canFitHints(question, width - 2)) return [];
  const hints = getOptions(question).map(({ hint = '' }) =>
    wrapLine([createSpan('  '), createSpan(hint)], width, 2),
  );
  const rows = Math.max(0, ...hints.map((hint) => hint.length));
  return Array.from({ length: rows }, (_, row) => hints[field.index]?.[row] ?? blankLine);
};

const renderOptionRows = (
  question: Question,
  field: Exclude<AnswerField, { kind: 'line' }>,
  width: number,
  theme: Theme,
): ScreenLine[] => {
  const { signs } = theme;
  const isSteps = isListOfSteps(question);
  const column = isSteps
    ? Math.max(...getOptions(question).map(({ label, state }) => (state ? stringWidth(label) : 0)))
    : 0;
  return getOptions(question).map((option, index) => {
    const here = index === field.index;
    const ticks =
      field.kind === 'ticks'
        ? [createSpan(`${field.ticked.includes(option.value) ? signs.ticked : signs.unticked} `)]
        : [];
    const pointer = createSpan(here ? `${signs.pointer} ` : '  ', 'accent');
    const sign = isSteps ? renderStepSign(option, theme) : [];
    const label = padText(truncateToWidth(option.label, width - 8, signs.more), option.hint ? column : 0);
    const rest = width - getLineWidth([pointer, ...ticks, ...sign, createSpan(label)]) - 3;
    const hint =
      option.hint && (isSteps || canFitHints(question, width))
        ? [createSpan(`   ${truncateToWidth(option.hint, rest, signs.more)}`)]
        : [];
    return [pointer, ...ticks, ...sign, createSpan(label, here ? 'accent' : 'plain'), ...hint];
  });
};

/** The rows around the chosen one, if there are too many. */
const sliceAroundSelection = (lines: ScreenLine[], at: number, most: number): ScreenLine[] => {
  const room = Math.max(1, most);
  const from = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, lines.length - room));
  return lines.slice(from, from + room);
};

const renderListField = (
  head: ScreenLine,
  pendingQuestion: PendingQuestion,
  width: number,
  most: number,
  theme: Theme,
): ScreenLine[] => {
  const { question, field } = pendingQuestion;
  if (field.kind === 'line') return [];
  const row =
    field.kind === 'list' ? renderOptionsInOneRow(getOptions(question), field.index, theme) : undefined;
  const oneRow =
    row && pendingQuestion.since === undefined ? [...head, createSpan('   '), ...row] : undefined;
  if (oneRow && getLineWidth(oneRow) <= width) return [oneRow];
  const above = wrapLine(head, width, 2);
  if (row && getLineWidth(row) + 2 <= width) return [...above, [createSpan('  '), ...row]];
  const rows = renderOptionRows(question, field, width - 2, theme).map((line): ScreenLine => [
    createSpan('  '),
    ...line,
  ]);
  return [...above, ...sliceAroundSelection(rows, field.index, most - above.length)];
};

/** The part of a long text that is seen while the cursor stands behind `before`. */
const getVisibleText = (before: string, after: string, width: number): { text: string; x: number } => {
  // From the cursor backwards: a pasted link is many times longer than the window is wide.
  const left: string[] = [];
  let x = 0;
  for (const one of splitCharacters(before.slice(-width * 16)).toReversed()) {
    if (x + stringWidth(one) > width - 1) break;
    left.unshift(one);
    x += stringWidth(one);
  }
  return { text: left.join('') + takeColumns(after, width - x), x };
};

const getSuggestion = (question: Question): string => {
  const usual = getDefaultText(question);
  if (usual !== undefined) return usual;
  return question.kind === 'text' && question.format !== 'confirmation'
    ? `for example ${question.example}`
    : '';
};

/** With less room than this beside the question, the field goes below it: what is suggested must be read as a whole. */
const getNeededColumns = (question: Question): number => {
  const suggestion = stringWidth(getSuggestion(question));
  const most = question.kind === 'text' || question.kind === 'secret' ? question.max : 15;
  return Math.max(suggestion, 8, Math.min(15, most)) + 1;
};

const renderLineField = (
  head: ScreenLine,
  pendingQuestion: PendingQuestion,
  width: number,
): RenderedLines => {
  const { question, field } = pendingQuestion;
  if (field.kind !== 'line') return { lines: [] };
  const unit = question.kind === 'count' && question.unit ? ` ${question.unit}` : '';
  const sameRow = getLineWidth(head) + 3 + getNeededColumns(question) <= width;
  const above = sameRow ? [] : wrapLine(head, width, 2);
  const start: ScreenLine = sameRow ? [...head, createSpan('   ')] : [createSpan('  ')];
  const room = width - getLineWidth(start) - stringWidth(unit);
  const { before, after } = field.editor;
  const { text, x } = getVisibleText(before, after, room);
  const shown =
    text === ''
      ? createSpan(truncateToWidth(getSuggestion(question), room), 'dim')
      : createSpan(text, 'accent');
  return {
    lines: [...above, [...start, shown, createSpan(unit, 'dim')]],
    cursor: { x: getLineWidth(start) + x, y: above.length },
  };
};

/** `0:42` */
export const formatElapsed = (since: number, now: number): string => {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The spinner's sign at this moment. */
export const getSpinnerSign = ({ signs }: Theme, frame: number): string =>
  signs.spinner[frame % signs.spinner.length] ?? '';

/** The open question as rows, at most `most` of them, with what is wrong with the answer or else its help below. */
export const renderQuestionField = (
  pendingQuestion: PendingQuestion,
  size: { width: number; most: number },
  theme: Theme,
  time: { now: number; frame: number },
): RenderedLines => {
  const { question, field, since } = pendingQuestion;
  const { width, most } = size;
  const below = field.problem
    ? wrapLine([createSpan('! ', 'warn'), createSpan(field.problem, 'warn')], width, 2)
    : [
        ...renderHintBelow(pendingQuestion, width),
        ...(question.help ? wrapLine([createSpan('  '), createSpan(question.help)], width, 2) : []),
      ];
  const mark = since === undefined ? '?' : getSpinnerSign(theme, time.frame);
  const head = [createSpan(`${mark} `, 'accent'), createSpan(question.message.trim(), 'strong')];
  const drawn: RenderedLines =
    field.kind === 'line'
      ? renderLineField(head, pendingQuestion, width)
      : { lines: renderListField(head, pendingQuestion, width, most - below.length, theme) };
  const lines = [...drawn.lines, ...below];
  if (since === undefined) return { ...drawn, lines };
  const [first = [], ...rest] = lines;
  const clock = [createSpan(formatElapsed(since, time.now), 'dim')];
  const fits = getLineWidth(first) + 6 <= width;
  return {
    lines: fits ? [joinEnds(first, clock, width), ...rest] : [...lines, clock],
    cursor: drawn.cursor,
  };
};
