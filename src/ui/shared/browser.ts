import type { Dialogue } from '../../core/dialogue.ts';

/**
 * Opens a page where that is possible, and says so where it is not; CloudShell and SSH sessions have no browser. Returns
 * whether it was opened.
 */
export const openInBrowser = async (url: string, dialogue: Dialogue): Promise<boolean> => {
  try {
    const { default: open } = await import('open');
    const child = await open(url);
    child.once('error', () => {});
    return true;
  } catch {
    dialogue.show({
      kind: 'text',
      tone: 'warning',
      text: `No browser can be opened from here. Open ${url} yourself.`,
    });
    return false;
  }
};
