import { sanitize } from '../../lib/sanitize.ts';

/** The longest name that it shows in full: that of an IAM user can have 64 characters. */
const longestNameJoined = 64;

/** Joins names within a sentence: `anna`, `anna or maria`, `anna, maria, otto and 4 more`. Shortens names from AWS. */
export const joinNames = (names: readonly string[], conjunction: 'and' | 'or', most = 3): string => {
  const shown = names.slice(0, most).map((name) => sanitize(name, longestNameJoined));
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}` : last;
};

/** Lists the first few names, and how many more there are. */
export const formatNameList = (names: readonly string[], most = 5): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
