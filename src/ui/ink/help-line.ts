import { isUntouched, optionsOf } from './field.ts';
import { fitted } from '../shared/columns.ts';
import { span, widthOf, type Line } from './line.ts';
import type { Asking, Scene } from './scene.ts';
import type { Theme } from '../shared/theme.ts';

const fieldKeys = ({ question, field }: Asking, { signs }: Theme): string[] => {
  if (field.kind === 'ticks') return [`${signs.updown} move`, 'space tick'];
  if (field.kind === 'line') return question.kind === 'count' ? [`${signs.updown} change`] : [];
  const arrows = question.kind === 'confirm' ? signs.arrows : signs.updown;
  return optionsOf(question).length > 1 ? [`${arrows} choose`] : [];
};

const join = (parts: readonly string[], { signs }: Theme) => parts.join(` ${signs.dot} `);

/** What a view adds to the help: a key of its own, and whether Enter reads on first. */
export type Extra = { key?: string; readsOn?: boolean };

/** The keys of a question; where room is scarce, those that are known anyway are left out. */
const keysOf = (asking: Asking, { key, readsOn }: Extra, theme: Theme): string[][] => {
  const back = [...(asking.question.cannotGoBack ? [] : ['esc back']), ...(key ? [key] : [])];
  const field = fieldKeys(asking, theme);
  const enter = readsOn && isUntouched(asking.question, asking.field) ? 'enter read on' : 'enter confirm';
  return [[...field, enter, ...back], [...field, ...back], back];
};

/** The keys that mean something now. Ctrl-C is the way out: it comes last, and is the last to be left out. */
export const helpLine = (scene: Scene, extra: Extra, width: number, theme: Theme): Line => {
  const { asking, works, stopping } = scene;
  const [keys = [], ...fewer] = asking ? keysOf(asking, extra, theme) : [];
  const inWords = asking ? 'ctrl-c stop here, keep everything' : 'ctrl-c stop after this call';
  const stops = asking || (works.length > 0 && !stopping);
  const candidates = stops
    ? [[...keys, inWords], ...[keys, ...fewer, []].map((some) => [...some, 'ctrl-c stop'])].map((parts) =>
        join(parts, theme),
      )
    : [join(keys, theme)];
  const best = candidates.find((one) => widthOf([span(one)]) <= width) ?? candidates.at(-1) ?? '';
  return [span(fitted(best, width, theme.signs.more), 'dim')];
};
