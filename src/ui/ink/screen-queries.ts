import type { Theme } from '../shared/theme.ts';
import { getReadableMiddle } from './app.tsx';
import type { ScreenQueries } from './conversation.ts';
import { chooseQrFit } from './qr-page.ts';
import type { Scene } from './scene.ts';

/** Answers a conversation's questions about the screen from what would be drawn. */
export const createScreenQueries = (
  theme: Theme,
  practice: boolean,
  { wipe, copy }: Pick<ScreenQueries, 'wipe' | 'copy'>,
): ScreenQueries => {
  const isInHalves = (scene: Scene) => {
    const message = scene.pages.at(-1)?.message;
    return message?.kind === 'qr' && chooseQrFit(message, scene, theme) === 'one-at-a-time';
  };
  return {
    isInHalves,
    isCodeAlone: (scene) => isInHalves(scene) && scene.pages.at(-1)?.visibleHalf === 'code',
    getReadableMiddle: (scene) => getReadableMiddle({ scene, theme, practice }),
    wipe,
    copy,
  };
};
