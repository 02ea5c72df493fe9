/**
 * Asks the terminal to put text into the clipboard (OSC 52: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html). It
 * answers nothing, so whether it did is not known: many terminals do, some ask first, some do nothing.
 */
export const formatClipboardCopy = (text: string): string =>
  `\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;

/** The key that copies on the page of a password. */
export const copyKey = 'c';

/** What is said once it was pressed. */
export const copiedNote = 'Copied, if your terminal allows it.';
