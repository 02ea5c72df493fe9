import { clean } from '../clean.ts';
import type { Key } from './keys.ts';
import { charactersOf } from './line.ts';

/** A line of text that is being typed, parted at the cursor. */
export type Editor = { before: string; after: string };

/** An editor with nothing in it. */
export const emptyEditor: Editor = { before: '', after: '' };

/** What has been typed. */
export const typed = ({ before, after }: Editor): string => before + after;

const LONGEST = 2000;

const withoutLast = (text: string) => charactersOf(text).slice(0, -1).join('');
const withoutFirst = (text: string) => charactersOf(text).slice(1).join('');
const last = (text: string) => charactersOf(text).at(-1) ?? '';
const first = (text: string) => charactersOf(text)[0] ?? '';

const insert = ({ before, after }: Editor, text: string): Editor => {
  const added = before + clean(text, LONGEST);
  return added.length + after.length > LONGEST ? { before, after } : { before: added, after };
};

/** The line after a key; the same object if the key means nothing to it. */
export const edit = (editor: Editor, key: Key): Editor => {
  const { before, after } = editor;
  switch (key.name) {
    case 'text':
      return insert(editor, key.text);
    case 'left':
      return { before: withoutLast(before), after: last(before) + after };
    case 'right':
      return { before: before + first(after), after: withoutFirst(after) };
    case 'home':
      return { before: '', after: before + after };
    case 'end':
      return { before: before + after, after: '' };
    case 'backspace':
      return { before: withoutLast(before), after };
    case 'delete':
      return { before, after: withoutFirst(after) };
    case 'erase-line':
      return emptyEditor;
    default:
      return editor;
  }
};
