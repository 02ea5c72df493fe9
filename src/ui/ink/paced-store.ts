import type { Store } from './store.ts';

/** What a view needs of a store, at the pace of the screen. */
export type PacedStore<T> = Pick<Store<T>, 'get' | 'subscribe'> & {
  /** Shows the next change at once, however soon it comes. */
  hurry: () => void;
};

/**
 * The values of a store, at most one every `intervalMs`: a change after a pause is shown at once, changes that follow it
 * closely are shown together. A frame costs more time than all else between two questions, and nobody can see frames
 * that stand for some milliseconds only.
 */
export const createPacedStore = <T>(source: Store<T>, intervalMs: number): PacedStore<T> => {
  const listeners = new Set<() => void>();
  let shown = source.get();
  let resting: NodeJS.Timeout | undefined;
  const show = () => {
    resting = undefined;
    if (shown === source.get()) return;
    shown = source.get();
    resting = setTimeout(show, intervalMs);
    for (const listener of listeners) listener();
  };
  source.subscribe(() => {
    if (resting === undefined) show();
  });
  return {
    get: () => shown,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hurry: () => {
      clearTimeout(resting);
      resting = undefined;
    },
  };
};
