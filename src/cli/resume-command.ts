import { sanitize } from '../lib/sanitize.ts';
import type { Request } from './command-line.ts';

/** The commands that come back to the same account: to go on with the setup, and to look again. */
export type WayBack = { goOn: string; look: string };

/** A word as a shell takes it. */
const quoted = (text: string): string => {
  const word = sanitize(text);
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
};

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, quoted(value)];

/** How to come back after a run that was started like this: with what says which account it is, and where its files are. */
export const wayBack = (request: Request): WayBack => {
  const { practice, profile, region, account, home, only, skip, ui } = request;
  const where = [
    ...(practice ? ['--practice'] : []),
    ...option('profile', profile),
    ...option('region', region),
    ...option('account', account),
    ...option('home', home),
  ];
  const what = [...option('only', only?.join(',')), ...option('skip', skip?.join(',')), ...option('ui', ui)];
  return {
    goOn: ['npx aws-first-steps', ...where, ...what].join(' '),
    look: ['npx aws-first-steps verify', ...where].join(' '),
  };
};
