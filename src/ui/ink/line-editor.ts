import { sanitize } from '../../lib/sanitize.ts';
import type { KeyPress } from './keys.ts';
import { splitCharacters } from '../../lib/text.ts';

/** A line of text that is being typed, parted at the cursor. */
export type LineEditor = { before: string; after: string };

/** An editor with nothing in it. */
export const emptyLineEditor: LineEditor = { before: '', after: '' };

/** What has been typed. */
export const getEditorText = ({ before, after }: LineEditor): string => before + after;

/** More than any question takes: the link of a mail has about 500 characters, and mail filters make them longer. */
const maxTypedLength = 9000;

const dropLastCharacter = (text: string) => splitCharacters(text).slice(0, -1).join('');
const dropFirstCharacter = (text: string) => splitCharacters(text).slice(1).join('');
const getLastCharacter = (text: string) => splitCharacters(text).at(-1) ?? '';
const getFirstCharacter = (text: string) => splitCharacters(text)[0] ?? '';

const insertText = ({ before, after }: LineEditor, text: string): LineEditor => {
  const added = before + sanitize(text, maxTypedLength);
  return added.length + after.length > maxTypedLength ? { before, after } : { before: added, after };
};

const editsByKey: Partial<Record<KeyPress['name'], (editor: LineEditor) => LineEditor>> = {
  left: ({ before, after }) => ({
    before: dropLastCharacter(before),
    after: getLastCharacter(before) + after,
  }),
  right: ({ before, after }) => ({
    before: before + getFirstCharacter(after),
    after: dropFirstCharacter(after),
  }),
  home: ({ before, after }) => ({ before: '', after: before + after }),
  end: ({ before, after }) => ({ before: before + after, after: '' }),
  backspace: ({ before, after }) => ({ before: dropLastCharacter(before), after }),
  delete: ({ before, after }) => ({ before, after: dropFirstCharacter(after) }),
  'erase-line': () => emptyLineEditor,
};

/** The line after a key; the same object if the key means nothing to it. */
export const editLine = (editor: LineEditor, key: KeyPress): LineEditor =>
  key.name === 'text' ? insertText(editor, key.text) : (editsByKey[key.name]?.(editor) ?? editor);
