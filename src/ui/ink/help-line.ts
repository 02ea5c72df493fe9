import { optionsOf } from './field.ts';
import { fitted, span, widthOf, type Line } from './line.ts';
import type { Asking, Scene } from './scene.ts';
import type { Theme } from '../theme.ts';

const fieldKeys = ({ question, field }: Asking, { signs }: Theme): string[] => {
  if (field.kind === 'ticks') return [`${signs.updown} move`, 'space tick'];
  if (field.kind === 'line') return question.kind === 'count' ? [`${signs.updown} change`] : [];
  const arrows = question.kind === 'confirm' ? signs.arrows : signs.updown;
  return optionsOf(question).length > 1 ? [`${arrows} choose`] : [];
};

const join = (parts: readonly string[], { signs }: Theme) => parts.join(` ${signs.dot} `);

/** The keys that mean something now. Ctrl-C comes last and in as many words as there is room for. */
export const helpLine = (scene: Scene, more: readonly string[], width: number, theme: Theme): Line => {
  const { asking, works, stopping } = scene;
  const keys = asking ? [...fieldKeys(asking, theme), 'enter confirm', 'esc back', ...more] : [...more];
  const stop = asking
    ? ['ctrl-c stop here, keep everything', 'ctrl-c stop']
    : ['ctrl-c stop after this call', 'ctrl-c stop'];
  const stops = asking || (works.length > 0 && !stopping) ? stop : [];
  const candidates = [...stops.map((one) => [...keys, one]), keys].map((parts) => join(parts, theme));
  const best = candidates.find((one) => widthOf([span(one)]) <= width) ?? candidates.at(-1) ?? '';
  return [span(fitted(best, width, theme.signs.more), 'dim')];
};
