import { sanitize } from '../../lib/sanitize.ts';
import type { Key } from './keys.ts';
import { charactersOf } from '../shared/columns.ts';

/** A line of text that is being typed, parted at the cursor. */
export type Editor = { before: string; after: string };

/** An editor with nothing in it. */
export const emptyEditor: Editor = { before: '', after: '' };

/** What has been typed. */
export const typed = ({ before, after }: Editor): string => before + after;

/** More than any question takes: the link of a mail has about 500 characters, and mail filters make them longer. */
const LONGEST = 3000;

const withoutLast = (text: string) => charactersOf(text).slice(0, -1).join('');
const withoutFirst = (text: string) => charactersOf(text).slice(1).join('');
const last = (text: string) => charactersOf(text).at(-1) ?? '';
const first = (text: string) => charactersOf(text)[0] ?? '';

const insert = ({ before, after }: Editor, text: string): Editor => {
  const added = before + sanitize(text, LONGEST);
  return added.length + after.length > LONGEST ? { before, after } : { before: added, after };
};

const EDITS: Partial<Record<Key['name'], (editor: Editor) => Editor>> = {
  left: ({ before, after }) => ({ before: withoutLast(before), after: last(before) + after }),
  right: ({ before, after }) => ({ before: before + first(after), after: withoutFirst(after) }),
  home: ({ before, after }) => ({ before: '', after: before + after }),
  end: ({ before, after }) => ({ before: before + after, after: '' }),
  backspace: ({ before, after }) => ({ before: withoutLast(before), after }),
  delete: ({ before, after }) => ({ before, after: withoutFirst(after) }),
  'erase-line': () => emptyEditor,
};

/** The line after a key; the same object if the key means nothing to it. */
export const edit = (editor: Editor, key: Key): Editor =>
  key.name === 'text' ? insert(editor, key.text) : (EDITS[key.name]?.(editor) ?? editor);
