/** A value that changes and can be subscribed to, as React's `useSyncExternalStore` needs it. */
export type Store<T> = {
  get: () => T;
  update: (change: (value: T) => T) => void;
  subscribe: (listener: () => void) => () => void;
};

/** Makes a store that begins with `value`. */
export const createStore = <T>(value: T): Store<T> => {
  let current = value;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    update: (change) => {
      const next = change(current);
      if (next === current) return;
      current = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
