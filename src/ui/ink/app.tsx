import { useSyncExternalStore, type ReactNode } from 'react';
import { computeLayout } from './layout.ts';
import { MainScreen, renderPage, type ScreenInput } from './main-screen.tsx';
import type { MiddleView } from './middle-lines.ts';
import type { Scene } from './scene.ts';
import { findSecretCursor, SecretScreen } from './secret-screen.tsx';
import type { Store } from './store.ts';
import type { Theme } from '../shared/theme.ts';

/** Where the terminal's own cursor belongs, which screen readers and input methods follow. */
export const findCursor = ({ scene, theme, practice }: ScreenInput): { x: number; y: number } | undefined => {
  const page = scene.pages.at(-1);
  if (page) return findSecretCursor({ scene, page, practice, theme });
  const layout = computeLayout(scene, practice, theme);
  const { middle } = layout;
  const { cursor } = renderPage({ scene, theme, practice }, layout);
  return cursor && { x: cursor.x + middle.x, y: cursor.y + middle.y };
};

/** The middle of the usual screen, and what of it is hidden; nothing while a secret is alone on the screen. */
export const getReadableMiddle = ({ scene, theme, practice }: ScreenInput): MiddleView | undefined =>
  scene.pages.length > 0 ? undefined : renderPage({ scene, theme, practice });

/** The whole screen, drawn from what is in the store and from nothing else. */
export const App = ({
  store,
  theme,
  practice,
}: {
  store: Pick<Store<Scene>, 'get' | 'subscribe'>;
  theme: Theme;
  practice: boolean;
}): ReactNode => {
  const scene = useSyncExternalStore(store.subscribe, store.get);
  const page = scene.pages.at(-1);
  return page ? (
    <SecretScreen scene={scene} page={page} practice={practice} theme={theme} />
  ) : (
    <MainScreen scene={scene} theme={theme} practice={practice} />
  );
};
