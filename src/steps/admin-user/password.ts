import { randomInt } from 'node:crypto';

/** Without characters that look like others: the owner may have to type it. Symbols are among those IAM accepts. */
const passwordCharacterSets = [
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  'abcdefghijkmnopqrstuvwxyz',
  '23456789',
  '!@#%^*()_+-=[]{}',
] as const;

const pickCharacter = (characters: string): string => characters.charAt(randomInt(characters.length));

/** A password of `length` characters from all four of IAM's character types, in random order. */
export const generatePassword = (length: number): string => {
  const characters = passwordCharacterSets.map(pickCharacter);
  while (characters.length < length) characters.push(pickCharacter(passwordCharacterSets.join('')));
  for (let last = characters.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
};
