// JSON.stringify escapes the C0 controls only. The rest of what could play tricks with a terminal or a reader is
// escaped here: other programs read this text, so that nothing may be removed.
const unprintableCharacters = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu;

const escapeCharacter = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((unit) => `\\u${unit}`)
    .join('');

/** A value as JSON that can be read on a terminal: what is not seen there, or does something there, is escaped. */
export const printableJson = (value: object, indent?: number): string =>
  JSON.stringify(value, null, indent).replaceAll(unprintableCharacters, (character) =>
    character === '\n' ? character : escapeCharacter(character),
  );
