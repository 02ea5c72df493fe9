import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacedStore } from '../../../src/ui/ink/paced-store.ts';
import { createStore } from '../../../src/ui/ink/store.ts';

const openStores = () => {
  const source = createStore(0);
  const paced = createPacedStore(source, 33);
  const shown: number[] = [];
  paced.subscribe(() => shown.push(paced.get()));
  return { paced, shown, set: (value: number) => source.update(() => value) };
};

describe('the store that paces the screen', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows a change after a pause at once', () => {
    const { set, shown } = openStores();
    set(1);
    vi.advanceTimersByTime(100);
    set(2);
    expect(shown).toEqual([1, 2]);
  });

  it('shows changes that follow closely together, and the last of them always', () => {
    const { set, shown } = openStores();
    for (const value of [1, 2, 3, 4]) set(value);
    expect(shown).toEqual([1]);
    vi.advanceTimersByTime(33);
    expect(shown).toEqual([1, 4]);
  });

  it('shows the next change at once when it is told to hurry', () => {
    const { paced, set, shown } = openStores();
    set(1);
    paced.hurry();
    set(2);
    expect(shown).toEqual([1, 2]);
  });
});
