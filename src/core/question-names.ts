/** What the program itself asks, outside of any step. */
type OwnName =
  | 'account'
  | 'carry-on'
  | 'go-ahead'
  | 'how-to-scan'
  | 'list'
  | 'next'
  | 'next-code'
  | 'profile-code'
  | 'rehearse'
  | 'skip-reason'
  | 'skip-step'
  | 'word';

/** The name of one of the program's own questions. The slash keeps it out of reach of steps and of answers files. */
export type OwnQuestion = `wizard/${OwnName}`;

export const ownQuestion = <Name extends OwnName>(name: Name): `wizard/${Name}` => `wizard/${name}`;

export const isOwnQuestion = (name: string): boolean => name.startsWith('wizard/');

/** Lower-case words joined by hyphens, such as `own-team` or `key-1`: what step ids and their questions are called. */
export const kebabCase = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
