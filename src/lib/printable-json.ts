// JSON.stringify escapes the C0 controls only. Other characters that could trick a terminal or a reader are
// escaped here. Nothing is removed, because other programs read this text.
const unprintableCharacters = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;

const escapeCharacter = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((unit) => `\\u${unit}`)
    .join('');

/** JSON that is safe to print: invisible characters and terminal controls are escaped. */
export const printableJson = (value: object, indent?: number): string =>
  JSON.stringify(value, null, indent).replaceAll(unprintableCharacters, (character) =>
    character === '\n' ? character : escapeCharacter(character),
  );
