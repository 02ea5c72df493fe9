import { isFieldUntouched, getOptions } from './field.ts';
import { truncateToWidth } from '../../lib/text.ts';
import { createSpan, getLineWidth, type ScreenLine } from './line.ts';
import type { PendingQuestion, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

const listFieldKeys = ({ question, field }: PendingQuestion, { signs }: Theme): string[] => {
  if (field.kind === 'ticks') return [`${signs.updown} move`, 'space tick'];
  if (field.kind === 'line') return question.kind === 'count' ? [`${signs.updown} change`] : [];
  const arrows = question.kind === 'confirm' ? signs.arrows : signs.updown;
  return getOptions(question).length > 1 ? [`${arrows} choose`] : [];
};

const joinHelpParts = (parts: readonly string[], { signs }: Theme) => parts.join(` ${signs.dot} `);

/** What a view adds to the help: a key of its own, and whether Enter reads on first. */
export type HelpExtras = { key?: string; enterReadsOn?: boolean; hasHelp?: boolean };

/** The keys of a question; where room is scarce, those that are known anyway are left out. */
const listQuestionKeys = (
  pendingQuestion: PendingQuestion,
  { key, enterReadsOn, hasHelp }: HelpExtras,
  theme: Theme,
): string[][] => {
  const back = [...(pendingQuestion.question.cannotGoBack ? [] : ['esc back']), ...(key ? [key] : [])];
  const help = hasHelp ? ['? help'] : [];
  const field = listFieldKeys(pendingQuestion, theme);
  const enter =
    enterReadsOn && isFieldUntouched(pendingQuestion.question, pendingQuestion.field)
      ? 'enter read on'
      : 'enter confirm';
  return [[...field, enter, ...back, ...help], [...field, enter, ...back], [enter, ...back], back];
};

/** The keys that mean something now. Ctrl-C is the way out: it comes last, and is the last to be left out. */
export const renderHelpLine = (scene: Scene, extra: HelpExtras, width: number, theme: Theme): ScreenLine => {
  const { pendingQuestion, runningWorks, stopping } = scene;
  if (scene.helpScroll !== undefined) return [createSpan(truncateToWidth('esc close the help', width))];
  const [keys = [], ...fewer] = pendingQuestion ? listQuestionKeys(pendingQuestion, extra, theme) : [];
  const stop = pendingQuestion ? 'ctrl-c stop' : 'ctrl-c stop after this call';
  const stops = pendingQuestion || (runningWorks.length > 0 && !stopping);
  const candidates = stops
    ? [keys, ...fewer, []].map((some) => joinHelpParts([...some, stop], theme))
    : [joinHelpParts(keys, theme)];
  const best = candidates.find((one) => getLineWidth([createSpan(one)]) <= width) ?? candidates.at(-1) ?? '';
  return [createSpan(truncateToWidth(best, width, theme.signs.more))];
};
