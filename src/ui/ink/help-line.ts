import { optionsOf } from './field.ts';
import { fitted, span, widthOf, type Line } from './line.ts';
import type { Asking, Scene } from './scene.ts';
import type { Theme } from './theme.ts';

const fieldKeys = ({ question, field }: Asking, { signs }: Theme): string[] => {
  if (field.kind === 'ticks') return [`${signs.updown} move`, 'space tick', 'enter confirm'];
  if (field.kind === 'line')
    return [question.kind === 'count' ? `${signs.updown} change` : '', 'enter confirm'];
  return [
    optionsOf(question).length > 1
      ? `${question.kind === 'confirm' ? signs.arrows : signs.updown} choose`
      : '',
    'enter confirm',
  ];
};

/** The keys that mean something now, the most needed first; what does not fit is left out from the end. */
export const helpLine = (scene: Scene, more: readonly string[], width: number, theme: Theme): Line => {
  const { asking, works, stopping } = scene;
  const keys =
    asking === undefined
      ? [works.length === 0 || stopping ? '' : 'ctrl-c stop after this call']
      : [...fieldKeys(asking, theme), 'esc back', 'ctrl-c stop here, keep everything'];
  const parts = [...keys, ...more].filter((one) => one !== '');
  const joined = (count: number) => parts.slice(0, count).join(` ${theme.signs.dot} `);
  let count = parts.length;
  while (count > 1 && widthOf([span(joined(count))]) > width) count -= 1;
  return [span(fitted(joined(count), width, theme.signs.more), 'dim')];
};
