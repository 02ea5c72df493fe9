/** The keys that can be pressed by name; everything else is typed. */
export type Key =
  | 'enter'
  | 'escape'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'space'
  | 'tab'
  | 'ctrl-c'
  | 'backspace';

const arrows: Partial<Record<Key, string>> = { up: 'A', down: 'B', right: 'C', left: 'D' };

const keys: Partial<Record<Key, string>> = {
  enter: '\r',
  escape: '\u001B',
  space: ' ',
  tab: '\t',
  'ctrl-c': '\u0003',
  backspace: '\u007F',
};

/** What a terminal sends for `key`; arrows differ while a program has switched on application cursor keys. */
export const sequenceOf = (key: Key, applicationCursorKeys: boolean): string => {
  const arrow = arrows[key];
  return arrow ? `\u001B${applicationCursorKeys ? 'O' : '['}${arrow}` : (keys[key] ?? '');
};
