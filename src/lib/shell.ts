import { sanitize } from './sanitize.ts';

/** The text as one word of a shell command. */
export const quoteForShell = (text: string): string => {
  const word = sanitize(text);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
};
