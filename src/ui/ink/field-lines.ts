import stringWidth from 'string-width';
import type { ChoiceOption, Question } from '../../core/question.ts';
import { defaultText, optionsOf, type Field } from './field.ts';
import { charactersOf, fitted, startOf } from '../shared/columns.ts';
import { blank, span, spread, widthOf, wrapped, type Line } from './line.ts';
import type { Asking } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

/** Rows, and where in them the terminal's cursor stands. */
export type Drawn = { lines: Line[]; cursor?: { x: number; y: number } | undefined };

const labelled = (option: ChoiceOption, chosen: boolean, { signs }: Theme): Line =>
  chosen ? [span(`${signs.pointer} `, 'accent'), span(option.label, 'accent')] : [span(`  ${option.label}`)];

/** All options in one row, or nothing if one of them needs more to be said. */
const inOneRow = (options: readonly ChoiceOption[], at: number, theme: Theme): Line | undefined =>
  options.some((one) => one.hint)
    ? undefined
    : options.flatMap((one, index) => [
        ...(index > 0 ? [span('  ')] : []),
        ...labelled(one, index === at, theme),
      ]);

/** Whether every hint fits beside its label, with room for pointer, tick and gap. */
const hintsFit = (question: Question, width: number): boolean =>
  optionsOf(question).every(({ label, hint = '' }) => stringWidth(label) + stringWidth(hint) + 7 <= width);

/** The whole hint of the option at hand, where hints do not fit beside their labels; as many rows for each of them. */
const hintBelow = ({ question, field }: Asking, width: number): Line[] => {
  if (field.kind === 'line' || hintsFit(question, width - 2)) return [];
  const hints = optionsOf(question).map(({ hint = '' }) =>
    wrapped([span('  '), span(hint, 'dim')], width, 2),
  );
  const rows = Math.max(0, ...hints.map((hint) => hint.length));
  return Array.from({ length: rows }, (_, row) => hints[field.at]?.[row] ?? blank);
};

const inRows = (
  question: Question,
  field: Exclude<Field, { kind: 'line' }>,
  width: number,
  theme: Theme,
): Line[] => {
  const { signs } = theme;
  return optionsOf(question).map((option, index) => {
    const here = index === field.at;
    const ticks =
      field.kind === 'ticks'
        ? [span(`${field.ticked.includes(option.value) ? signs.ticked : signs.unticked} `)]
        : [];
    const pointer = span(here ? `${signs.pointer} ` : '  ', 'accent');
    const label = fitted(option.label, width - 8, signs.more);
    const rest = width - widthOf([pointer, ...ticks, span(label)]) - 3;
    const hint =
      option.hint && hintsFit(question, width) ? [span(`   ${fitted(option.hint, rest)}`, 'dim')] : [];
    return [pointer, ...ticks, span(label, here ? 'accent' : 'plain'), ...hint];
  });
};

/** The rows around the chosen one, if there are too many. */
const windowed = (lines: Line[], at: number, most: number): Line[] => {
  const room = Math.max(1, most);
  const from = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, lines.length - room));
  return lines.slice(from, from + room);
};

const listLines = (head: Line, asking: Asking, width: number, most: number, theme: Theme): Line[] => {
  const { question, field } = asking;
  if (field.kind === 'line') return [];
  const row = field.kind === 'list' ? inOneRow(optionsOf(question), field.at, theme) : undefined;
  const oneRow = row && asking.since === undefined ? [...head, span('   '), ...row] : undefined;
  if (oneRow && widthOf(oneRow) <= width) return [oneRow];
  const above = wrapped(head, width, 2);
  if (row && widthOf(row) + 2 <= width) return [...above, [span('  '), ...row]];
  const rows = inRows(question, field, width - 2, theme).map((line): Line => [span('  '), ...line]);
  return [...above, ...windowed(rows, field.at, most - above.length)];
};

/** The part of a long text that is seen while the cursor stands behind `before`. */
const seen = (before: string, after: string, width: number): { text: string; x: number } => {
  // From the cursor backwards: a pasted link is many times longer than the window is wide.
  const left: string[] = [];
  let x = 0;
  for (const one of charactersOf(before.slice(-width * 16)).toReversed()) {
    if (x + stringWidth(one) > width - 1) break;
    left.unshift(one);
    x += stringWidth(one);
  }
  return { text: left.join('') + startOf(after, width - x), x };
};

const suggestionOf = (question: Question): string => {
  const usual = defaultText(question);
  if (usual !== undefined) return usual;
  return question.kind === 'text' && question.format !== 'confirmation'
    ? `for example ${question.example}`
    : '';
};

/** With less room than this beside the question, the field goes below it: what is suggested must be read as a whole. */
const roomNeeded = (question: Question): number => {
  const suggestion = stringWidth(suggestionOf(question));
  const most = question.kind === 'text' || question.kind === 'secret' ? question.max : 15;
  return Math.max(suggestion, Math.min(15, most)) + 1;
};

const lineField = (head: Line, asking: Asking, width: number): Drawn => {
  const { question, field } = asking;
  if (field.kind !== 'line') return { lines: [] };
  const unit = question.kind === 'count' && question.unit ? ` ${question.unit}` : '';
  const sameRow = widthOf(head) + 3 + roomNeeded(question) <= width;
  const above = sameRow ? [] : wrapped(head, width, 2);
  const start: Line = sameRow ? [...head, span('   ')] : [span('  ')];
  const room = width - widthOf(start) - stringWidth(unit);
  const { before, after } = field.editor;
  const { text, x } = seen(before, after, room);
  const shown = text === '' ? span(fitted(suggestionOf(question), room), 'dim') : span(text, 'accent');
  return {
    lines: [...above, [...start, shown, span(unit, 'dim')]],
    cursor: { x: widthOf(start) + x, y: above.length },
  };
};

/** `0:42` */
export const elapsed = (since: number, now: number): string => {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The spinner's sign at this moment. */
export const spinning = ({ signs }: Theme, beat: number): string =>
  signs.spinner[beat % signs.spinner.length] ?? '';

/** The open question as rows, at most `most` of them, with what is wrong with the answer or else its help below. */
export const fieldLines = (
  asking: Asking,
  size: { width: number; most: number },
  theme: Theme,
  time: { now: number; beat: number },
): Drawn => {
  const { question, field, since } = asking;
  const { width, most } = size;
  const below = field.problem
    ? wrapped([span('! ', 'warn'), span(field.problem, 'warn')], width, 2)
    : [
        ...hintBelow(asking, width),
        ...(question.help ? wrapped([span('  '), span(question.help, 'dim')], width, 2) : []),
      ];
  const mark = since === undefined ? '?' : spinning(theme, time.beat);
  const head = [span(`${mark} `, 'accent'), span(question.message.trim(), 'strong')];
  const drawn: Drawn =
    field.kind === 'line'
      ? lineField(head, asking, width)
      : { lines: listLines(head, asking, width, most - below.length, theme) };
  const lines = [...drawn.lines, ...below];
  if (since === undefined) return { ...drawn, lines };
  const [first = [], ...rest] = lines;
  const clock = [span(elapsed(since, time.now), 'dim')];
  const fits = widthOf(first) + 6 <= width;
  return {
    lines: fits ? [spread(first, clock, width), ...rest] : [...lines, clock],
    cursor: drawn.cursor,
  };
};
